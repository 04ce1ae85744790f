/**
 * Few large and many small: the i-th of the whole values between two ends has a probability in proportion to 1 / i^theta (Zipf 1949). Sizes of fields
 * and lengths of scans in YCSB, which draws from Gray's approximation of it.
 */
import { power } from '../core/mathematics.js'
import { discrete } from './discrete.js'
import type { ParametricLaw } from './family.js'
import type { Distribution } from './law.js'

const MOST_VALUES = 1_000_000
/** The steps that matter one by one; beyond, a value has less than a thousandth. */
const KNOTS = 1024

function zipfian(least: number, most: number, theta: number): Distribution {
  const ranks = Array.from({ length: most - least + 1 }, (_, i) => i + 1)
  const values = ranks.map((rank) => least + rank - 1)
  return discrete({ values, weights: ranks.map((rank) => power(rank, -theta)) }, KNOTS)
}

export const zipfianLaw: ParametricLaw = {
  form: 'parameters',
  name: 'zipfian',
  summary: 'few large and many small whole values: the i-th from the least in proportion to 1/i^theta (0.99)',
  signature: 'zipfian(least most [theta])',
  parameters: [
    { name: 'least', dimension: 'quantity', range: 'signed', whole: true },
    { name: 'most', dimension: 'quantity', range: 'signed', whole: true },
    { name: 'theta', dimension: 'number', range: 'non-negative', largest: 10, initial: 0.99 },
  ],
  create: zipfian,
  check: (least, most) => {
    if (least > most) return 'the least must not be above the most'
    return most - least < MOST_VALUES ? undefined : `there may be at most ${MOST_VALUES} values between the ends`
  },
}
