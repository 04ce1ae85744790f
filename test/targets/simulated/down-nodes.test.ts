/**
 * Marking nodes down and going elsewhere, against scripted nodes: which node each attempt of a few clients reaches. Nodes are 1 ms from the
 * clients of their own zone; a-1 is node 0, and so on.
 */
import { describe, expect, test } from 'vitest'
import { OK, UNAVAILABLE, UNKNOWN } from '../../../src/history/outcomes.js'
import { type Answer, answered, onAllNodes, runScripted, type Script, type ScriptedRun } from './scripted.js'

interface Settings {
  /** Nodes of each zone; all clients live in the first unless `clients` says otherwise. */
  readonly zones?: readonly number[]
  readonly clients?: readonly string[]
  readonly links?: string
  readonly client?: string
  readonly sessions?: number
  readonly think?: string
  readonly duration?: string
  readonly faults?: string
}

/** Two nodes; each client asks again 10 ms after an answer, waits 100 ms, tries once more after 10 ms and marks down for 200 ms. */
function run(settings: Settings, script: Script = () => [answered()]): ScriptedRun {
  const zones = settings.zones ?? [2]
  const shares = settings.clients ?? zones.map((_, zone) => (zone === 0 ? '100%' : '0%'))
  const named = zones.map((nodes, i) => `${'abc'[i]}: { nodes: ${nodes}, clients: ${shares[i]} }`)
  const defaults = {
    timeout: '100ms',
    retries: '1',
    backoff: '10ms',
    jitter: '0%',
    budget: '100%',
    'mark-down': '200ms',
  }
  const overrides = Object.fromEntries(
    (settings.client ?? '').split(',').map((option) => option.split(':').map((part) => part.trim())),
  )
  const client = Object.entries({ ...defaults, ...overrides }).filter(([name]) => name !== '')
  const text = `
seeds: [1]
warmup: 0s
duration: ${settings.duration ?? '400ms'}
topology: { zones: { ${named.join(', ')} }, links: { local: 1ms ${settings.links ?? ''} } }
client: { ${client.map(([name, value]) => `${name}: ${value}`).join(', ')} }
workload:
  operations: { update: 100% }
  arrivals: closed(${settings.sessions ?? 1} think ${settings.think ?? '10ms'})
faults: ${settings.faults ?? '[]'}`
  return runScripted(text, script, onAllNodes)
}

const crash = (node: string, from = '0s', length = '1s'): string =>
  `{ crash: { node: ${node}, at: ${from}, for: ${length} } }`

/** When the operations began that took more than one attempt. */
const retried = ({ rows }: ScriptedRun): readonly number[] =>
  rows.filter(({ attempts }) => attempts > 1).map(({ intended }) => intended)

const nodesAsked = ({ asked }: ScriptedRun): readonly number[] => asked.map(({ node }) => node)

const outcomes = ({ rows }: ScriptedRun): ReadonlySet<number> => new Set(rows.map(({ outcome }) => outcome))

/** Node 0 is silent, the others answer at once. */
const firstIsSilent: Script = (_request, node): readonly Answer[] => (node === 0 ? [] : [answered()])

describe('a node that refused a connection', () => {
  const down = `[ ${crash('a-1')} ]`

  test('is passed over for as long as mark-down says, then tried again', () => {
    const tried = run({ faults: down })
    // The first operation finds out at 2 ms and ends at 14 ms; number k begins at 12 (k + 1) ms and would ask node 0 if k is even. The first to
    // do so after the mark has run out, at 202 ms, is number 16.
    expect(new Set(nodesAsked(tried))).toEqual(new Set([1]))
    expect(outcomes(tried)).toEqual(new Set([OK]))
    expect(retried(tried)).toEqual([0, 204])
  })

  test('is asked at every turn where mark-down is 0s', () => {
    const tried = run({ faults: down, client: 'mark-down: 0s', duration: '100ms' })
    expect(tried.rows.map(({ attempts }) => attempts)).toEqual([2, 1, 2, 1, 2, 1])
  })

  test('is known to all clients of the zone', () => {
    // All begin at 0 with turns 0, 1, 2 and 3, so the two that ask node 0 find out together.
    expect(retried(run({ faults: down, sessions: 4, duration: '100ms' }))).toEqual([0, 0])
  })

  test('is not known to the clients of another zone', () => {
    const zones = { zones: [2, 0], clients: ['50%', '50%'], links: ', a--b: 5ms' }
    const { rows } = run({ ...zones, faults: down, sessions: 2, duration: '60ms' })
    const attempts = (client: number) => rows.filter((row) => row.client === client).map((row) => row.attempts)
    // Both would ask node 0 every other time. The one in zone a is refused by its first request; that of the one in zone b is for node 1.
    expect(attempts(0)).toEqual([2, 1, 1, 1])
    expect(attempts(1)).toEqual([1, 2])
  })
})

describe('a node that did not answer in time', () => {
  test('is passed over', () => {
    const tried = run({}, firstIsSilent)
    // The first gives up at 100 ms and ends at 112 ms; number k begins at 110 + 12 k ms. The mark runs out at 300 ms.
    expect(retried(tried)).toEqual([0, 302])
    expect(nodesAsked(tried).filter((node) => node === 0).length).toBe(2)
  })

  test('is still passed over after its late answer', () => {
    const late: Script = (_request, node) => [answered(node === 0 ? 105 : 0)]
    const tried = run({}, late)
    // Answered at 107 ms, before the second attempt. Number k begins at 105 + 12 k ms; the mark runs out at 300 ms.
    expect(tried.rows[0]).toMatchObject({ outcome: OK, attempts: 1, completed: 107 })
    expect(tried.asked.filter(({ node }) => node === 0).map(({ at }) => at)).toEqual([1, 322])
  })

  test('is not to blame for a refusal', () => {
    const overloaded: Answer = { after: 0, refusal: { reason: 'overloaded', applied: 'no' } }
    const tried = run({ duration: '100ms' }, (_request, node) => [node === 0 ? overloaded : answered()])
    // Turns alternate, a retry has the next one.
    expect(nodesAsked(tried)).toEqual([0, 1, 1, 0, 1, 1, 0, 1, 1])
  })
})

describe('where all are down', () => {
  test('they are asked all the same, by turns, and one success unmarks', () => {
    const both = `[ ${crash('a-1', '0s', '50ms')}, ${crash('a-2', '0s', '50ms')} ]`
    const tried = run({ faults: both, client: 'mark-down: 300h, retries: 0', duration: '150ms' })
    // Every 12 ms; the fifth operation, whose turn is node 0's, is the first to meet a process again.
    expect(tried.rows.slice(0, 6).map(({ outcome }) => outcome)).toEqual([...Array(5).fill(UNAVAILABLE), OK])
    // It is up again for all, and the other stays marked.
    expect(new Set(nodesAsked(tried))).toEqual(new Set([1]))
    expect(tried.asked.length).toBeGreaterThan(5)
  })

  test('a retry takes the next', () => {
    const tried = run({ client: 'retries: 3', sessions: 1, think: '10s', duration: '1s' }, () => [])
    expect(nodesAsked(tried)).toEqual([0, 1, 0, 1])
    expect(tried.rows.map(({ outcome, attempts }) => [outcome, attempts])).toEqual([[UNKNOWN, 4]])
  })

  test('a lone node is found as soon as it is back', () => {
    const faults = `[ ${crash('a-1', '0s', '50ms')} ]`
    const tried = run({ zones: [1], faults, client: 'mark-down: 300h, retries: 0', duration: '100ms' })
    expect(tried.rows.map(({ outcome }) => outcome === OK)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ])
  })
})

describe('a client that fails over', () => {
  const three = { zones: [1, 1, 1], links: ', a--b: 20ms, a--c: 5ms, b--c: 5ms' }
  const failOver = 'fail-over: true, mark-down: 300h, retries: 3'

  test('goes to the next nearest zone, and to the one after that', () => {
    const one = run({ ...three, client: failOver, faults: `[ ${crash('a-1')} ]` })
    expect(new Set(nodesAsked(one))).toEqual(new Set([2]))
    expect(retried(one)).toEqual([0])
    const two = run({ ...three, client: failOver, faults: `[ ${crash('a-1')}, ${crash('c-1')} ]` })
    expect(new Set(nodesAsked(two))).toEqual(new Set([1]))
    expect(two.rows[0]).toMatchObject({ outcome: OK, attempts: 3 })
    expect(retried(two)).toEqual([0])
  })

  test('stays where it is while one node of its zone is up', () => {
    const tried = run({ ...three, zones: [2, 1, 1], client: failOver, faults: `[ ${crash('a-1')} ]` })
    expect(new Set(nodesAsked(tried))).toEqual(new Set([1]))
  })

  test('takes turns among zones that are equally near', () => {
    const links = ', a--b: 5ms, a--c: 5ms, b--c: 5ms'
    const tried = run({ ...three, links, client: failOver, faults: `[ ${crash('a-1')} ]` })
    // The retry of the first operation has turn 1, as the second operation has.
    expect(nodesAsked(tried).slice(0, 6)).toEqual([2, 2, 1, 2, 1, 2])
  })

  test('is back in its zone when the mark has run out', () => {
    const faults = `[ ${crash('a-1', '0s', '50ms')} ]`
    const tried = run({ ...three, client: 'fail-over: true', faults })
    const back = tried.asked.find(({ node }) => node === 0)
    expect(back?.at).toBeGreaterThan(202)
    expect(back?.at).toBeLessThan(202 + 23)
    const later = tried.asked.filter(({ at }) => at >= (back?.at ?? 0))
    expect(new Set(later.map(({ node }) => node))).toEqual(new Set([0]))
  })

  test('unlike one that does not', () => {
    const tried = run({ ...three, client: 'mark-down: 300h', faults: `[ ${crash('a-1')} ]` })
    expect(outcomes(tried)).toEqual(new Set([UNAVAILABLE]))
  })
})
