/** Closed sessions that keep to a schedule: late starts, catching up, and what is never begun. The node is 1 ms away and answers by a script. */
import { describe, expect, test } from 'vitest'
import { MILLISECOND } from '../../../src/core/units.js'
import { DROPPED, OK } from '../../../src/history/outcomes.js'
import { collect } from '../../../src/results/collect.js'
import { ScheduleTime } from '../../../src/targets/simulated/schedule-time.js'
import { answered, type Row, runScripted, type Script, type ScriptedRun } from './scripted.js'

function run(arrivals: string, script: Script, { more = '', faults = '[]', warmup = '0s' } = {}): ScriptedRun {
  const text = `
seeds: [1]
warmup: ${warmup}
duration: 1s
topology: { zones: { a: { nodes: 1 } }, links: { local: 1ms } }
client: { timeout: 1s }
faults: ${faults}
workload: { operations: { update: 100% }, arrivals: ${arrivals}${more} }`
  return runScripted(text, script)
}

const always =
  (after: number): Script =>
  () => [answered(after)]

/** By session, in order of their schedules; what was dropped belongs to no session. */
function bySession(rows: readonly Row[], sessions: number): readonly (readonly Row[])[] {
  return Array.from({ length: sessions }, (_, client) => rows.filter((row) => row.client === client))
}

describe('sessions at a rate', () => {
  test('begin a tick apart, each from an offset of its own within the first tick', () => {
    const { rows } = run('closed(4 at 400/s)', always(0))
    const sessions = bySession(rows, 4)
    const offsets = sessions.map(([first]) => first?.intended as number)
    expect(new Set(offsets).size).toBe(4)
    for (const [session, offset] of offsets.entries()) {
      expect(offset).toBeGreaterThanOrEqual(0)
      expect(offset).toBeLessThan(10)
      const expected = Array.from({ length: 100 }, (_, k) => expect.closeTo(offset + 10 * k, 5))
      expect(sessions[session]?.map(({ intended }) => intended)).toEqual(expected)
    }
  })

  test('keep the same schedule under every strategy, and draw the same', () => {
    const drawn = ({ rows }: ScriptedRun) => {
      const sorted = [...rows].sort((a, b) => a.intended - b.intended)
      return sorted.map(({ intended, key }) => [intended, key])
    }
    expect(drawn(run('closed(4 at 400/s)', always(25)))).toEqual(drawn(run('closed(4 at 400/s)', always(0))))
  })

  test('begin at once when they are late, mean to have begun in time, and catch up', () => {
    // The fourth operation is answered after 45 ms, the others take 2 ms in all.
    const script: Script = ({ operation }) => [answered(operation === 3 ? 43 : 0)]
    const { rows, history } = run('closed(1 at 100/s)', script)
    const [first] = rows as [Row]
    let free = 0
    rows.forEach((row, k) => {
      const due = first.intended + 10 * k
      const begun = Math.max(due, free)
      free = begun + (k === 3 ? 45 : 2)
      expect([row.intended, row.completed]).toEqual([expect.closeTo(due, 5), expect.closeTo(free, 5)])
      expect(history.invoked(row.id) / MILLISECOND).toBeCloseTo(begun, 5)
    })
    expect(rows.length).toBe(100)
    // Four were due meanwhile, and a fifth while these were made up for.
    expect(rows.filter((row) => history.invoked(row.id) / MILLISECOND > row.intended + 1e-6).length).toBe(5)
  })

  test('that fall behind have offered what was due, and dropped what they never began', () => {
    const { rows, cell, history, probes } = run('closed(4 at 400/s)', always(18), { warmup: '200ms' })
    const begun = rows.filter(({ outcome }) => outcome === OK)
    const dropped = rows.filter(({ outcome }) => outcome === DROPPED)
    expect(rows.length).toBe(480)
    expect(begun.length + dropped.length).toBe(480)
    for (const session of bySession(begun, 4)) expect(session.length).toBe(60)
    const { measures, flags } = collect(cell, history, probes, '')
    expect(measures).toMatchObject({ 'throughput.offered': 400, 'throughput.accepted': 200, 'throughput.ok': 200 })
    expect(flags).toEqual(['saturated'])
  })

  test('drop nothing when a count has ended the load', () => {
    const { rows } = run('closed(4 at 400/s)', always(18), { more: ', count: 50' })
    expect(rows.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 50 }, () => OK))
  })

  test('are hastened by an overload fault, late ones too', () => {
    const faults = '[{ overload: { factor: 4, at: 200ms, for: 100ms } }]'
    const schedule = (after: number, given: string): readonly number[] =>
      run('closed(4 at 400/s)', always(after), { faults: given })
        .rows.map(({ intended }) => intended)
        .sort((a, b) => a - b)
    const calm = schedule(0, '[]')
    const hastened = schedule(0, faults)
    const real = (at: number): number => (at <= 200 ? at : at <= 600 ? 200 + (at - 200) / 4 : at - 300)
    expect(hastened.length).toBe(520)
    calm.forEach((at, i) => {
      expect(hastened[i]).toBeCloseTo(real(at), 4)
    })
    expect(schedule(18, faults)).toEqual(hastened)
  })
})

test('the time of a schedule passes as it is hastened, and what was due stays due', () => {
  const time = new ScheduleTime()
  expect([0, 7.25].map((at) => time.when(at))).toEqual([0, 7.25])
  time.hasten(10, 2)
  time.hasten(20, 6)
  time.hasten(21, 1)
  expect([9, 10, 20, 30, 33, 36, 37].map((at) => time.when(at))).toEqual([9, 10, 15, 20, 20.5, 21, 22])
})
