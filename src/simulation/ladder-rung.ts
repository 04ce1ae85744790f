/**
 * A rung of the ladder queue: an interval of time cut into equal buckets, each an unsorted list of slots through `pool.next`. Buckets
 * are read once, in order. Widths are powers of two and times whole numbers, so that the bucket of a time is exact: rounding
 * can never put an event into a bucket that has been read already.
 *
 * There are about four buckets per event. The events that filled the rung are only those pending at that moment; several times as many
 * arrive while it is read, and narrow buckets keep the sorting that follows short. An empty bucket costs one load.
 */
import type { Nanos } from '../core/ids.js'
import { type EventPool, NO_EVENT } from './event-pool.js'

const BUCKETS_PER_EVENT = 4
const INITIAL_BUCKETS = 256

export class LadderRung {
  /** Where the first unread bucket begins: events from here on belong to this rung, earlier ones below it. */
  unread: Nanos = 0
  width: Nanos = 1
  private start: Nanos = 0
  private inverseWidth = 1
  private index = 0
  private buckets = 0
  /** The first slot of each bucket; all are `NO_EVENT` beyond what has been put and not yet taken. */
  private heads = new Int32Array(INITIAL_BUCKETS).fill(NO_EVENT)

  constructor(private readonly pool: EventPool) {}

  /** Takes over the events of `list`, all within [start, end). The rung has been read to its end. */
  open(start: Nanos, end: Nanos, list: number): void {
    const wanted = BUCKETS_PER_EVENT * this.lengthOf(list)
    this.width = 1
    while (this.width * wanted < end - start) this.width *= 2
    this.inverseWidth = 1 / this.width
    this.start = start
    this.unread = start
    this.index = 0
    this.buckets = Math.ceil((end - start) * this.inverseWidth)
    if (this.buckets > this.heads.length) this.grow()
    let slot = list
    while (slot !== NO_EVENT) {
      const following = this.pool.next[slot]
      this.put(slot, this.pool.time[slot])
      slot = following
    }
  }

  put(slot: number, time: Nanos): void {
    const bucket = ((time - this.start) * this.inverseWidth) | 0
    this.pool.next[slot] = this.heads[bucket]
    this.heads[bucket] = slot
  }

  /** Takes out the list of the first bucket that is not empty; `NO_EVENT` at the end of the rung. */
  takeBucket(): number {
    const heads = this.heads
    const buckets = this.buckets
    let index = this.index
    while (index < buckets && heads[index] === NO_EVENT) index++
    this.index = index
    if (index === buckets) return NO_EVENT
    const list = heads[index]
    heads[index] = NO_EVENT
    this.index = index + 1
    this.unread = this.start + this.index * this.width
    return list
  }

  private lengthOf(list: number): number {
    const next = this.pool.next
    let length = 0
    for (let slot = list; slot !== NO_EVENT; slot = next[slot]) length++
    return length
  }

  private grow(): void {
    let length = this.heads.length
    while (length < this.buckets) length *= 2
    this.heads = new Int32Array(length).fill(NO_EVENT)
  }
}
