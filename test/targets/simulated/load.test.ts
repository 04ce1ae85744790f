/**
 * When operations begin, in which session, and what follows them: open and closed loop, the end by count, read-backs, modifies and phases. The node is
 * 1 ms away and answers by a script.
 */
import { describe, expect, test } from 'vitest'
import { MILLISECOND } from '../../../src/core/units.js'
import { COMPARE_AND_SET, MODIFY, READ_BACK, READ_FOR_MODIFY, UPDATE } from '../../../src/history/operation-kinds.js'
import { OK } from '../../../src/history/outcomes.js'
import { collect } from '../../../src/results/collect.js'
import { answered, type Row, refused, runScripted, type ScriptedRun } from './scripted.js'

interface Settings {
  readonly arrivals: string
  readonly operations?: string
  readonly warmup?: string
  readonly duration?: string
  /** More keys of the workload. */
  readonly more?: string
}

function workload({
  arrivals,
  operations = 'update: 100%',
  warmup = '0s',
  duration = '1s',
  more = '',
}: Settings): string {
  return `
seeds: [1]
warmup: ${warmup}
duration: ${duration}
topology: { zones: { a: { nodes: 1, clients: 50% }, b: { nodes: 1, clients: 30% }, c: { nodes: 1, clients: 20% } }, links: { local: 1ms, a--b: 1ms, a--c: 1ms, b--c: 1ms } }
client: { timeout: 100ms }
workload: { records: 1000, operations: { ${operations} }, arrivals: ${arrivals}${more} }`
}

const run = (settings: Settings, after = 0): ScriptedRun => runScripted(workload(settings), () => [answered(after)])

/** Rows of each client, in order of their beginning. */
function byClient(rows: readonly Row[]): readonly (readonly Row[])[] {
  const clients: Row[][] = []
  for (const row of rows) {
    clients[row.client] ??= []
    clients[row.client]?.push(row)
  }
  return clients
}

const pairsOf = (rows: readonly Row[]): readonly (readonly [Row, Row])[] =>
  rows.slice(1).map((row, i) => [rows[i] as Row, row] as const)

describe('open loop', () => {
  const arrivals = 'poisson(1000/s)'

  test('operations of a session never overlap, and a session stays in its zone', () => {
    const { rows, asked, probes } = run({ arrivals }, 20)
    const clients = byClient(rows)
    for (const [before, after] of clients.flatMap(pairsOf)) {
      expect(after.intended).toBeGreaterThanOrEqual(before.completed)
    }
    for (const { client, zone } of asked) expect(zone).toBe(probes.clientZone[client])
    // Sessions are taken again, or there would be one for each operation.
    expect(clients.length).toBeLessThan(rows.length / 5)
  })

  test('an arrival waits for no session: a slow node changes neither when they come nor when they are asked', () => {
    const fast = run({ arrivals }, 0)
    const slow = run({ arrivals }, 90)
    expect(slow.rows.map(({ intended }) => intended)).toEqual(fast.rows.map(({ intended }) => intended))
    expect(slow.asked.map(({ at }) => at)).toEqual(slow.rows.map(({ intended }) => expect.closeTo(intended + 1, 6)))
    expect(slow.probes.clientZone.length).toBeGreaterThan(fast.probes.clientZone.length)
  })

  test('arrivals are as many as stated, and their zones as the shares say', () => {
    const { rows, asked } = run({ arrivals, duration: '10s' })
    // Within four standard errors of a Poisson count and of a share.
    expect(Math.abs(rows.length - 10_000)).toBeLessThan(4 * 100)
    const inZone = (zone: number): number => asked.filter((request) => request.zone === zone).length / asked.length
    for (const [zone, share] of [0.5, 0.3, 0.2].entries()) expect(Math.abs(inZone(zone) - share)).toBeLessThan(0.02)
  })
})

describe('closed loop', () => {
  test('all clients begin at time 0, and think from each outcome to the next intended start', () => {
    const { rows } = run({ arrivals: 'closed(10 think 7ms)' }, 3)
    const clients = byClient(rows)
    expect(clients.length).toBe(10)
    for (const client of clients) {
      expect(client[0]?.intended).toBe(0)
      expect(client.length).toBe(Math.ceil(1000 / 12))
      for (const [before, after] of pairsOf(client)) expect(after.intended - before.completed).toBeCloseTo(7, 6)
    }
  })

  test('thinks after a failure too', () => {
    const { rows } = runScripted(workload({ arrivals: 'closed(1 think 7ms)' }), () => [refused()])
    expect(rows.slice(0, 3).map(({ intended }) => intended)).toEqual([0, 9, 18])
  })

  test('clients live in zones by their shares, also when they are few', () => {
    const zones = (sessions: number): readonly number[] => {
      const { clientZone } = run({ arrivals: `closed(${sessions} think 1s)` }).probes
      return [0, 1, 2].map((zone) => clientZone.filter((of) => of === zone).length)
    }
    expect(zones(10)).toEqual([5, 3, 2])
    expect(zones(3)).toEqual([1, 1, 1])
    expect(zones(1)).toEqual([1, 0, 0])
  })
})

describe('a count', () => {
  test.each([
    ['poisson(1000/s)', ''],
    ['closed(8 think 2ms)', ''],
    ['closed(8 think 2ms)', ', read-back: { share: 100%, after: [1ms] }'],
  ])('ends the load of %s%s at its last operation, with nothing begun afterwards', (arrivals, readBack) => {
    const { rows, probes } = run({ arrivals, warmup: '100ms', more: `, count: 50${readBack}` })
    const { measuredFrom, measuredTo } = probes.phases
    const counted = rows.filter(({ kind, intended }) => kind === UPDATE && intended * MILLISECOND >= measuredFrom)
    const last = counted[counted.length - 1] as Row
    expect(counted.length).toBe(50)
    expect(measuredFrom).toBe(100 * MILLISECOND)
    expect(measuredTo).toBe(Math.round(last.intended * MILLISECOND) + 1)
    expect(Math.max(...rows.map(({ intended }) => intended))).toBe(last.intended)
    expect(rows.filter(({ kind, intended }) => kind === UPDATE && intended < 100).length).toBeGreaterThan(50)
    if (readBack !== '') expect(rows.some(({ kind }) => kind === READ_BACK)).toBe(true)
  })

  test('that is not reached leaves the end to the duration', () => {
    const { rows, probes } = run({ arrivals: 'closed(1 think 98ms)', more: ', count: 50' })
    expect([rows.length, probes.phases.measuredTo]).toEqual([10, 1000 * MILLISECOND])
  })
})

describe('a read-back', () => {
  const more = ', read-back: { share: 100%, after: [0ms, 5ms, 20ms] }'

  test('comes from other clients, exactly the listed delays after the acknowledgement, and of acknowledged writes only', () => {
    const settings = { arrivals: 'closed(3 think 13ms)', more }
    const { rows } = runScripted(workload(settings), ({ operation }) => [
      operation % 3 === 0 ? refused(2) : answered(2),
    ])
    const writes = rows.filter(({ kind }) => kind === UPDATE)
    const readBacks = rows.filter(({ kind }) => kind === READ_BACK)
    const due = writes
      .filter(({ outcome }) => outcome === OK)
      .flatMap(({ id, key, completed }) => [0, 5, 20].map((delay) => ({ id, key, at: completed + delay })))
      .filter(({ at }) => at < 1000)
    expect(writes.some(({ outcome }) => outcome !== OK)).toBe(true)
    expect(readBacks.length).toBe(due.length)
    for (const { id, key, at } of due) {
      expect(readBacks.filter(({ base, intended }) => base === id && Math.abs(intended - at) < 1e-6)).toMatchObject([
        { key },
      ])
    }
    const writers = new Set(writes.map(({ client }) => client))
    expect(readBacks.filter(({ client }) => writers.has(client))).toEqual([])
  })

  test('is made of the stated share of writes', () => {
    const { rows } = run({ arrivals: 'poisson(4000/s)', more: ', read-back: { share: 30%, after: [0ms] }' })
    const share =
      rows.filter(({ kind }) => kind === READ_BACK).length / rows.filter(({ kind }) => kind === UPDATE).length
    // Within four standard errors of 4000 coins.
    expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 4000))
  })
})

describe('a read-modify-write', () => {
  const settings = { arrivals: 'closed(3 think 13ms)', operations: 'read-modify-write: 100%' }

  test('begins its modify at once in the same session, and names its read as base; a read that failed has none', () => {
    const { rows } = runScripted(workload(settings), ({ operation }) => [
      operation % 4 === 0 ? refused(2) : answered(2),
    ])
    const reads = rows.filter(({ kind }) => kind === READ_FOR_MODIFY)
    expect(reads.some(({ outcome }) => outcome !== OK)).toBe(true)
    for (const { id, client, key, completed, outcome } of reads) {
      const expected = outcome === OK ? [{ client, key, intended: completed }] : []
      expect(rows.filter(({ kind, base }) => kind === MODIFY && base === id)).toMatchObject(expected)
    }
  })

  test('is read back after its modify, and not after its read', () => {
    const { rows } = run({ ...settings, more: ', read-back: { share: 100%, after: [4ms] }' })
    const readBacks = rows.filter(({ kind }) => kind === READ_BACK)
    expect(readBacks.length).toBeGreaterThan(50)
    for (const { base, intended } of readBacks) {
      expect(rows[base]).toMatchObject({ kind: MODIFY, completed: expect.closeTo(intended - 4, 6) })
    }
  })

  test('counts once towards a count, and its modify is still done', () => {
    const { rows } = run({ arrivals: 'closed(1 think 0ms)', operations: 'read-modify-write: 100%', more: ', count: 5' })
    expect(rows.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 10 }, (_, i) => (i % 2 ? MODIFY : READ_FOR_MODIFY)),
    )
  })
})

describe('a compare-and-set', () => {
  const settings = { arrivals: 'closed(3 think 13ms)', operations: 'compare-and-set: 100%' }

  test('follows its read as a modify does, and expects what that returned', () => {
    const { rows, asked, history } = run({ ...settings, more: ', read-back: { share: 100%, after: [4ms] }' })
    const sets = asked.filter(({ kind }) => kind === COMPARE_AND_SET)
    expect(sets.length).toBeGreaterThan(50)
    for (const { operation, key, expected, valueBytes } of sets) {
      const read = rows[rows[operation]?.base as number] as Row
      expect(read).toMatchObject({ kind: READ_FOR_MODIFY, key, completed: rows[operation]?.intended })
      expect([expected, valueBytes]).toEqual([history.observed[read.id], 100])
    }
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set([READ_FOR_MODIFY, COMPARE_AND_SET, READ_BACK]))
  })
})

test('an operation belongs to the phase of its intended start, however late it ends', () => {
  // Each takes 42 ms and begins 50 ms after the one before: at 0, 50, 100 …; the last of each phase ends in the next.
  const { cell, history, probes, rows } = run(
    { arrivals: 'closed(1 think 8ms)', warmup: '60ms', duration: '100ms' },
    40,
  )
  expect(rows.map(({ intended, completed }) => [intended, completed])).toEqual([
    [0, 42],
    [50, 92],
    [100, 142],
    [150, 192],
  ])
  expect(collect(cell, history, probes, '').operations).toMatchObject({ invoked: 2, completed: 2, recorded: 4 })
})
