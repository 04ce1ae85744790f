/**
 * A link from one zone to another (or inside one): the delays of its four legs, its loss and its bandwidth. All messages between the two
 * zones share its bandwidth, and nothing else. What faults do to messages is in cuts.ts and impairments.ts.
 */
import type { Nanos } from '../core/ids.js'
import type { QuantileTable } from '../distributions/quantile-table.js'

export interface LinkModel {
  /** Delay tables by leg. */
  readonly delays: readonly QuantileTable[]
  /** Probability that a segment or datagram is lost. */
  readonly loss: number
  /** Bytes per nanosecond; Infinity without limit. */
  readonly bandwidth: number
  /** tcp, and not datagram. */
  readonly ordered: boolean
}

export class Link {
  readonly delays: readonly QuantileTable[]
  readonly ordered: boolean
  readonly loss: number
  /** False if a message meets nothing but its delay. */
  readonly isImpaired: boolean
  private readonly bandwidth: number
  private freeAt: Nanos = 0

  constructor(
    { delays, loss, bandwidth, ordered }: LinkModel,
    /** Whether it joins different zones. */
    readonly isWan: boolean,
  ) {
    this.delays = delays
    this.loss = loss
    this.bandwidth = bandwidth
    this.ordered = ordered
    this.isImpaired = loss > 0 || bandwidth !== Number.POSITIVE_INFINITY
  }

  /** Queues the bytes; time until the last of them is on the wire. */
  transmission(now: Nanos, bytes: number): Nanos {
    if (this.bandwidth === Number.POSITIVE_INFINITY) return 0
    this.freeAt = Math.max(now, this.freeAt) + Math.ceil(bytes / this.bandwidth)
    return this.freeAt - now
  }
}
