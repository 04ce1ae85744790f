/** The pace of a run: weighed cells, a time left that counts down, and never below what an overdue cell leaves. */
import { expect, it } from 'vitest'
import { Pace } from '../../src/commands/pace.js'

it('knows nothing before the first end', () => {
  const pace = new Pace(0, 10, 10)
  expect([pace.rate(), pace.secondsLeft(5000)]).toEqual([null, null])
})

it('weighs cells by what they take', () => {
  const pace = new Pace(1000, 10, 4)
  pace.end(1, 500, 3000)
  // 2 s for one of ten parts.
  expect(pace.secondsLeft(3000)).toBe(18)
  expect(pace.rate()).toBe(250)
})

it('counts down between ends, and from when the next is overdue up again', () => {
  const pace = new Pace(0, 4, 4)
  pace.end(1, 0, 10_000)
  expect([10_000, 13_000, 20_000].map((now) => pace.secondsLeft(now))).toEqual([30, 27, 20])
  // As if the second of four ended now: 40 s for two, and two are left.
  expect(pace.secondsLeft(40_000)).toBe(40)
})

it('waits until enough has ended to say how long the rest takes', () => {
  const pace = new Pace(0, 1000, 10)
  pace.end(4, 0, 1000)
  expect(pace.secondsLeft(1000)).toBeNull()
  pace.end(96, 0, 2000)
  expect(pace.secondsLeft(2000)).toBe(18)
})

it('has nothing left at the end', () => {
  const pace = new Pace(0, 1, 1)
  pace.end(1, 10, 1000)
  expect(pace.secondsLeft(9000)).toBe(0)
})
