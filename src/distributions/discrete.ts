/**
 * A law of single values, each with a weight. Sums of the weights from both ends keep both tails as exact as the sums are. Invariant: every value
 * is returned for exactly the levels that it covers.
 */
import { constant } from './constant.js'
import type { Distribution } from './law.js'
import { firstIndex } from './search.js'

export interface Atoms {
  /** In rising order. */
  readonly values: readonly number[]
  /** Positive, beside the values; they need not sum to 1. */
  readonly weights: readonly number[]
}

/** `knots` is how many of the first values are knots: beyond, where values follow each other unit by unit, whole units are as fine. */
export function discrete({ values, weights }: Atoms, knots = values.length): Distribution {
  const last = values.length - 1
  if (last === 0) return constant(values[0])
  const upTo = new Float64Array(values.length)
  const beyond = new Float64Array(values.length)
  for (let i = 0; i <= last; i++) upTo[i] = (i === 0 ? 0 : upTo[i - 1]) + weights[i]
  for (let i = last; i > 0; i--) beyond[i - 1] = beyond[i] + weights[i]
  const total = upTo[last]
  const placeOf = (x: number): number => firstIndex(values.length, (i) => values[i] > x) - 1
  return {
    quantile: (u, tail) =>
      values[firstIndex(last, u < 0.5 ? (i) => u * total < upTo[i] : (i) => tail * total >= beyond[i])],
    cdf: (x) => (x < values[0] ? 0 : upTo[placeOf(x)] / total),
    survival: (x) => (x < values[0] ? 1 : beyond[placeOf(x)] / total),
    mean: values.reduce((sum, value, i) => sum + value * (weights[i] / total), 0),
    constant: undefined,
    knots: values.slice(0, knots).map((value, i) => ({ value, mass: weights[i] / total })),
  }
}
