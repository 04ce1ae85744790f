/**
 * Timers of equal duration expire in the order in which they were set. So each duration in use has a ring: a first-in, first-out list of
 * which only the earliest timer, its head, is in the event queue; the next one follows when the head leaves it.
 * Timeouts, nearly all of them cancelled, thus cost a few stores and never fill the queue. As every timer keeps the time and the
 * sequence it was given when set, events fire in exactly the order of a plain queue.
 *
 * A timer that waits in its ring is unlinked when it is cancelled; one in the queue is only marked, and dropped when it comes out. A ring
 * without timers is free for another duration; where all four rings that a duration may use are taken, its timers go to the queue themselves.
 */
import type { Nanos } from '../core/ids.js'
import { type EventPool, NO_EVENT, SLOT_LIMIT } from './event-pool.js'
import type { EventQueue } from './event-queue.js'

/** A set timer; 0 is never one. The slot in the low 24 bits, above it one plus the slot's generation. */
export type Timer = number

/** A duration may use any of the four rings of its set, which a hash chooses. */
const RINGS_PER_SET = 4
const SET_BITS = 6
const RINGS = RINGS_PER_SET << SET_BITS
/** What `pool.timer` holds is one plus the ring; this stands for a timer without one. */
const RINGLESS = RINGS + 1
/** Generations wrap after 2^28, so that a handle is exact in a `number`. */
const GENERATION_MASK = (1 << 28) - 1

export class TimerRings {
  private readonly durations = new Float64Array(RINGS)
  /** The timer that is in the queue, cancelled or not; a ring without one has no timers. */
  private readonly head = new Int32Array(RINGS).fill(NO_EVENT)
  private readonly first = new Int32Array(RINGS).fill(NO_EVENT)
  private readonly last = new Int32Array(RINGS).fill(NO_EVENT)
  private lastExpired = NO_EVENT

  constructor(
    private readonly pool: EventPool,
    private readonly queue: EventQueue,
  ) {}

  /** The event in `slot` becomes a timer that was set `duration` before its time. */
  add(slot: number, duration: Nanos): Timer {
    const ring = this.ringOf(duration)
    if (ring < 0) {
      this.pool.timer[slot] = RINGLESS
      this.queue.push(slot)
    } else {
      this.pool.timer[slot] = ring + 1
      if (this.head[ring] === NO_EVENT) this.enqueue(slot, ring)
      else this.append(slot, ring)
    }
    return this.handleOf(slot)
  }

  /** False if the timer has fired or was cancelled before. */
  cancel(timer: Timer): boolean {
    const slot = timer & (SLOT_LIMIT - 1)
    if (this.handleOf(slot) !== timer) return false
    this.retire(slot)
    const tag = this.pool.timer[slot]
    if (tag === RINGLESS || this.head[tag - 1] === slot) {
      this.pool.timer[slot] = -tag
    } else {
      this.unlink(slot, tag - 1)
      this.release(slot)
    }
    return true
  }

  /** The timer in `slot` has left the queue: true if it fires now, false if it was cancelled, and then its slot is released. */
  expire(slot: number): boolean {
    const tag = this.pool.timer[slot]
    const live = tag > 0
    const ring = (live ? tag : -tag) - 1
    if (ring < RINGS) this.promote(ring)
    if (live) {
      this.retire(slot)
      this.pool.timer[slot] = 0
      this.lastExpired = slot
    } else {
      this.release(slot)
    }
    return live
  }

  /** The handle of the timer that expired last, which is stale by now. */
  expired(): Timer {
    const generation = (this.pool.generation[this.lastExpired] - 1) & GENERATION_MASK
    return (generation + 1) * SLOT_LIMIT + this.lastExpired
  }

  /** The ring of `duration`, or one that is free for it, or -1. */
  private ringOf(duration: Nanos): number {
    const set = Math.imul(duration, 0x9e3779b1) >>> (32 - SET_BITS)
    let free = -1
    for (let ring = set * RINGS_PER_SET; ring < (set + 1) * RINGS_PER_SET; ring++) {
      if (this.durations[ring] === duration) return ring
      if (this.head[ring] === NO_EVENT) free = ring
    }
    if (free >= 0) this.durations[free] = duration
    return free
  }

  private enqueue(slot: number, ring: number): void {
    this.head[ring] = slot
    this.queue.push(slot)
  }

  private append(slot: number, ring: number): void {
    const last = this.last[ring]
    this.pool.previous[slot] = last
    this.pool.next[slot] = NO_EVENT
    this.last[ring] = slot
    if (last === NO_EVENT) this.first[ring] = slot
    else this.pool.next[last] = slot
  }

  private unlink(slot: number, ring: number): void {
    const { next, previous } = this.pool
    const before = previous[slot]
    const after = next[slot]
    if (before === NO_EVENT) this.first[ring] = after
    else next[before] = after
    if (after === NO_EVENT) this.last[ring] = before
    else previous[after] = before
  }

  /** The head of `ring` has left the queue: the earliest waiting timer takes its place. */
  private promote(ring: number): void {
    const slot = this.first[ring]
    if (slot === NO_EVENT) {
      this.head[ring] = NO_EVENT
    } else {
      this.unlink(slot, ring)
      this.enqueue(slot, ring)
    }
  }

  private handleOf(slot: number): Timer {
    return (this.pool.generation[slot] + 1) * SLOT_LIMIT + slot
  }

  /** Makes every handle of the timer stale. */
  private retire(slot: number): void {
    this.pool.generation[slot] = (this.pool.generation[slot] + 1) & GENERATION_MASK
  }

  private release(slot: number): void {
    this.pool.timer[slot] = 0
    this.pool.release(slot)
  }
}
