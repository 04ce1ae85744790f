/**
 * The ladder queue of Tang, Goh and Thng (ACM TOMACS 15(3), 2005): events are sorted only when they are about to happen, so that
 * pushing and popping cost O(1) on average, whatever the distribution of times, and nothing has to be tuned.
 *
 * Time is divided in three. *Top*, from `topStart` on, is an unsorted list. Below it each *rung* covers the bucket of the rung above it
 * that was read last, in narrower buckets. *Bottom*, before every rung, is sorted. When Bottom runs
 * out it is refilled from the next bucket; a bucket that is too long to be sorted becomes a rung of its own, and so does Bottom when it
 * has grown too long. When all rungs are used up, Top becomes the first one.
 *
 * The difference from the paper: events of equal time, which no rung can tell apart, end in a heap (ladder-bottom.ts).
 */
import type { Nanos } from '../core/ids.js'
import { type EventPool, NO_EVENT } from './event-pool.js'
import type { EventQueue } from './event-queue.js'
import { LadderBottom } from './ladder-bottom.js'
import { LadderRung } from './ladder-rung.js'

export class LadderEventQueue implements EventQueue {
  size = 0
  private topStart: Nanos = Number.NEGATIVE_INFINITY
  private top = NO_EVENT
  private topEarliest: Nanos = Number.POSITIVE_INFINITY
  private topLatest: Nanos = Number.NEGATIVE_INFINITY
  /** The first `depth` rungs are in use; the others are kept for later. */
  private readonly rungs: LadderRung[] = []
  private depth = 0
  private readonly bottom: LadderBottom

  constructor(private readonly pool: EventPool) {
    this.bottom = new LadderBottom(pool)
  }

  push(slot: number): void {
    this.size++
    const time = this.pool.time[slot]
    if (time >= this.topStart) this.putOnTop(slot, time)
    else this.putBelow(slot, time)
  }

  pop(): number {
    let slot = this.bottom.pop()
    if (slot === NO_EVENT) {
      if (this.size === 0) return NO_EVENT
      this.refillBottom()
      slot = this.bottom.pop()
    }
    this.size--
    return slot
  }

  peek(): number {
    if (this.bottom.isEmpty && this.size > 0) this.refillBottom()
    return this.bottom.peek()
  }

  private putOnTop(slot: number, time: Nanos): void {
    this.pool.next[slot] = this.top
    this.top = slot
    if (time < this.topEarliest) this.topEarliest = time
    if (time > this.topLatest) this.topLatest = time
  }

  private putBelow(slot: number, time: Nanos): void {
    for (let level = 0; level < this.depth; level++) {
      const rung = this.rungs[level]
      if (time >= rung.unread) {
        rung.put(slot, time)
        return
      }
    }
    if (this.bottom.isFull) {
      this.divideBottom()
      this.putBelow(slot, time)
    } else {
      this.bottom.insert(slot)
    }
  }

  /** Bottom is empty and there is an event above it. */
  private refillBottom(): void {
    while (this.bottom.isEmpty) {
      if (this.depth === 0) {
        this.lowerTop()
        continue
      }
      const rung = this.rungs[this.depth - 1]
      const list = rung.takeBucket()
      if (list === NO_EVENT) this.depth--
      else this.lower(list, rung.unread - rung.width, rung.unread)
    }
  }

  private lowerTop(): void {
    const list = this.top
    const start = this.topEarliest
    this.topStart = this.topLatest + 1
    this.top = NO_EVENT
    this.topEarliest = Number.POSITIVE_INFINITY
    this.topLatest = Number.NEGATIVE_INFINITY
    this.lower(list, start, this.topStart)
  }

  /** Brings a list of events within [start, end), which are now the earliest, to Bottom or one rung closer to it. */
  private lower(list: number, start: Nanos, end: Nanos): void {
    if (!this.bottom.load(list)) this.divide(list, start, end)
  }

  private divideBottom(): void {
    const start = this.pool.time[this.bottom.peek()]
    const end = this.depth === 0 ? this.topStart : this.rungs[this.depth - 1].unread
    this.divide(this.bottom.drain(), start, end)
  }

  private divide(list: number, start: Nanos, end: Nanos): void {
    if (end - start <= 1) {
      this.bottom.loadCrowd(list)
      return
    }
    if (this.depth === this.rungs.length) this.rungs.push(new LadderRung(this.pool))
    this.rungs[this.depth++].open(start, end, list)
  }
}
