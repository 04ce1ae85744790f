/**
 * Whole cells in which a node is down for a while: what clients that mark down and fail over make of it, under each family of strategies. Counts are
 * of operations that began while it was down, by the zone of their client.
 */
import { describe, expect, test } from 'vitest'
import { READ, UPDATE } from '../../../src/history/operation-kinds.js'
import { OK } from '../../../src/history/outcomes.js'
import { simulate } from '../../../src/runner/run-cell.js'
import { cellOf } from '../../runner/cells.js'
import { rowsOf } from './scripted.js'

interface Outage {
  readonly strategy: string
  readonly client: string
  readonly zones: string
  /** Seconds for which node a-1 is down, from 1 s on. */
  readonly seconds: number
}

/** 100 operations a second, half of them reads. */
function struck({ strategy, client, zones, seconds }: Outage) {
  const { history, probes } = simulate(
    cellOf(`
seeds: [1]
warmup: 0s
duration: ${seconds + 2}s
topology: { zones: { ${zones} }, links: { local: 1ms, a--b: 10ms, a--c: 20ms, b--c: 10ms } }
client: { timeout: 500ms, ${client} }
workload: { records: 100, arrivals: poisson(100/s) }
strategies: [ ${strategy} ]
faults: [ { crash: { node: a-1, at: 1s, for: ${seconds}s } } ]`),
  )
  const during = rowsOf(history)
    .filter(({ intended }) => intended >= 1000 && intended < 1000 * (seconds + 1) - 500)
    .map((row) => ({ ...row, zone: probes.zoneNames[probes.clientZone[row.client] as number] as string }))
  const available = (zone: string, kind?: number): number => {
    const rows = during.filter((row) => row.zone === zone && (kind === undefined || row.kind === kind))
    return rows.filter(({ outcome }) => outcome === OK).length / rows.length
  }
  return { during, available }
}

const THREE = 'a: { nodes: 2, clients: 50% }, b: { nodes: 2, clients: 30% }, c: { nodes: 2, clients: 20% }'

describe.each(['lww', 'crdt'])('%s, whose leader of zone a is down for ten seconds', (strategy) => {
  const outage = { strategy, zones: THREE, seconds: 10 }

  test('is available there to clients that fail over', () => {
    const { available, during } = struck({ ...outage, client: 'fail-over: true, mark-down: 5s' })
    // What was under way when it crashed, and every 5 s those who try it again.
    expect(available('a')).toBeGreaterThan(0.99)
    expect(available('a')).toBeLessThan(1)
    expect([available('b'), available('c')]).toEqual([1, 1])
    expect(during.filter(({ zone, outcome }) => zone === 'a' && outcome !== OK).length).toBeLessThan(10)
  })

  test('is always available with a retry, within a round trip more', () => {
    const { available, during } = struck({ ...outage, client: 'fail-over: true, retries: 1, budget: 100%' })
    expect(available('a')).toBe(1)
    expect(Math.max(...during.map(({ completed, intended }) => completed - intended))).toBeLessThan(100)
  })

  test('is not available there to those that do not', () => {
    const { available } = struck({ ...outage, client: 'fail-over: false' })
    expect([available('a'), available('b'), available('c')]).toEqual([0, 1, 1])
  })
})

describe('single-leader, whose leader is down', () => {
  const outage = { strategy: '{ single-leader: { reads: nearest } }', zones: THREE, seconds: 4 }

  test('takes no writes, and reads where another copy is near or clients fail over', () => {
    const stay = struck({ ...outage, client: 'fail-over: false' })
    expect(['a', 'b', 'c'].map((zone) => stay.available(zone, UPDATE))).toEqual([0, 0, 0])
    expect(['a', 'b', 'c'].map((zone) => stay.available(zone, READ))).toEqual([0, 1, 1])
    const leave = struck({ ...outage, client: 'fail-over: true, retries: 1, budget: 100%' })
    expect(['a', 'b', 'c'].map((zone) => leave.available(zone, UPDATE))).toEqual([0, 0, 0])
    expect(['a', 'b', 'c'].map((zone) => leave.available(zone, READ))).toEqual([1, 1, 1])
  })
})

describe('quorum, one of whose coordinators is down', () => {
  const zones = 'a: { nodes: 4, clients: 100% }, b: { nodes: 0, clients: 0% }, c: { nodes: 0, clients: 0% }'
  const of = (client: string) => struck({ strategy: 'quorum', zones, seconds: 4, client })

  test('costs those who find out one refused hop, and nobody else anything until the mark runs out', () => {
    const { during, available } = of('mark-down: 1500ms, retries: 1, budget: 100%')
    expect(available('a')).toBe(1)
    const foundOut = during.filter(({ attempts }) => attempts > 1)
    const waves = foundOut.map(({ intended }) => intended)
    // At 1 s, 2.5 s and 4 s, each a round trip and the requests within it.
    expect(waves.length).toBeLessThan(10)
    expect(waves.every((at) => [1000, 2500, 4000].some((wave) => at >= wave - 3 && at < wave + 100))).toBe(true)
    for (const wave of [1000, 2500]) expect(waves.some((at) => at >= wave && at < wave + 100)).toBe(true)
  })

  test('is stood in for by the rest of its zone, which holds no copy, or by another zone to clients that fail over', () => {
    const availableTo = (client: string, zones: string): number =>
      struck({ strategy: 'quorum', zones, seconds: 4, client: `${client}, retries: 1, budget: 100%` }).available('a')
    expect(availableTo('fail-over: false', THREE)).toBe(1)
    const one = 'a: { nodes: 1, clients: 50% }, b: { nodes: 1, clients: 30% }, c: { nodes: 1, clients: 20% }'
    expect(availableTo('fail-over: false', one)).toBe(0)
    expect(availableTo('fail-over: true', one)).toBe(1)
  })

  test('costs a quarter of all operations a retry where nodes are never marked down', () => {
    const { during } = of('mark-down: 0s, retries: 1, budget: 100%')
    const share = during.filter(({ attempts }) => attempts > 1).length / during.length
    // 350 operations; four standard errors.
    expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / during.length))
  })
})
