/**
 * Staleness where it has a closed form. F1: with exponential writes of rate lambda, constant acknowledgements a and requests d, and any answers,
 * P(stale at t) = C(N-W, R) / C(N, R) · exp(-R lambda (t + a + d)). With a = d = t = 0 what is left is the chance that a read quorum misses
 * a write quorum (Bailis et al. 2012, equation 1), and where R + W > N, nothing: that is exact. And the two cases of the unit test of
 * Cassandra 1.2's PBSPredictor: writes of 0 or 10 ms with equal chance, N = 2, R = W = 1, everything else at once.
 */
import { exp } from '../../core/mathematics.js'
import type { Finding } from './check.js'
import { shareOf } from './estimate.js'
import type { Family, Part } from './family.js'
import { simulated } from './simulated.js'
import { freshAt, type WarsLaws, warsWorkload } from './wars-workload.js'

export interface ClosedForm {
  readonly n: number
  readonly r: number
  readonly w: number
  readonly laws: WarsLaws
  /** Milliseconds. */
  readonly t: number
  readonly source: string
  /** P(consistent at t). */
  readonly expected: number
}

const F1 = 'exact: F1, exponential writes and constant requests'
const MISSED = 'exact: a read quorum misses a write quorum, C(N-W, R) / C(N, R)'
const CASSANDRA = "exact: the unit test of Cassandra 1.2's PBSPredictor, enumerated"

const choose = (n: number, k: number): number => {
  let product = k > n ? 0 : 1
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i
  return product
}

function f1(n: number, r: number, w: number, mean: number, a: number, d: number, t: number): ClosedForm {
  const laws = { write: `exponential(${mean}ms)`, ack: `${a}ms`, read: `${d}ms`, reply: 'exponential(1ms)' }
  const stale = (choose(n - w, r) / choose(n, r)) * exp((-r * (t + a + d)) / mean)
  return { n, r, w, laws, t, source: t + a + d === 0 ? MISSED : F1, expected: 1 - stale }
}

export const CLOSED_FORMS: readonly ClosedForm[] = [
  f1(3, 1, 1, 5, 1, 2, 4),
  f1(5, 2, 2, 5, 1, 2, 1),
  f1(5, 2, 3, 10, 0, 1, 2),
  f1(3, 1, 1, 1, 0, 0, 0),
  f1(3, 1, 2, 1, 0, 0, 0),
  f1(3, 2, 1, 1, 0, 0, 0),
  f1(5, 2, 2, 1, 0, 0, 0),
  f1(10, 3, 3, 1, 0, 0, 0),
  f1(3, 2, 2, 1, 0, 0, 0),
  f1(5, 1, 5, 1, 0, 0, 0),
  {
    n: 2,
    r: 1,
    w: 1,
    laws: { write: '50% 0ms + 50% 10ms', ack: '0ms', read: '0ms', reply: '0ms' },
    t: 0,
    source: CASSANDRA,
    expected: 0.75,
  },
]

export const nameOf = ({ n, r, w, laws, t }: ClosedForm): string =>
  `N=${n} R=${r} W=${w}, W ${laws.write}, A ${laws.ack}, R ${laws.read}, t ${t} ms`

function partOf(form: ClosedForm): Part {
  const { n, r, w, laws, t, source, expected } = form
  return {
    name: `simulator, ${nameOf(form)}`,
    seconds: n / 2,
    measure: (seed, size) => {
      const text = warsWorkload(
        { n, laws, remote: null, quorums: [{ r, w }], times: [t] },
        1,
        size.of(100_000, 2_000_000),
      )
      const { cells } = simulated(text, seed)
      const { count, n: trials } = freshAt(cells, cells[0]?.label as string, t)
      return [findingOf(`simulator, ${nameOf(form)}`, count, trials, expected, source)]
    },
  }
}

/** What must never fail is not subject to chance. */
export function findingOf(name: string, count: number, n: number, expected: number, source: string): Finding {
  const estimate = shareOf(count, n, expected)
  return {
    name,
    unit: 'share',
    source,
    expected,
    bias: null,
    ...estimate,
    spread: expected === 1 ? null : estimate.spread,
  }
}

export const closedForms: Family = {
  name: 'closed-forms',
  summary: 'P(consistent at t) where it has a closed form',
  parts: CLOSED_FORMS.map(partOf),
}
