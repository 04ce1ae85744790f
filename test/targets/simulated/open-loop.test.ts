/**
 * The open loop under its policies for overload, and under faults that hasten it. Everything is even and exact: the node is 1 ms away and
 * answers 7.5 ms later, so an operation takes 9.5 ms.
 */
import { describe, expect, test } from 'vitest'
import { MILLISECOND } from '../../../src/core/units.js'
import { MODIFY, READ_BACK, READ_FOR_MODIFY } from '../../../src/history/operation-kinds.js'
import { DROPPED, OK } from '../../../src/history/outcomes.js'
import { collect } from '../../../src/results/collect.js'
import { answered, type Row, runScripted, type ScriptedRun } from './scripted.js'

const LATENCY = 9.5
const ZONES =
  'topology: { zones: { a: { nodes: 1, clients: 50% }, b: { nodes: 1, clients: 50% } }, links: { local: 1ms, a--b: 1ms } }'

function run(workload: string, { warmup = '0s', duration = '1s', faults = '[]' } = {}): ScriptedRun {
  const text = `
seeds: [1]
warmup: ${warmup}
duration: ${duration}
${ZONES}
client: { timeout: 1s }
faults: ${faults}
workload: { records: 1000, ${workload} }`
  return runScripted(text, () => [answered(LATENCY - 2)])
}

const UPDATES = 'operations: { update: 100% }'
const byIntended = (rows: readonly Row[]): readonly Row[] => [...rows].sort((a, b) => a.intended - b.intended)
const outcomesOf = (rows: readonly Row[]): readonly number[] => rows.map(({ outcome }) => outcome)

describe('dropping', () => {
  const constant = `${UPDATES}, arrivals: constant(1000/s), overload: drop(4)`

  test('ends at once what arrives while four are under way, over all zones', () => {
    const { rows } = run(constant)
    expect(rows.length).toBe(1000)
    // Four that arrive in the first 4 of every 10 ms are done when the next ten begin to arrive.
    rows.forEach((row, i) => {
      const isBegun = i % 10 < 4
      const expected = {
        outcome: isBegun ? OK : DROPPED,
        attempts: isBegun ? 1 : 0,
        completed: i + (isBegun ? 9.5 : 0),
      }
      expect(row).toMatchObject({ intended: i, ...expected })
    })
  })

  test('is told by its measures beside what was offered and done', () => {
    const { cell, history, probes } = run(constant, { warmup: '100ms' })
    const { measures, operations, ratios, flags } = collect(cell, history, probes, '')
    expect(operations).toMatchObject({ invoked: 1000, completed: 400, failed: 600 })
    expect(measures).toMatchObject({
      'throughput.offered': 1000,
      'throughput.accepted': 400,
      'throughput.ok': 400,
    })
    expect(ratios).toMatchObject({ 'errors.dropped': [600, 1000], availability: [400, 1000] })
    expect(flags).toEqual(['saturated'])
    expect(measures['write.max']).toBe(LATENCY)
  })

  test('makes the draws that would have been made', () => {
    const drawn = ({ rows, probes }: ScriptedRun) =>
      rows.map(({ kind, key, client, intended }) => ({ kind, key, zone: probes.clientZone[client], intended }))
    const mix = 'operations: { read: 40%, update: 30%, increment: 30% }, arrivals: poisson(1000/s)'
    expect(drawn(run(`${mix}, overload: drop(2)`))).toEqual(drawn(run(mix)))
  })

  test('counts a read-modify-write once, until its modify has ended', () => {
    const operations = 'operations: { read-modify-write: 100% }'
    const { rows } = run(`${operations}, arrivals: constant(100/s), overload: drop(1)`, { duration: '100ms' })
    const reads = rows.filter(({ kind }) => kind === READ_FOR_MODIFY)
    expect(outcomesOf(reads)).toEqual([OK, DROPPED, OK, DROPPED, OK, DROPPED, OK, DROPPED, OK, DROPPED])
    expect(rows.filter(({ kind }) => kind === MODIFY).map(({ intended }) => intended)).toEqual([
      9.5, 29.5, 49.5, 69.5, 89.5,
    ])
  })

  test('takes no account of read-backs', () => {
    const readBack = 'read-back: { share: 100%, after: [0ms] }'
    const { rows } = run(`${UPDATES}, arrivals: constant(100/s), overload: drop(1), ${readBack}`)
    expect(rows.filter(({ kind }) => kind === READ_BACK).length).toBe(100)
    expect(new Set(outcomesOf(rows))).toEqual(new Set([OK]))
  })
})

describe('queueing', () => {
  test('begins what waits in order of arrival, when it is its turn, and counts from the intended start', () => {
    const { rows, history, asked } = run(`${UPDATES}, arrivals: constant(500/s), overload: queue(4)`)
    // D/D/4 with 9.5 ms each: the k-th begins when it has arrived and the fourth before it has ended.
    const begins: number[] = []
    for (let k = 0; k < 500; k++) begins.push(Math.max(2 * k, (begins[k - 4] ?? -LATENCY) + LATENCY))
    const begun = begins.filter((at) => at < 1000)
    expect(begun.length).toBeLessThan(450)
    byIntended(rows).forEach((row, k) => {
      const at = begins[k] as number
      const isBegun = at < 1000
      expect(row).toMatchObject({ intended: 2 * k, outcome: isBegun ? OK : DROPPED })
      expect(row.completed).toBeCloseTo(isBegun ? at + LATENCY : 1000, 6)
      if (isBegun) expect(history.invoked(row.id) / MILLISECOND).toBeCloseTo(at, 6)
    })
    expect(asked.map(({ at }) => at)).toEqual(begun.map((at) => expect.closeTo(at + 1, 6)))
  })

  test('drops what still waits when a count ends the load', () => {
    const { rows, probes } = run(`${UPDATES}, arrivals: constant(1000/s), overload: queue(2), count: 10`)
    expect(probes.phases.measuredTo).toBe(9 * MILLISECOND + 1)
    expect(outcomesOf(byIntended(rows))).toEqual([OK, OK, ...Array.from({ length: 8 }, () => DROPPED)])
  })

  test('changes nothing where there is always room', () => {
    const arrivals = `${UPDATES}, arrivals: poisson(300/s)`
    const { rows, cell, history, probes } = run(`${arrivals}, overload: queue(1000)`)
    expect(rows).toEqual(run(arrivals).rows)
    const { measures } = collect(cell, history, probes, '')
    expect(measures['throughput.accepted']).toBe(measures['throughput.offered'])
    expect(measures['errors.dropped']).toBe(0)
  })

  test('tells offered, accepted and done apart', () => {
    const { cell, history, probes } = run(`${UPDATES}, arrivals: constant(500/s), overload: queue(4)`, {
      warmup: '50ms',
    })
    const { measures, flags } = collect(cell, history, probes, '')
    expect(measures['throughput.offered']).toBe(500)
    // Four every 9.5 ms, but for what is waiting at the start, or under way at the end.
    expect(Math.abs((measures['throughput.accepted'] as number) - 4000 / LATENCY)).toBeLessThan(4)
    expect(Math.abs((measures['throughput.ok'] as number) - 4000 / LATENCY)).toBeLessThan(4)
    expect(flags).toEqual(['saturated'])
  })
})

describe('aborting', () => {
  test('ends the cell with a sentence', () => {
    expect(() => run(`${UPDATES}, arrivals: constant(1000/s), overload: abort(4)`)).toThrow(
      '4ms after the start an operation arrived while 4 were under way, the most that abort(4) allows: offer less, allow more, drop or queue.',
    )
  })

  test('leaves alone what stays within its limit', () => {
    const arrivals = `${UPDATES}, arrivals: constant(1000/s)`
    expect(run(`${arrivals}, overload: abort(10)`).rows).toEqual(run(arrivals).rows)
  })
})

describe('an overload fault', () => {
  const faults = '[{ overload: { factor: 4, at: 200ms, for: 100ms } }]'
  const intendedOf = (arrivals: string, settings = {}): readonly number[] =>
    run(`${UPDATES}, arrivals: ${arrivals}`, settings).rows.map(({ intended }) => intended)

  test('makes even arrivals four times as dense', () => {
    const found = intendedOf('constant(100/s)', { faults })
    const expected = Array.from({ length: 130 }, (_, i) =>
      i <= 20 ? 10 * i : i <= 60 ? 200 + 2.5 * (i - 20) : 10 * i - 300,
    )
    expect(found).toEqual(expected.filter((at) => at < 1000).map((at) => expect.closeTo(at, 6)))
  })

  test.each(['bursts(3000/s on 300ms off 300ms)', 'ramp(1000/s 3000/s over 1s)', 'daily(0/s 4000/s over 1s)'])(
    'multiplies the rate of %s, and moves no turn of it',
    (arrivals) => {
      const calm = intendedOf(arrivals)
      const hastened = intendedOf(arrivals, { faults })
      const countIn = (times: readonly number[], from: number, to: number) =>
        times.filter((at) => at >= from && at < to).length
      expect(hastened.filter((at) => at < 200)).toEqual(calm.filter((at) => at < 200))
      // Within four standard errors of the difference of Poisson counts.
      const four = countIn(hastened, 200, 300)
      const one = countIn(calm, 200, 300)
      expect(Math.abs(four - 4 * one)).toBeLessThan(4 * Math.sqrt(4 * one + 16 * one))
      const after = countIn(hastened, 300, 1000)
      const same = countIn(calm, 300, 1000)
      expect(Math.abs(after - same)).toBeLessThan(4 * Math.sqrt(2 * same))
      if (arrivals.startsWith('bursts')) expect(countIn(hastened, 300, 600)).toBe(0)
    },
  )
})
