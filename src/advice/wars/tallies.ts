/**
 * What the trials of a prediction are counted in: read latencies by R, write latencies by W, and T* by both. Quorums with an R or a W in
 * common share its tally. Where R + W > N some replica R has the write when its acknowledgement is counted, so W - R is at most the
 * commit time, T* is never positive, and nothing is worked out.
 */
import type { Nanos } from '../../core/ids.js'
import { BLOCK } from './draws.js'
import type { Order } from './order.js'
import { Tally } from './tally.js'

interface PairTally {
  readonly r: number
  readonly w: number
  readonly tally: Tally
}

export class Tallies {
  /** By R - 1; undefined if no quorum has it. */
  private readonly reads: (Tally | undefined)[] = []
  /** By W - 1. */
  private readonly writes: (Tally | undefined)[] = []
  private readonly partial: PairTally[] = []
  /** T* of quorums that intersect. */
  private readonly strict: Tally
  /** T* of a block. */
  private readonly untilFresh = new Float64Array(BLOCK)

  /** `moments` in rising order, at which staleness will be asked for. */
  constructor(n: number, quorums: readonly { readonly r: number; readonly w: number }[], moments: readonly Nanos[]) {
    this.strict = new Tally(BLOCK, moments)
    for (const { r, w } of quorums) {
      this.reads[r - 1] ??= new Tally(BLOCK)
      this.writes[w - 1] ??= new Tally(BLOCK)
      if (r + w <= n && this.of(r, w) === undefined) this.partial.push({ r, w, tally: new Tally(BLOCK, moments) })
    }
  }

  /** Counts the first `length` trials of a block. */
  add({ replies, commits, lags }: Order, length: number): void {
    this.reads.forEach((tally, i) => {
      tally?.add(replies[i], length)
    })
    this.writes.forEach((tally, i) => {
      tally?.add(commits[i], length)
    })
    this.strict.addZeros(length)
    for (const { r, w, tally } of this.partial) {
      subtract(lags[r - 1], commits[w - 1], this.untilFresh)
      tally.add(this.untilFresh, length)
    }
  }

  read(r: number): Tally {
    return this.reads[r - 1] as Tally
  }

  write(w: number): Tally {
    return this.writes[w - 1] as Tally
  }

  /** How long after its commit a write is still missed by reads. */
  staleFor(r: number, w: number): Tally {
    return this.of(r, w)?.tally ?? this.strict
  }

  private of(r: number, w: number): PairTally | undefined {
    return this.partial.find((pair) => pair.r === r && pair.w === w)
  }
}

function subtract(from: Float64Array, what: Float64Array, difference: Float64Array): void {
  for (let i = 0; i < difference.length; i++) difference[i] = from[i] - what[i]
}
