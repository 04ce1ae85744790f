/**
 * All closed forms that there are for a model, to stand beside the estimates of its trials. The latency of every R and W, unless the laws of
 * both ways have atoms; staleness over time where writes are exponential; and what the sizes of the quorums alone say, which supposes that writes
 * never reach the replicas beyond the quorum, and so is a bound where they do.
 */
import type { Nanos } from '../../core/ids.js'
import { LEGS, replicasOf, type WarsModel } from '../wars/model.js'
import { ExactLatency } from './exact-latency.js'
import { type ExponentialWrites, exponentialWrites, staleAfter } from './exponential-writes.js'
import { nonIntersection } from './intersection.js'

/** In nanoseconds. */
export interface ExactPercentiles {
  readonly p50: Nanos
  readonly p99: Nanos
  readonly p999: Nanos
}

export class ClosedForms {
  private readonly n: number
  private readonly writes: ExactLatency | undefined
  private readonly reads: ExactLatency | undefined
  private readonly exponential: ExponentialWrites | undefined
  /** By W and by R, as they are asked for. */
  private readonly writePercentiles: (ExactPercentiles | null)[] = []
  private readonly readPercentiles: (ExactPercentiles | null)[] = []

  constructor(model: WarsModel) {
    this.n = replicasOf(model)
    this.writes = ExactLatency.of(
      model.cases.map(({ share, replicas }) => ({ share, legs: replicas.map(({ write, ack }) => [write, ack]) })),
    )
    this.reads = ExactLatency.of(
      model.cases.map(({ share, replicas }) => ({ share, legs: replicas.map(({ read, reply }) => [read, reply]) })),
    )
    this.exponential = exponentialOf(model)
  }

  write(w: number): ExactPercentiles | null {
    this.writePercentiles[w] ??= percentilesOf(this.writes, w)
    return this.writePercentiles[w]
  }

  read(r: number): ExactPercentiles | null {
    this.readPercentiles[r] ??= percentilesOf(this.reads, r)
    return this.readPercentiles[r]
  }

  /** P(a read that begins `t` after the commit is not stale). */
  consistent(r: number, w: number, t: Nanos): number | null {
    if (r + w > this.n) return 1
    return this.exponential === undefined ? null : 1 - staleAfter(t, this.exponential, this.n, r, w)
  }

  /** P(the quorums share no replica). */
  apart(r: number, w: number): number {
    return nonIntersection(this.n, r, w)
  }
}

function percentilesOf(latency: ExactLatency | undefined, k: number): ExactPercentiles | null {
  if (latency === undefined) return null
  return { p50: latency.quantile(k, 0.5), p99: latency.quantile(k, 0.99), p999: latency.quantile(k, 0.999) }
}

/** Of replicas that are all alike in all cases. */
function exponentialOf({ cases }: WarsModel): ExponentialWrites | undefined {
  const all = cases.flatMap(({ replicas }) => replicas)
  const isAlike = all.every((legs) => LEGS.every((leg) => legs[leg].text === all[0][leg].text))
  return isAlike ? exponentialWrites(all[0]) : undefined
}
