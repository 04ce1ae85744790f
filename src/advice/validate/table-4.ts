/**
 * Table 4 of Bailis et al. (VLDB 2012): 99.9th percentiles of read and write latency (Lr, Lw) over a million operations, and t-visibility at 99.9%, of six quorums
 * in four settings. The Monte Carlo is held to the table as printed, and, for SSD and DISK, to the values that the model itself has, recomputed by an independent
 * program with 24 million trials. The printed t are those of the paper's sweep, and are compared with what that sweep finds on our curve.
 *
 * Both sides are estimates, so their errors add; half a unit of the last digit printed comes on top.
 */
import type { Prediction } from '../wars/wars.js'
import type { Finding } from './check.js'
import type { Family, Part } from './family.js'
import { certainFinding, consistentFinding, type Expected, quantileFinding, sweptFinding } from './wars-findings.js'
import { DISK, type PaperSetting, predictSetting, quorumIn, SSD, WAN, YMMR } from './wars-models.js'

/** Milliseconds. */
interface Printed {
  readonly r: number
  readonly w: number
  readonly read: number
  readonly write: number
  readonly t: number
}

/** Of the model: P(consistent at t = 0), and the t from which on it is 99.9%, in milliseconds. */
interface Recomputed {
  readonly r: number
  readonly w: number
  readonly read: number
  readonly write: number
  readonly atOnce: number
  readonly t: number
}

interface Column {
  readonly setting: PaperSetting
  /** Of the paper's sweep, in milliseconds. */
  readonly step: number
  readonly printed: readonly Printed[]
  readonly recomputed: readonly Recomputed[]
}

const PAPER_OPERATIONS = 1e6
const RECOMPUTED_TRIALS = 24e6
const PRINTED = 'published: Bailis et al., VLDB 2012, table 4'
const SWEPT = 'published: Bailis et al., VLDB 2012, table 4, by its sweep of 50,000 trials for each t'
const RECOMPUTED = 'recomputed: the model of Bailis et al. by an independent Monte Carlo of 24 million trials'

const printed = (r: number, w: number, read: number, write: number, t: number): Printed => ({ r, w, read, write, t })

const recomputed = (r: number, w: number, read: number, write: number, atOnce: number, t: number): Recomputed => ({
  r,
  w,
  read,
  write,
  atOnce,
  t,
})

const COLUMNS: readonly Column[] = [
  {
    setting: SSD,
    step: 0.01,
    printed: [
      printed(1, 1, 0.66, 0.66, 1.85),
      printed(1, 2, 0.66, 1.63, 1.79),
      printed(2, 1, 1.63, 0.65, 0),
      printed(2, 2, 1.62, 1.64, 0),
      printed(3, 1, 4.14, 0.65, 0),
      printed(1, 3, 0.65, 4.09, 0),
    ],
    recomputed: [
      recomputed(1, 1, 0.65, 0.66, 0.97361, 1.97),
      recomputed(1, 2, 0.66, 1.63, 0.97827, 1.85),
      recomputed(2, 1, 1.63, 0.66, 0.99942, 0),
      recomputed(2, 2, 1.63, 1.63, 1, 0),
      recomputed(3, 1, 4.11, 0.66, 1, 0),
      recomputed(1, 3, 0.65, 4.11, 1, 0),
    ],
  },
  {
    setting: DISK,
    step: 0.1,
    printed: [
      printed(1, 1, 0.66, 10.99, 45.5),
      printed(1, 2, 0.65, 20.97, 43.3),
      printed(2, 1, 1.63, 10.9, 13.6),
      printed(2, 2, 1.64, 20.96, 0),
      printed(3, 1, 4.12, 10.89, 0),
      printed(1, 3, 0.65, 112.65, 0),
    ],
    recomputed: [
      recomputed(1, 1, 0.65, 10.94, 0.43656, 52.1),
      recomputed(1, 2, 0.65, 20.96, 0.71279, 48.2),
      recomputed(2, 1, 1.63, 10.94, 0.76266, 14.13),
      recomputed(2, 2, 1.63, 20.96, 1, 0),
      recomputed(3, 1, 4.11, 10.94, 1, 0),
      recomputed(1, 3, 0.65, 111.5, 1, 0),
    ],
  },
  {
    setting: YMMR,
    step: 1,
    printed: [
      printed(1, 1, 5.58, 10.83, 1364),
      printed(1, 2, 5.61, 427.12, 1352),
      printed(2, 1, 32.6, 10.73, 202),
      printed(2, 2, 33.18, 428.11, 0),
      printed(3, 1, 219.27, 10.79, 0),
      printed(1, 3, 5.63, 1870.86, 0),
    ],
    recomputed: [],
  },
  {
    setting: WAN,
    step: 0.1,
    printed: [
      printed(1, 1, 3.4, 55.12, 113),
      printed(1, 2, 3.4, 167.64, 0),
      printed(2, 1, 151.3, 56.36, 30.2),
      printed(2, 2, 151.31, 167.72, 0),
      printed(3, 1, 153.86, 55.19, 0),
      printed(1, 3, 3.44, 241.55, 0),
    ],
    recomputed: [],
  },
]

const REPLICAS = 3

function partOf(column: Column): Part {
  const { setting, step } = column
  return {
    name: setting.name,
    seconds: 6,
    measure: (seed, size) => {
      const trials = size.of(24e6, 300e6)
      const prediction = predictSetting(setting, { n: REPLICAS, quorums: column.printed, trials, seed, times: [0] })
      const printedRows = column.printed.flatMap((row) => printedFindings(row, step, prediction))
      const recomputedRows = column.recomputed.flatMap((row) => recomputedFindings(row, prediction))
      return [...recomputedRows, ...printedRows].map((row) => ({ ...row, name: `${setting.name} ${row.name}` }))
    },
  }
}

function printedFindings(row: Printed, step: number, prediction: Prediction): readonly Finding[] {
  const { r, w, read, write, t } = row
  const { trials } = prediction
  const own = quorumIn(prediction, r, w)
  const to = (name: string, expected: number, source: string): Expected => ({
    name: `R=${r} W=${w}, ${name}`,
    source,
    expected,
  })
  const latencies = [
    quantileFinding(own.read.p999, trials, PAPER_OPERATIONS, to('Lr as printed', read, PRINTED)),
    quantileFinding(own.write.p999, trials, PAPER_OPERATIONS, to('Lw as printed', write, PRINTED)),
  ]
  return r + w > REPLICAS ? latencies : [...latencies, sweptFinding(own, step, to('t as printed, by sweep', t, SWEPT))]
}

function recomputedFindings(row: Recomputed, prediction: Prediction): readonly Finding[] {
  const { r, w, read, write, atOnce, t } = row
  const { trials } = prediction
  const own = quorumIn(prediction, r, w)
  const to = (name: string, expected: number): Expected => ({
    name: `R=${r} W=${w}, ${name}`,
    source: RECOMPUTED,
    expected,
  })
  const consistent = to('P(consistent at 0)', atOnce)
  return [
    quantileFinding(own.read.p999, trials, RECOMPUTED_TRIALS, to('Lr', read)),
    quantileFinding(own.write.p999, trials, RECOMPUTED_TRIALS, to('Lw', write)),
    r + w > REPLICAS ? certainFinding(own, 0, consistent) : consistentFinding(own, 0, RECOMPUTED_TRIALS, consistent),
    ...(t === 0 ? [] : [quantileFinding(own.visibility.p999, trials, RECOMPUTED_TRIALS, to('t', t))]),
  ]
}

export const table4: Family = {
  name: 'pbs-table-4',
  summary: 'latency and t-visibility of partial quorums in four settings, by Monte Carlo',
  parts: COLUMNS.map(partOf),
}
