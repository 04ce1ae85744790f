/**
 * A prediction for people: latencies with the exact ones beside them, the t-visibility of every R and W with its curve, and k-staleness with
 * monotonic reads. Times are in milliseconds.
 */
import type { ExactPercentiles } from '../advice/closed-forms/closed-forms.js'
import { missesAll } from '../advice/closed-forms/intersection.js'
import type { Quantile, Share } from '../advice/wars/estimates.js'
import type { LatencyPercentiles } from '../advice/wars/wars.js'
import { formatDuration, MILLISECOND } from '../core/units.js'
import { nines } from '../reports/charts/scales.js'
import { ruledTable } from '../reports/terminal/ruled-table.js'
import { sparkline } from '../reports/terminal/sparkline.js'
import { wrapped } from '../reports/terminal/wrapped.js'
import { curveMoments } from './predict-curve.js'
import type { AskedQuorum, PredictionView } from './predict-question.js'

const CURVE_PLACES = 16
/** A full block; the height of a curve counts nines. */
const MOST_NINES = 3
const UNKNOWN = '–'

export function predictionText(view: PredictionView, width: number): string {
  const { question, trials, seed } = view
  const sections = [
    [wrapped(question.about, width), `${trials} trials of the WARS model, seed ${seed}`],
    ['Latency, ms', latencyTable(view)],
    [
      'Reads that return the write or a newer one, by time since its commit',
      visibilityTable(view),
      ...curveNotes(view),
    ],
    [
      'Reads at the commit that return one of the last k versions, and that go back behind no earlier read of their client',
      versionsTable(view),
    ],
    notesOf(view),
  ]
  return `${sections.map((lines) => lines.map((line) => (line.includes('\n') ? line : wrapped(line, width))).join('\n')).join('\n\n')}\n`
}

// --- Latency --------------------------------------------------------------------------------------------------------------

function latencyTable({ predictions, forms }: PredictionView): string {
  const reads = new Map(predictions.map(({ r, read }) => [r, read]))
  const writes = new Map(predictions.map(({ w, write }) => [w, write]))
  const rows = [
    ...sorted(reads).map(([r, latency]) => [`read R=${r}`, ...latencyCells(latency, forms.read(r))]),
    ...sorted(writes).map(([w, latency]) => [`write W=${w}`, ...latencyCells(latency, forms.write(w))]),
  ]
  return ruledTable(['', 'p50', 'p99', 'p99.9', 'exact p50', 'p99', 'p99.9'], rows, 1)
}

const sorted = <T>(byCount: ReadonlyMap<number, T>): (readonly [number, T])[] =>
  [...byCount].sort(([left], [right]) => left - right)

function latencyCells({ p50, p99, p999 }: LatencyPercentiles, exact: ExactPercentiles | null): string[] {
  const estimates = [p50, p99, p999].map(({ value }) => milliseconds(value))
  const known = exact === null ? [null, null, null] : [exact.p50, exact.p99, exact.p999]
  return [...estimates, ...known.map(milliseconds)]
}

// --- Staleness ------------------------------------------------------------------------------------------------------------

function visibilityTable(view: PredictionView): string {
  const { predictions, quorums, n } = view
  const moments = curveMoments(predictions, CURVE_PLACES)
  const times = predictions[0]?.consistent.map(({ t }) => (t === 0 ? '0ms' : formatDuration(t))) ?? []
  const rows = predictions.map((prediction, i) => {
    const isStrict = prediction.r + prediction.w > n
    return [
      ...namesOf(view, quorums[i] as AskedQuorum),
      ...prediction.consistent.map((share) => shareText(share, isStrict)),
      milliseconds(prediction.visibility.p99.value),
      quantileText(prediction.visibility.p999),
      sparkline(moments.map((t) => nines(prediction.consistentAt(t)) / MOST_NINES)),
    ]
  })
  const heads = [...nameHeads(view), ...times, '99%\nfrom ms', '99.9%\nfrom ms', 'curve']
  return ruledTable(heads, rows, nameHeads(view).length)
}

function curveNotes({ predictions, forms, n }: PredictionView): string[] {
  const moments = curveMoments(predictions, CURVE_PLACES)
  const [first, last] = [moments[0] as number, moments.at(-1) as number]
  const shares = predictions.flatMap(({ consistent }) => consistent)
  const widest = Math.max(...shares.map(({ low, high }) => (high - low) / 2))
  const notes = [
    `%; all within ${Number((100 * widest).toPrecision(2))} points, with 95%. The curve runs from ${milliseconds(first)} to ${milliseconds(last)} ms by the logarithm; its height counts nines, up to 99.9%.`,
  ]
  const exact = predictions.flatMap(({ r, w, consistent }) =>
    consistent.flatMap(({ t, p }) => {
      const form = r + w > n ? null : forms.consistent(r, w, t)
      return form === null ? [] : [Math.abs(form - p)]
    }),
  )
  if (exact.length > 0) {
    const most = Number((100 * Math.max(...exact)).toPrecision(2))
    notes.push(
      `Writes are exponential, so these shares have a closed form: the trials are within ${most} points of it.`,
    )
  }
  return notes
}

function versionsTable(view: PredictionView): string {
  const { predictions, quorums, forms, n } = view
  const ks = predictions[0]?.kStaleness.map(({ k }) => k) ?? []
  const rows = predictions.map((prediction, i) => {
    const isStrict = prediction.r + prediction.w > n
    const apart = forms.apart(prediction.r, prediction.w)
    return [
      ...namesOf(view, quorums[i] as AskedQuorum),
      ...prediction.kStaleness.map((share) => shareText(share, isStrict)),
      shareText(prediction.monotonicReads, isStrict),
      ...[1, 2, 3].map((k) => percentText(1 - missesAll(apart, k))),
    ]
  })
  const heads = ks.map((k) => `k=${k}`)
  return ruledTable(
    [...nameHeads(view), ...heads, 'monotonic', 'alone k=1', 'k=2', 'k=3'],
    rows,
    nameHeads(view).length,
  )
}

// --- Names and notes ------------------------------------------------------------------------------------------------------

const hasLabels = ({ quorums }: PredictionView): boolean => quorums.some(({ label }) => label !== undefined)

const nameHeads = (view: PredictionView): string[] => [...(hasLabels(view) ? ['variant'] : []), 'R', 'W']

const namesOf = (view: PredictionView, { label, r, w }: AskedQuorum): string[] => [
  ...(hasLabels(view) ? [label ?? ''] : []),
  String(r),
  String(w),
]

function notesOf({ question, writesPerRead }: PredictionView): string[] {
  return [
    `Monotonic reads suppose that for each read of an item by a client it is written ${writesPerRead === 1 ? 'once' : `${writesPerRead} times`}, by whomever (--writes-per-read).`,
    '"Alone" is what the sizes of the quorums say if writes never reach the other replicas; here they do.',
    ...question.notes,
    'The model has one write and one read, and no failures, queues or repair.',
  ].map((note) => `- ${note}`)
}

// --- Figures --------------------------------------------------------------------------------------------------------------

function milliseconds(nanos: number | null): string {
  if (nanos === null) return UNKNOWN
  const value = nanos / MILLISECOND
  return String(value >= 1000 ? Math.round(value) : Number(value.toPrecision(4)))
}

function quantileText({ value, low, high }: Quantile): string {
  if (value === null) return UNKNOWN
  return low === high ? milliseconds(value) : `${milliseconds(value)} [${milliseconds(low)} ${milliseconds(high)}]`
}

/** In percent; what no trial lacked is at least what an interval of 95% leaves. */
function shareText({ p, low }: Share, isStrict: boolean): string {
  return p === 1 && low < 1 && !isStrict ? `>${percentText(low)}` : percentText(p)
}

/** More digits towards 100, and never 100 for what is less. */
function percentText(share: number): string {
  const places = share < 0.99 ? 2 : share < 0.999 ? 3 : 4
  const rounded = (100 * share).toFixed(places)
  return String(Number(share < 1 && Number(rounded) === 100 ? '99.9999' : rounded))
}
