/**
 * A second, independent account of every law: cdfs from textbooks, written with nothing of the code under test (the normal one is
 * Marsaglia's Taylor series, gamma with whole shape is Erlang's sum), and quantiles by plain bisection. Values are in
 * milliseconds as in the texts; the tables answer in nanoseconds.
 */

export interface ClosedForm {
  readonly text: string
  readonly type: 'time' | 'offset'
  /** P(X <= x), x in milliseconds. */
  readonly cdf: (x: number) => number
  /** In milliseconds. */
  readonly mean: number
}

const exponential = (mean: number) => (x: number) => (x <= 0 ? 0 : 1 - Math.exp(-x / mean))
const pareto = (scale: number, shape: number) => (x: number) => (x <= scale ? 0 : 1 - (scale / x) ** shape)
const weibull = (scale: number, shape: number) => (x: number) => (x <= 0 ? 0 : 1 - Math.exp(-((x / scale) ** shape)))
const uniform = (low: number, high: number) => (x: number) => Math.min(1, Math.max(0, (x - low) / (high - low)))

/** Φ(z) = 1/2 + φ(z) (z + z^3/3 + z^5/15 + …). */
function standardNormal(z: number): number {
  if (z < -9) return 0
  if (z > 9) return 1
  let sum = 0
  let term = z
  for (let n = 1; sum + term !== sum; n++) {
    sum += term
    term *= (z * z) / (2 * n + 1)
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
}

function erlang(steps: number, mean: number): (x: number) => number {
  return (x) => {
    if (x <= 0) return 0
    let term = 1
    let sum = 1
    for (let n = 1; n < steps; n++) {
      term *= x / mean / n
      sum += term
    }
    return 1 - sum * Math.exp(-x / mean)
  }
}

type Cdf = (x: number) => number
const mix = (...parts: readonly (readonly [number, Cdf])[]) => {
  return (x: number) => parts.reduce((sum, [weight, cdf]) => sum + weight * cdf(x), 0)
}

export const CLOSED_FORMS: readonly ClosedForm[] = [
  { text: 'uniform(1ms 5ms)', type: 'time', cdf: uniform(1, 5), mean: 3 },
  { text: 'exponential(2ms)', type: 'time', cdf: exponential(2), mean: 2 },
  { text: 'normal(0ms 2ms)', type: 'offset', cdf: (x) => standardNormal(x / 2), mean: 0 },
  { text: 'normal(10ms 1ms)', type: 'time', cdf: (x) => standardNormal(x - 10), mean: 10 },
  {
    text: 'lognormal(0.25ms 0.3)',
    type: 'time',
    cdf: (x) => (x <= 0 ? 0 : standardNormal(Math.log(x / 0.25) / 0.3)),
    mean: 0.25 * Math.exp(0.045),
  },
  { text: 'pareto(1ms 2.5)', type: 'time', cdf: pareto(1, 2.5), mean: 2.5 / 1.5 },
  // Γ(1 + 1/0.5) = 2. In seconds, so that the lowest ten-thousandth is more than a few nanoseconds.
  { text: 'weibull(3s 0.5)', type: 'time', cdf: weibull(3000, 0.5), mean: 6000 },
  // Γ(1 + 1/2) = √π / 2
  { text: 'weibull(3ms 2)', type: 'time', cdf: weibull(3, 2), mean: (3 * Math.sqrt(Math.PI)) / 2 },
  { text: 'gamma(3 2ms)', type: 'time', cdf: erlang(3, 2), mean: 6 },
  // Chi-square with one degree of freedom, the square of a standard normal.
  {
    text: 'gamma(0.5 2s)',
    type: 'time',
    cdf: (x) => (x <= 0 ? 0 : 2 * standardNormal(Math.sqrt(x / 1000)) - 1),
    mean: 1000,
  },
  { text: '35ms + exponential(1ms)', type: 'time', cdf: (x) => exponential(1)(x - 35), mean: 36 },
  {
    text: 'lnkd-ssd',
    type: 'time',
    cdf: mix([0.9122, pareto(0.235, 10)], [0.0878, exponential(1 / 1.66)]),
    mean: 0.9122 * ((0.235 * 10) / 9) + 0.0878 / 1.66,
  },
  {
    text: 'lnkd-disk',
    type: 'time',
    cdf: mix([0.38, pareto(1.05, 1.51)], [0.62, exponential(1 / 0.183)]),
    mean: 0.38 * ((1.05 * 1.51) / 0.51) + 0.62 / 0.183,
  },
  {
    text: 'ymmr',
    type: 'time',
    cdf: mix([0.939, pareto(3, 3.5)], [0.061, exponential(1 / 0.0028)]),
    mean: 0.939 * ((3 * 3.5) / 2.5) + 0.061 / 0.0028,
  },
  {
    text: 'ymmr-paper',
    type: 'time',
    cdf: mix([0.939, pareto(3, 3.35)], [0.061, exponential(1 / 0.0028)]),
    mean: 0.939 * ((3 * 3.35) / 2.35) + 0.061 / 0.0028,
  },
  {
    text: 'ymmr-reply',
    type: 'time',
    cdf: mix([0.982, pareto(1.5, 3.8)], [0.018, exponential(1 / 0.0217)]),
    mean: 0.982 * ((1.5 * 3.8) / 2.8) + 0.018 / 0.0217,
  },
  {
    text: '50% normal(5ms 0.1ms) + 50% normal(6ms 0.1ms)',
    type: 'time',
    cdf: mix([0.5, (x) => standardNormal((x - 5) / 0.1)], [0.5, (x) => standardNormal((x - 6) / 0.1)]),
    mean: 5.5,
  },
  {
    text: '50% uniform(0ms 1ms) + 50% uniform(9ms 10ms)',
    type: 'time',
    cdf: mix([0.5, uniform(0, 1)], [0.5, uniform(9, 10)]),
    mean: 5,
  },
  {
    text: 'empirical(1ms 2ms 4ms 8ms 16ms)',
    type: 'time',
    cdf: (x) => (x <= 1 ? 0 : x >= 16 ? 1 : (Math.floor(Math.log2(x)) + x / 2 ** Math.floor(Math.log2(x)) - 1) / 4),
    mean: (31 - 17 / 2) / 4,
  },
]

/** The smallest x with cdf(x) >= level, by bisection to the last bit. */
export function quantileOf(cdf: (x: number) => number, level: number): number {
  let low = -1e3
  let high = 1e9
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (cdf(middle) >= level) high = middle
    else low = middle
  }
  return high
}
