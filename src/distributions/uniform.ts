/**
 * Every value between two ends is equally likely: the phase of a periodic task, jitter of a back-off. Of counts the two ends are
 * drawn half as often as the values between them, because a draw is rounded to the nearest whole count.
 */
import { clamp } from '../core/mathematics.js'
import { constant } from './constant.js'
import type { ParametricLaw } from './family.js'
import type { Distribution } from './law.js'

function uniform(low: number, high: number): Distribution {
  const width = high - low
  if (width === 0) return constant(low)
  return {
    quantile: (u, tail) => (u < 0.5 ? low + width * u : high - width * tail),
    cdf: (x) => clamp((x - low) / width, 0, 1),
    survival: (x) => clamp((high - x) / width, 0, 1),
    mean: (low + high) / 2,
    constant: undefined,
    knots: [
      { value: low, mass: 0 },
      { value: high, mass: 0 },
    ],
  }
}

export const uniformLaw: ParametricLaw = {
  form: 'parameters',
  name: 'uniform',
  summary: 'every value between two ends is equally likely',
  signature: 'uniform(low high)',
  parameters: [
    { name: 'low', dimension: 'quantity', range: 'signed' },
    { name: 'high', dimension: 'quantity', range: 'signed' },
  ],
  create: uniform,
  check: (low, high) => (low > high ? 'the low end must not be above the high end' : undefined),
}
