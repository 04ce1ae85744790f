/**
 * A law cut at 0, as delays, sizes and counts need it: what would be negative is 0, with all its probability (max(0, X), not X on
 * condition that X >= 0). Only normal laws reach below 0. The mean rises by the integral of the cdf below 0, which is
 * smooth there, so Simpson's rule with a fixed number of steps is as good as exact.
 */
import type { Distribution } from './law.js'

const STEPS = 512
/** Below this level there is nothing left that a mean could feel. */
const NOTHING = 1e-20

export function nonNegative(base: Distribution): Distribution {
  if (base.quantile(0, 1) >= 0) return base
  return {
    quantile: (u, tail) => Math.max(0, base.quantile(u, tail)),
    cdf: (x) => (x < 0 ? 0 : base.cdf(x)),
    survival: (x) => (x < 0 ? 1 : base.survival(x)),
    mean: base.mean + integralOfCdfBelowZero(base),
    constant: undefined,
    knots: [{ value: 0, mass: base.cdf(0) }, ...base.knots.filter(({ value }) => value > 0)],
  }
}

function integralOfCdfBelowZero({ cdf, quantile }: Distribution): number {
  const width = -quantile(NOTHING, 1) / STEPS
  if (width <= 0) return 0
  let sum = cdf(0)
  for (let i = 1; i < STEPS; i++) sum += (i % 2 === 0 ? 2 : 4) * cdf(-i * width)
  return (sum * width) / 3
}
