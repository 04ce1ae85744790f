/**
 * The Monte Carlo of the WARS model (Bailis et al., VLDB 2012, section 4): the latency and staleness of partial quorums from the one-way
 * delays. One pass gives the whole t-visibility curve: a trial is stale at t if and only if its T* > t, where T* = min over the first R
 * responders of (W - R) less the commit time, so quantiles of T* are t-visibility itself, not a search over t. All quorums share
 * one set of trials: their estimates are correlated, which is what makes differences between them sharp.
 * Left out, as in the paper: failures, repair, queues and overlapping writes.
 */
import { assert } from '../../core/assert.js'
import type { Nanos } from '../../core/ids.js'
import { missesAll } from '../closed-forms/intersection.js'
import { readsBackwards } from '../closed-forms/monotonic-reads.js'
import { BLOCK, Draws } from './draws.js'
import { type Quantile, quantileOf, type Share, shareOf } from './estimates.js'
import { replicasOf, type WarsModel } from './model.js'
import { Order } from './order.js'
import { strataOf } from './strata.js'
import { Tallies } from './tallies.js'
import { MOST_COUNTED, type Tally } from './tally.js'

export interface Quorum {
  /** Replies that a read waits for. */
  readonly r: number
  /** Acknowledgements that a write waits for. */
  readonly w: number
}

export interface WarsRequest {
  readonly model: WarsModel
  readonly quorums: readonly Quorum[]
  /** 1 .. 2^32 - 1. */
  readonly trials: number
  readonly seed: number
  /** Since the commit, in rising order. */
  readonly at: readonly Nanos[]
  /** The k of k-staleness. */
  readonly versions: readonly number[]
  /** For monotonic reads: writes of the item by all, over reads of it by one client. */
  readonly writesPerRead: number
  /** Called now and then with the trials done. */
  readonly onProgress?: (trials: number) => void
}

export interface LatencyPercentiles {
  readonly p50: Quantile
  readonly p99: Quantile
  readonly p999: Quantile
}

export interface QuorumPrediction extends Quorum {
  readonly read: LatencyPercentiles
  readonly write: LatencyPercentiles
  /** P(a read that begins t after the commit returns that write or a newer one). */
  readonly consistent: readonly (Share & { readonly t: Nanos })[]
  /** The smallest t at which reads are consistent with that probability. */
  readonly visibility: { readonly p99: Quantile; readonly p999: Quantile; quantile(p: number): Quantile }
  /** P(a read at the moment of the commit returns one of the last k versions), all committed together. */
  readonly kStaleness: readonly (Share & { readonly k: number })[]
  /** P(a client's read is no older than its last one). */
  readonly monotonicReads: Share
  /** P(consistent) at any t, to within a 2,000th of t. */
  consistentAt(t: Nanos): number
}

export interface Prediction {
  readonly n: number
  readonly trials: number
  readonly quorums: readonly QuorumPrediction[]
}

/** Blocks between two calls of `onProgress`. */
const PROGRESS_BLOCKS = 4096

export function predict(request: WarsRequest): Prediction {
  const { model, quorums, trials, at } = request
  const n = replicasOf(model)
  assert(trials >= 1 && trials <= MOST_COUNTED, 'the trials can be counted.')
  assert(
    quorums.every(({ r, w }) => r >= 1 && r <= n && w >= 1 && w <= n),
    'a quorum has 1 to N replicas.',
  )
  const tallies = new Tallies(n, quorums, [0, ...at])
  const order = new Order(n, Math.max(...quorums.map(({ r }) => r)))
  runTrials(request, order, tallies)
  return { n, trials, quorums: quorums.map((quorum) => predictionOf(quorum, tallies, request)) }
}

function runTrials({ model, trials, seed, onProgress }: WarsRequest, order: Order, tallies: Tallies): void {
  const draws = new Draws(replicasOf(model), seed)
  let blocks = 0
  let done = 0
  for (const stratum of strataOf(model, trials)) {
    for (let left = stratum.trials; left > 0; left -= BLOCK) {
      const length = Math.min(BLOCK, left)
      draws.next(stratum.tables)
      order.take(draws.columns)
      tallies.add(order, length)
      done += length
      if (++blocks % PROGRESS_BLOCKS === 0) onProgress?.(done)
    }
  }
}

function predictionOf({ r, w }: Quorum, tallies: Tallies, request: WarsRequest): QuorumPrediction {
  const { at, versions, writesPerRead } = request
  const staleFor = tallies.staleFor(r, w)
  const n = staleFor.count
  const isStrict = r + w > replicasOf(request.model)
  const fresh = (place: number): Share =>
    isStrict ? { p: 1, low: 1, high: 1, n } : shareOf(n - staleFor.countBeyond(place), n)
  const staleAtOnce = not(fresh(0))
  return {
    r,
    w,
    read: percentilesOf(tallies.read(r)),
    write: percentilesOf(tallies.write(w)),
    consistent: at.map((t, i) => ({ t, ...fresh(i + 1) })),
    visibility: {
      p99: quantileOf(staleFor, 0.99),
      p999: quantileOf(staleFor, 0.999),
      quantile: (p) => quantileOf(staleFor, p),
    },
    kStaleness: versions.map((k) => ({ k, ...not(through(staleAtOnce, (stale) => missesAll(stale, k))) })),
    monotonicReads: not(through(staleAtOnce, (stale) => readsBackwards(stale, writesPerRead))),
    consistentAt: (t) => staleFor.shareWithin(t),
  }
}

function percentilesOf(tally: Tally): LatencyPercentiles {
  return { p50: quantileOf(tally, 0.5), p99: quantileOf(tally, 0.99), p999: quantileOf(tally, 0.999) }
}

const not = ({ p, low, high, n }: Share): Share => ({ p: 1 - p, low: 1 - high, high: 1 - low, n })

/** `f` rises. */
const through = ({ p, low, high, n }: Share, f: (p: number) => number): Share => ({
  p: f(p),
  low: f(low),
  high: f(high),
  n,
})
