/** The share of attempts that may be followed by another. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/core/units.js'
import { RetryBudget } from '../../../src/targets/simulated/retry-budget.js'

/** So many attempts fail at `now`, and each asks to be tried again. */
function fail(budget: RetryBudget, attempts: number, now: number): number {
  let granted = 0
  for (let i = 0; i < attempts; i++) {
    budget.onAttemptEnded(now)
    if (budget.spend(now)) granted++
  }
  return granted
}

describe('a retry budget', () => {
  test('lets through its share of the attempts, and none before it has been earned', () => {
    for (const [share, each] of [
      [0.1, 10],
      [0.25, 4],
      [0.5, 2],
    ] as const) {
      const budget = new RetryBudget(share)
      expect(fail(budget, each - 1, 0)).toBe(0)
      expect(fail(budget, 1, 0)).toBe(1)
      expect(fail(budget, 10 * each, 0)).toBe(10)
    }
    expect(fail(new RetryBudget(0), 1000, 0)).toBe(0)
  })

  test('of 100% refuses nothing, however long an attempt took', () => {
    const budget = new RetryBudget(1)
    for (const at of [0, 3, 30, 31, 3000]) expect(fail(budget, 50, at * SECOND)).toBe(50)
  })

  test('may save up for some seconds, and no longer', () => {
    const savedFor = (seconds: number): number => {
      const budget = new RetryBudget(0.1)
      for (let i = 0; i < 1000; i++) budget.onAttemptEnded(4 * SECOND)
      return fail(budget, 90, (4 + seconds) * SECOND)
    }
    expect(savedFor(0)).toBe(90)
    expect(savedFor(5)).toBe(90)
    expect(savedFor(7)).toBe(9)
    expect(savedFor(60)).toBe(9)
  })

  test('remembers the retries of the last seconds as well', () => {
    const budget = new RetryBudget(0.1)
    expect(fail(budget, 1000, 4 * SECOND)).toBe(100)
    expect(fail(budget, 100, 6 * SECOND)).toBe(10)
    expect(fail(budget, 100, 12 * SECOND)).toBe(10)
  })

  test('is kept over any stretch of time that a period covers, whatever happens when', () => {
    const happening = fc.record({ after: fc.nat({ max: 4 * SECOND }), failed: fc.boolean() })
    const check = (
      share: number,
      happenings: readonly { readonly after: number; readonly failed: boolean }[],
    ): void => {
      const budget = new RetryBudget(share)
      let now = 0
      const attempts: number[] = []
      const retries: number[] = []
      for (const { after, failed } of happenings) {
        now += after
        budget.onAttemptEnded(now)
        attempts.push(now)
        if (failed && budget.spend(now)) retries.push(now)
      }
      // Within the period that an attempt falls into, none of its retries was paid for by more than the period and the one before.
      const period = 5 * SECOND
      for (const at of retries) {
        const from = (Math.floor(at / period) - 1) * period
        const within = (times: readonly number[]) => times.filter((time) => time >= from && time <= at).length
        expect(within(retries)).toBeLessThanOrEqual(share * within(attempts))
      }
    }
    fc.assert(fc.property(fc.constantFrom(0.1, 0.3, 0.5, 1), fc.array(happening, { maxLength: 200 }), check), {
      numRuns: 200,
    })
  })
})
