/**
 * A link from one zone to another (or inside one): the delays of its four legs, its loss and its bandwidth, and how often it is cut at
 * the moment. All messages between the two zones share its bandwidth, and nothing else.
 */
import { assert } from '../core/assert.js'
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
  /** False if a message meets nothing but its delay while the link is not cut. */
  readonly isImpaired: boolean
  private readonly bandwidth: number
  /** Cuts in force; more than one fault may cut the same link. */
  private cuts = 0
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

  get isCut(): boolean {
    return this.cuts !== 0
  }

  cut(): void {
    this.cuts++
  }

  heal(): void {
    assert(this.cuts > 0, 'a link is healed as often as it was cut.')
    this.cuts--
  }

  /** Queues the bytes; time until the last of them is on the wire. */
  transmission(now: Nanos, bytes: number): Nanos {
    if (this.bandwidth === Number.POSITIVE_INFINITY) return 0
    this.freeAt = Math.max(now, this.freeAt) + Math.ceil(bytes / this.bandwidth)
    return this.freeAt - now
  }
}
