/**
 * A 4-ary heap: the simple event queue, against which the fast one is tested. The children of entry i are 4i+1 .. 4i+4; a parent never
 * comes after its children. Times are kept in the heap, next to the slots, because comparisons
 * almost always end there; the sequence is looked up only when two times are equal. Both operations cost O(log size).
 */
import type { Nanos } from '../core/ids.js'
import { type EventPool, NO_EVENT } from './event-pool.js'
import type { EventQueue } from './event-queue.js'

const INITIAL_CAPACITY = 64

export class HeapEventQueue implements EventQueue {
  size = 0
  private times = new Float64Array(INITIAL_CAPACITY)
  private slots = new Int32Array(INITIAL_CAPACITY)

  constructor(private readonly pool: EventPool) {}

  /** Moves a hole up from the end until the new event may stand in it. */
  push(slot: number): void {
    if (this.size === this.slots.length) this.grow()
    const times = this.times
    const slots = this.slots
    const sequences = this.pool.sequence
    const time = this.pool.time[slot]
    let hole = this.size++
    while (hole > 0) {
      const parent = (hole - 1) >> 2
      const parentTime = times[parent]
      if (parentTime < time || (parentTime === time && sequences[slots[parent]] < sequences[slot])) break
      times[hole] = parentTime
      slots[hole] = slots[parent]
      hole = parent
    }
    times[hole] = time
    slots[hole] = slot
  }

  pop(): number {
    if (this.size === 0) return NO_EVENT
    const first = this.slots[0]
    this.size--
    if (this.size > 0) this.sink(this.slots[this.size], this.times[this.size])
    return first
  }

  peek(): number {
    return this.size === 0 ? NO_EVENT : this.slots[0]
  }

  /** Moves a hole down from the root until the event that was last may stand in it. */
  private sink(slot: number, time: Nanos): void {
    const times = this.times
    const slots = this.slots
    const sequences = this.pool.sequence
    const size = this.size
    let hole = 0
    for (let child = 1; child < size; child = 4 * hole + 1) {
      let first = child
      let firstTime = times[child]
      const end = child + 4 < size ? child + 4 : size
      for (let other = child + 1; other < end; other++) {
        const otherTime = times[other]
        if (otherTime < firstTime || (otherTime === firstTime && sequences[slots[other]] < sequences[slots[first]])) {
          first = other
          firstTime = otherTime
        }
      }
      if (firstTime > time || (firstTime === time && sequences[slots[first]] > sequences[slot])) break
      times[hole] = firstTime
      slots[hole] = slots[first]
      hole = first
    }
    times[hole] = time
    slots[hole] = slot
  }

  private grow(): void {
    const times = new Float64Array(2 * this.size)
    times.set(this.times)
    this.times = times
    const slots = new Int32Array(2 * this.size)
    slots.set(this.slots)
    this.slots = slots
  }
}
