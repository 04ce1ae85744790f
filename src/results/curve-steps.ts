/**
 * A fitted curve by its steps. It holds its value until its next point, so points that say the same as the one before say nothing new: their
 * counts go to that one, and the curve stays the same function, with the same sum of observations. The last point stays, for it tells where
 * observations end.
 */
import type { StoredCurve, StoredPoint } from './cell-result.js'

export function stepsOf(curve: StoredCurve): StoredCurve {
  const steps: StoredPoint[] = []
  for (const point of curve) {
    const step = steps.at(-1)
    if (step === undefined || point === curve.at(-1) || !saysTheSame(step, point)) steps.push(point)
    else steps[steps.length - 1] = { ...step, count: countOf(step) + countOf(point), n: step.n + point.n }
  }
  return steps
}

const countOf = ({ count }: StoredPoint): number => count ?? 0

const saysTheSame = (left: StoredPoint, right: StoredPoint): boolean =>
  left.value === right.value && left.low === right.low && left.high === right.high
