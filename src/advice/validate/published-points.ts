/**
 * The other numbers that Bailis et al. (VLDB 2012, sections 5.3 to 5.6) print, by Monte Carlo: probabilities and t-visibilities over 50,000 trials, medians of a
 * million operations, replication factors, and synthetic exponentials; and what an independent program has recomputed of them. Where that program's number
 * of trials is not known, it is taken to be a million.
 *
 * The t of replication factors are taken as plain quantiles of 50,000 trials: how the paper found them is not known. The sweep of its table 4 (sweep.ts) in steps of
 * 0.1 ms would find 44.5 for N = 2, give or take 2, and hardly ever more than 51 for N = 10, of which 53.7 is printed, above the quantile itself (53.2).
 *
 * Left out: "no staleness in ten million writes" for SSD with R = 2, W = 1, which the model does not have (5.8 of 10,000 reads at once are stale).
 */
import type { Prediction, QuorumPrediction } from '../wars/wars.js'
import type { Finding } from './check.js'
import type { Family, Part, Size } from './family.js'
import { consistentFinding, type Expected, quantileFinding } from './wars-findings.js'
import { DISK, type PaperSetting, predictSetting, quorumIn, SSD, WAN, YMMR } from './wars-models.js'

const PAPER_TRIALS = 50_000
const PAPER_OPERATIONS = 1e6
const ASSUMED_TRIALS = 1e6
const PRINTED = 'published: Bailis et al., VLDB 2012, sections 5.3 to 5.6'
const RECOMPUTED = 'recomputed: the model of Bailis et al. by an independent Monte Carlo'

const trialsOf = (size: Size): number => size.of(8e6, 100e6)

const to = (name: string, expected: number, source: string): Expected => ({ name, source, expected })

// --- P(consistent at t), R = W = 1 and others, recomputed and printed --------------------------------------------------------

/** P(consistent) at each of `TIMES`, by quorum, as an independent Monte Carlo with so many trials has it. */
interface Curves {
  readonly setting: PaperSetting
  readonly trials: number
  readonly quorums: readonly { readonly r: number; readonly w: number; readonly consistent: readonly number[] }[]
}

/** Milliseconds. */
export const TIMES: readonly number[] = [0, 1, 5, 10, 50]

export const CURVES: readonly Curves[] = [
  {
    setting: DISK,
    trials: 104e6,
    quorums: [
      { r: 1, w: 1, consistent: [0.43673, 0.58356, 0.81812, 0.92627, 0.99892] },
      { r: 2, w: 1, consistent: [0.7628, 0.86982, 0.97491, 0.99585, 0.999999] },
      { r: 1, w: 2, consistent: [0.7129, 0.77248, 0.89428, 0.95622, 0.99905] },
    ],
  },
  {
    setting: SSD,
    trials: 54e6,
    quorums: [
      { r: 1, w: 1, consistent: [0.9736, 0.99501, 0.999994, 1, 1] },
      { r: 2, w: 1, consistent: [0.99942, 0.99998, 1, 1, 1] },
      { r: 1, w: 2, consistent: [0.97828, 0.99587, 0.999995, 1, 1] },
    ],
  },
]

function curvePart({ setting, trials, quorums }: Curves): Part {
  return {
    name: `curves of ${setting.name}`,
    seconds: 2,
    measure: (seed, size) => {
      const prediction = predictSetting(setting, { n: 3, quorums, trials: trialsOf(size), seed, times: TIMES })
      return quorums.flatMap(({ r, w, consistent }) =>
        consistent.map((share, place) => {
          const name = `${setting.name} R=${r} W=${w}, P(consistent at ${TIMES[place]} ms)`
          const own = quorumIn(prediction, r, w)
          return consistentFinding(own, place, trials, to(name, share, RECOMPUTED), decimalsOf(share))
        }),
      )
    },
  }
}

/** Five, and six next to 1. */
const decimalsOf = (share: number): number => (share > 0.9999 ? 6 : 5)

/** P(consistent) of R = W = 1. */
const PRINTED_SHARES: readonly { readonly setting: PaperSetting; readonly t: number; readonly share: number }[] = [
  { setting: SSD, t: 0, share: 0.974 },
  { setting: DISK, t: 0, share: 0.439 },
  { setting: DISK, t: 10, share: 0.925 },
  { setting: YMMR, t: 0, share: 0.893 },
  { setting: WAN, t: 0, share: 0.33 },
]

const printedShares: Part = {
  name: 'printed probabilities',
  seconds: 2,
  measure: (seed, size) =>
    PRINTED_SHARES.map(({ setting, t, share }) => {
      const own = oneOfThree(setting, [t], size.of(1e6, 20e6), seed)
      return consistentFinding(
        own,
        0,
        PAPER_TRIALS,
        to(`${setting.name} R=1 W=1, P(consistent at ${t} ms), printed`, share, PRINTED),
      )
    }),
}

function oneOfThree(setting: PaperSetting, times: readonly number[], trials: number, seed: number): QuorumPrediction {
  return quorumIn(predictSetting(setting, { n: 3, quorums: [{ r: 1, w: 1 }], trials, seed, times }), 1, 1)
}

// --- Medians ------------------------------------------------------------------------------------------------------------------

const EACH = [1, 2, 3].map((k) => ({ r: k, w: k }))

const medians: Part = {
  name: 'medians',
  seconds: 2,
  measure: (seed, size) => {
    const trials = trialsOf(size)
    const ssd = predictSetting(SSD, { n: 3, quorums: EACH, trials, seed, times: [0] })
    const disk = predictSetting(DISK, { n: 3, quorums: EACH, trials, seed, times: [0] })
    const median = (prediction: Prediction, k: number, side: 'read' | 'write', others: number, expected: Expected) =>
      quantileFinding(quorumIn(prediction, k, k)[side].p50, trials, others, expected)
    return [
      ...[0.489, 0.515, 0.566].map((value, i) =>
        median(ssd, i + 1, 'read', ASSUMED_TRIALS, to(`SSD median read, ${i + 1} of 3`, value, RECOMPUTED)),
      ),
      ...[1.505, 2.769, 6.966].map((value, i) =>
        median(disk, i + 1, 'write', ASSUMED_TRIALS, to(`DISK median write, ${i + 1} of 3`, value, RECOMPUTED)),
      ),
      median(ssd, 1, 'read', PAPER_OPERATIONS, to('SSD median read, 1 of 3, printed', 0.489, PRINTED)),
      median(disk, 1, 'write', PAPER_OPERATIONS, to('DISK median write, 1 of 3, printed', 1.5, PRINTED)),
    ]
  },
}

// --- Replication factors ----------------------------------------------------------------------------------------------------

/** DISK with R = W = 1; the shares and times as printed are null where nothing is. */
const FACTORS: readonly {
  readonly n: number
  readonly atOnce: number
  readonly t: number
  readonly printedAtOnce: number | null
  readonly printedT: number | null
}[] = [
  { n: 2, atOnce: 0.5758, t: 50.1, printedAtOnce: 0.575, printedT: 45.3 },
  { n: 3, atOnce: 0.4366, t: 52.2, printedAtOnce: null, printedT: null },
  { n: 5, atOnce: 0.3198, t: 53, printedAtOnce: null, printedT: null },
  { n: 10, atOnce: 0.2103, t: 53.2, printedAtOnce: 0.211, printedT: 53.7 },
]

function factorPart({ n, atOnce, t, printedAtOnce, printedT }: (typeof FACTORS)[number]): Part {
  return {
    name: `N=${n}`,
    seconds: n / 2,
    measure: (seed, size) => {
      const trials = trialsOf(size)
      const one = { r: 1, w: 1 }
      const own = quorumIn(predictSetting(DISK, { n, quorums: [one], trials, seed, times: [0] }), 1, 1)
      const name = `DISK N=${n} R=W=1`
      return [
        consistentFinding(own, 0, ASSUMED_TRIALS, to(`${name}, P(consistent at 0 ms)`, atOnce, RECOMPUTED)),
        quantileFinding(own.visibility.p999, trials, ASSUMED_TRIALS, to(`${name}, t`, t, RECOMPUTED)),
        ...(printedAtOnce === null
          ? []
          : [
              consistentFinding(
                own,
                0,
                PAPER_TRIALS,
                to(`${name}, P(consistent at 0 ms), printed`, printedAtOnce, PRINTED),
              ),
            ]),
        ...(printedT === null
          ? []
          : [quantileFinding(own.visibility.p999, trials, PAPER_TRIALS, to(`${name}, t, printed`, printedT, PRINTED))]),
      ]
    },
  }
}

// --- Exponentials -----------------------------------------------------------------------------------------------------------

/** Rates of the write leg per millisecond; the other legs have rate 1. N = 3, R = W = 1. */
const RATES: readonly { readonly rate: number; readonly atOnce: number; readonly t: number }[] = [
  { rate: 4, atOnce: 0.943, t: 1.01 },
  { rate: 2, atOnce: 0.8666, t: 2.45 },
  { rate: 1, atOnce: 0.7518, t: 5.49 },
  { rate: 0.5, atOnce: 0.6247, t: 11.84 },
  { rate: 0.2, atOnce: 0.4869, t: 31.3 },
  { rate: 0.1, atOnce: 0.4197, t: 63.7 },
]

/** As printed, in whole per cent and whole milliseconds. */
const PRINTED_RATES: readonly { readonly rate: number; readonly atOnce: number; readonly t: number }[] = [
  { rate: 4, atOnce: 0.94, t: 1 },
  { rate: 0.1, atOnce: 0.41, t: 65 },
]

const exponentials: Part = {
  name: 'exponentials',
  seconds: 6,
  measure: (seed, size) =>
    RATES.flatMap(({ rate, atOnce, t }): Finding[] => {
      const trials = trialsOf(size)
      const other = 'exponential(1ms)'
      const laws = { write: `exponential(${1 / rate}ms)`, ack: other, read: other, reply: other }
      const own = oneOfThree({ name: '', laws, remote: null }, [0], trials, seed)
      const name = `exponential writes of ${1 / rate} ms`
      const pair = (share: number, time: number, others: number, more: string, source: string): Finding[] => [
        consistentFinding(own, 0, others, to(`${name}, P(consistent at 0 ms)${more}`, share, source)),
        quantileFinding(own.visibility.p999, trials, others, to(`${name}, t${more}`, time, source)),
      ]
      const printed = PRINTED_RATES.filter((row) => row.rate === rate)
      return [
        ...pair(atOnce, t, ASSUMED_TRIALS, '', RECOMPUTED),
        ...printed.flatMap((row) => pair(row.atOnce, row.t, PAPER_TRIALS, ', printed', PRINTED)),
      ]
    }),
}

export const publishedPoints: Family = {
  name: 'pbs-points',
  summary: 'other published and recomputed points of partial quorums, by Monte Carlo; N = 3 unless said',
  parts: [...CURVES.map(curvePart), printedShares, medians, ...FACTORS.map(factorPart), exponentials],
}
