/** A prediction for programs. Times are in milliseconds; null is what is not known. Shares carry an interval of 95%. */
import type { ExactPercentiles } from '../advice/closed-forms/closed-forms.js'
import { missesAll } from '../advice/closed-forms/intersection.js'
import { readsBackwards } from '../advice/closed-forms/monotonic-reads.js'
import type { Quantile, Share } from '../advice/wars/estimates.js'
import type { LatencyPercentiles, QuorumPrediction } from '../advice/wars/wars.js'
import { MILLISECOND } from '../core/units.js'
import type { AskedQuorum, PredictionView } from './predict-question.js'

export function predictionJson(view: PredictionView): string {
  const { question, n, trials, seed, writesPerRead, quorums, predictions } = view
  const rows = predictions.map((prediction, i) => rowOf(view, quorums[i] as AskedQuorum, prediction))
  const told = { n, trials, seed, about: question.about, notes: question.notes, writesPerRead, rows }
  return `${JSON.stringify(told)}\n`
}

function rowOf({ forms, writesPerRead }: PredictionView, { label }: AskedQuorum, prediction: QuorumPrediction): object {
  const { r, w, read, write, consistent, visibility, kStaleness, monotonicReads } = prediction
  const apart = forms.apart(r, w)
  return {
    ...(label === undefined ? {} : { label }),
    r,
    w,
    read: latencyOf(read, forms.read(r)),
    write: latencyOf(write, forms.write(w)),
    consistent: consistent.map(({ t, ...share }) => ({
      t: t / MILLISECOND,
      ...boundsOf(share),
      exact: forms.consistent(r, w, t),
    })),
    visibility: percentilesOf({ p99: visibility.p99, 'p99.9': visibility.p999 }),
    kStaleness: kStaleness.map(({ k, ...share }) => ({
      k,
      ...boundsOf(share),
      quorumsAlone: 1 - missesAll(apart, k),
    })),
    monotonicReads: { ...boundsOf(monotonicReads), quorumsAlone: 1 - readsBackwards(apart, writesPerRead) },
  }
}

function latencyOf({ p50, p99, p999 }: LatencyPercentiles, exact: ExactPercentiles | null): object {
  const told = exact && { p50: millis(exact.p50), p99: millis(exact.p99), 'p99.9': millis(exact.p999) }
  return { ...percentilesOf({ p50, p99, 'p99.9': p999 }), exact: told }
}

function percentilesOf(quantiles: Readonly<Record<string, Quantile>>): object {
  const each = (of: (quantile: Quantile) => number | null): object =>
    Object.fromEntries(Object.entries(quantiles).map(([name, quantile]) => [name, millis(of(quantile))]))
  return { ...each(({ value }) => value), low: each(({ low }) => low), high: each(({ high }) => high) }
}

const boundsOf = ({ p, low, high }: Share): object => ({ p, low, high })

/** To the nanosecond. */
function millis(nanos: number | null): number | null {
  return nanos === null ? null : Math.round(nanos) / MILLISECOND
}
