/**
 * The bottom of the ladder queue: the events that come next, in order. Usually these are a handful, in a small sorted array: the earliest
 * stands at `head`, and a new one is inserted from the far end, where new events belong.
 *
 * A list that is too long to be sorted by insertion and cannot be divided, because its times are all equal, becomes a
 * *crowd*: a heap, which is slower and never bad. While there is a crowd the sorted part is empty.
 */
import type { Nanos } from '../core/ids.js'
import { type EventPool, NO_EVENT } from './event-pool.js'
import { HeapEventQueue } from './heap-event-queue.js'

/** The longest list that is sorted by insertion. */
const SORTED_LIMIT = 24
const CAPACITY = 2 * SORTED_LIMIT

export class LadderBottom {
  private readonly slots = new Int32Array(CAPACITY)
  private head = 0
  private tail = 0
  private readonly crowd: HeapEventQueue
  private crowdTime: Nanos = 0
  /** How many events earlier than `crowdTime` have joined the crowd since it came together. */
  private earlier = 0

  constructor(private readonly pool: EventPool) {
    this.crowd = new HeapEventQueue(pool)
  }

  get isEmpty(): boolean {
    return this.head === this.tail && this.crowd.size === 0
  }

  /**
   * Whether it should be divided before anything else is inserted. A crowd alone cannot be, but earlier events that joined it
   * (someone looked ahead to it) should not stay in a heap; waiting for as many as its size spreads the cost.
   */
  get isFull(): boolean {
    if (this.crowd.size > 0) return this.earlier > this.crowd.size
    return this.tail === CAPACITY && this.tail - this.head > SORTED_LIMIT
  }

  peek(): number {
    return this.head < this.tail ? this.slots[this.head] : this.crowd.peek()
  }

  pop(): number {
    return this.head < this.tail ? this.slots[this.head++] : this.crowd.pop()
  }

  insert(slot: number): void {
    if (this.crowd.size > 0) {
      if (this.pool.time[slot] < this.crowdTime) this.earlier++
      this.crowd.push(slot)
      return
    }
    if (this.tail === CAPACITY) this.moveToFront()
    this.settle(slot, this.tail++)
  }

  /** Takes over `list` if it is short enough to be sorted; it must be empty. */
  load(list: number): boolean {
    const next = this.pool.next
    let head = SORTED_LIMIT
    let slot = list
    // Lists are in reverse order of insertion: filled from the back, events of equal time stand in order at once.
    while (slot !== NO_EVENT && head > 0) {
      this.slots[--head] = slot
      slot = next[slot]
    }
    if (slot !== NO_EVENT) return false
    this.head = head
    this.tail = SORTED_LIMIT
    for (let place = head + 1; place < SORTED_LIMIT; place++) this.settle(this.slots[place], place)
    return true
  }

  /** Takes over a list of any length, all of one time; it must be empty. */
  loadCrowd(list: number): void {
    this.crowdTime = this.pool.time[list]
    this.earlier = 0
    let slot = list
    while (slot !== NO_EVENT) {
      const following = this.pool.next[slot]
      this.crowd.push(slot)
      slot = following
    }
  }

  /** Hands out everything as a list. */
  drain(): number {
    let list = NO_EVENT
    for (let slot = this.pop(); slot !== NO_EVENT; slot = this.pop()) {
      this.pool.next[slot] = list
      list = slot
    }
    return list
  }

  /** Moves a hole down from `place` until `slot` may stand in it. */
  private settle(slot: number, place: number): void {
    const { time: times, sequence: sequences } = this.pool
    const slots = this.slots
    const head = this.head
    const time = times[slot]
    let hole = place
    while (hole > head) {
      const other = slots[hole - 1]
      const otherTime = times[other]
      if (otherTime < time || (otherTime === time && sequences[other] < sequences[slot])) break
      slots[hole--] = other
    }
    slots[hole] = slot
  }

  private moveToFront(): void {
    this.slots.copyWithin(0, this.head, this.tail)
    this.tail -= this.head
    this.head = 0
  }
}
