/** Thinned curves are the same functions, with the same observations. */
import { expect, it } from 'vitest'
import { stepsOf } from '../../src/results/curve-steps.js'

const point = (x: number, value: number, high = value) => ({ x, value, count: 1, n: 10, low: 0, high })

it('keeps the first of points that say the same, with the counts of all, and the last of the curve', () => {
  const curve = [point(1, 0.5), point(2, 0.5), point(3, 0.5, 0.7), point(4, 1), point(5, 1), point(6, 1)]
  const steps = stepsOf(curve)
  expect(steps).toEqual([
    { x: 1, value: 0.5, count: 2, n: 20, low: 0, high: 0.5 },
    { x: 3, value: 0.5, count: 1, n: 10, low: 0, high: 0.7 },
    { x: 4, value: 1, count: 2, n: 20, low: 0, high: 1 },
    { x: 6, value: 1, count: 1, n: 10, low: 0, high: 1 },
  ])
  expect(stepsOf(steps)).toEqual(steps)
})

it('leaves alone what has no two alike', () => {
  expect(stepsOf([])).toEqual([])
  expect(stepsOf([point(1, 1)])).toEqual([point(1, 1)])
  expect(stepsOf([point(1, 1), point(2, 1)])).toEqual([point(1, 1), point(2, 1)])
})
