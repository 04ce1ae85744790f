/**
 * Staleness where it has a closed form. F1: with exponential writes of rate lambda, constant acknowledgements a and requests d, and any answers,
 * P(stale at t) = C(N-W, R) / C(N, R) · exp(-R lambda (t + a + d)). With a = d = t = 0 what is left is the chance that a read quorum misses
 * a write quorum (Bailis et al. 2012, equation 1), and where R + W > N, nothing: that is exact. And the two cases of the unit test of
 * Cassandra 1.2's PBSPredictor: writes of 0 or 10 ms with equal chance, N = 2, R = W = 1, everything else at once.
 */
import { exp } from '../../core/mathematics.js'
import { missesAll, nonIntersection } from '../closed-forms/intersection.js'
import type { QuorumPrediction } from '../wars/wars.js'
import type { Finding } from './check.js'
import { shareOf } from './estimate.js'
import type { Family, Part } from './family.js'
import { simulated } from './simulated.js'
import { predictSetting, quorumIn } from './wars-models.js'
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

function f1(n: number, r: number, w: number, mean: number, a: number, d: number, t: number): ClosedForm {
  const laws = { write: `exponential(${mean}ms)`, ack: `${a}ms`, read: `${d}ms`, reply: 'exponential(1ms)' }
  const stale = nonIntersection(n, r, w) * exp((-r * (t + a + d)) / mean)
  return { n, r, w, laws, t, source: t + a + d === 0 ? MISSED : F1, expected: 1 - stale }
}

/** Stale only if one write is late, half of the time, and its replica answers first, half of that. */
const VECTOR: ClosedForm = {
  n: 2,
  r: 1,
  w: 1,
  laws: { write: '50% 0ms + 50% 10ms', ack: '0ms', read: '0ms', reply: '0ms' },
  t: 0,
  source: CASSANDRA,
  expected: 0.75,
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
  VECTOR,
]

export const nameOf = ({ n, r, w, laws, t }: ClosedForm): string =>
  `N=${n} R=${r} W=${w}, W ${laws.write}, A ${laws.ack}, R ${laws.read}, t ${t} ms`

/** Of each seed, whose history is kept whole while it runs. */
const WRITES = 100_000

/** Both engines, from the same laws. */
function partOf(form: ClosedForm): Part {
  const { n, r, w, laws, t, source, expected } = form
  const quorums = [{ r, w }]
  return {
    name: nameOf(form),
    seconds: 1 + n / 2,
    measure: (seed, size) => {
      const text = warsWorkload({ n, laws, remote: null, quorums, times: [t] }, size.of(1, 15), size.of(WRITES, WRITES))
      const { cells } = simulated(text, seed)
      const fresh = freshAt(cells, cells[0]?.label as string, t)
      const trials = size.of(4e6, 40e6)
      const setting = { name: '', laws, remote: null }
      const own = quorumIn(predictSetting(setting, { n, quorums, trials, seed, times: [t] }), r, w)
      const count = Math.round((own.consistent[0]?.p as number) * trials)
      const monteCarlo = findingOf(`Monte Carlo, ${nameOf(form)}`, count, trials, expected, source)
      const simulator = findingOf(`simulator, ${nameOf(form)}`, fresh.count, fresh.n, expected, source)
      return form === VECTOR ? [monteCarlo, fiveVersions(own, trials), simulator] : [monteCarlo, simulator]
    },
  }
}

/** What must never fail is not subject to chance. */
function findingOf(name: string, count: number, n: number, expected: number, source: string): Finding {
  const estimate = shareOf(count, n, expected)
  const spread = expected === 1 ? null : estimate.spread
  return { name, unit: 'share', source, expected, bias: null, ...estimate, spread }
}

/** 1 - .25^5, whose derivative is five times .25^4. */
function fiveVersions(own: QuorumPrediction, trials: number): Finding {
  const measured = own.kStaleness.find(({ k }) => k === 5)?.p ?? Number.NaN
  const standardError = 5 * missesAll(0.25, 4) * Math.sqrt((0.25 * 0.75) / trials)
  const spread = { standardError, freedom: null, shareOf: trials }
  const name = `Monte Carlo, ${nameOf(VECTOR)}, within 5 versions`
  return {
    name,
    unit: 'share',
    source: CASSANDRA,
    expected: 1 - missesAll(0.25, 5),
    measured,
    n: trials,
    spread,
    bias: null,
  }
}

// --- Formulas against what is printed of them -----------------------------------------------------------------------------------

/** P(within k versions) as Bailis et al. (VLDB 2012), section 3.1, print it. */
const WITHIN: readonly {
  readonly r: number
  readonly w: number
  readonly k: number
  readonly printed: number
  readonly off: number
}[] = [
  { r: 1, w: 1, k: 2, printed: 0.5556, off: 0.00005 },
  { r: 1, w: 1, k: 3, printed: 0.7037, off: 0.00005 },
  { r: 1, w: 1, k: 5, printed: 0.868, off: 0.001 },
  { r: 1, w: 1, k: 10, printed: 0.98, off: 0.01 },
  { r: 1, w: 2, k: 1, printed: 0.6667, off: 0.00005 },
  { r: 1, w: 2, k: 2, printed: 0.8889, off: 0.00005 },
  { r: 2, w: 1, k: 5, printed: 0.995, off: 0.001 },
]

const PRINTED = 'published: Bailis et al., VLDB 2012, section 3.1'
const DIGITS = "one of the last digit, where the paper says 'more than', or half of it"

const formulas: Part = {
  name: 'formulas',
  seconds: 0,
  measure: () => [
    {
      name: 'formula, a read misses the write, N=100 R=W=30',
      unit: 'share',
      source: PRINTED,
      expected: 1.88e-6,
      measured: nonIntersection(100, 30, 30),
      n: 1,
      spread: null,
      bias: { value: 0.005e-6, reason: DIGITS },
    },
    ...WITHIN.map(({ r, w, k, printed, off }): Finding => {
      const measured = 1 - missesAll(nonIntersection(3, r, w), k)
      const bias = { value: off, reason: DIGITS }
      const name = `formula, N=3 R=${r} W=${w}, within ${k} version${k === 1 ? '' : 's'}`
      return { name, unit: 'share', source: PRINTED, expected: printed, measured, n: 1, spread: null, bias }
    }),
  ],
}

export const closedForms: Family = {
  name: 'closed-forms',
  summary: 'P(consistent at t) where it has a closed form',
  parts: [formulas, ...CLOSED_FORMS.map(partOf)],
}
