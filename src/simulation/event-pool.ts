/**
 * Pending events as columns: an event is a slot, a small integer, and its fields stand at that index. Nothing is allocated per event,
 * and the garbage collector sees only the payloads. Free slots form a list through `next`; the last one
 * released is the first one reused, while it is still in the cache.
 *
 * The columns are replaced when the pool grows: read them from the pool after anything that may acquire a slot.
 */
import { LimitError } from '../core/errors.js'
import type { Nanos } from '../core/ids.js'

/** Stands where a slot is named and there is none. */
export const NO_EVENT = -1
/** More events than this cannot be pending at once (`Timer` has 24 bits for the slot). */
export const SLOT_LIMIT = 1 << 24

const INITIAL_CAPACITY = 1024

export class EventPool {
  time = new Float64Array(INITIAL_CAPACITY)
  sequence = new Float64Array(INITIAL_CAPACITY)
  /** Links of whoever holds the slot: the free list, a bucket of the ladder, or a timer ring. */
  next = new Int32Array(INITIAL_CAPACITY)
  handler = new Uint16Array(INITIAL_CAPACITY)
  kind = new Int32Array(INITIAL_CAPACITY)
  a = new Int32Array(INITIAL_CAPACITY)
  b = new Int32Array(INITIAL_CAPACITY)
  readonly payload: (object | null)[] = new Array(INITIAL_CAPACITY).fill(null)

  // Only TimerRings writes the following three; ordinary events leave them alone.
  /** 0: not a timer; positive: a set timer; negative: a cancelled one that is still in the queue. */
  timer = new Int16Array(INITIAL_CAPACITY)
  /** How many timers this slot has been, so that a stale handle is recognised. */
  generation = new Int32Array(INITIAL_CAPACITY)
  previous = new Int32Array(INITIAL_CAPACITY)

  private free = NO_EVENT

  constructor() {
    this.linkFree(0)
  }

  acquire(
    time: Nanos,
    sequence: number,
    handler: number,
    kind: number,
    a: number,
    b: number,
    payload: object | null,
  ): number {
    if (this.free === NO_EVENT) this.grow()
    const slot = this.free
    this.free = this.next[slot]
    this.time[slot] = time
    this.sequence[slot] = sequence
    this.handler[slot] = handler
    this.kind[slot] = kind
    this.a[slot] = a
    this.b[slot] = b
    this.payload[slot] = payload
    return slot
  }

  release(slot: number): void {
    this.payload[slot] = null
    this.next[slot] = this.free
    this.free = slot
  }

  private grow(): void {
    const capacity = this.time.length
    if (capacity === SLOT_LIMIT) {
      throw new LimitError(`More than ${SLOT_LIMIT} events are pending at once: the simulated system is overloaded.`)
    }
    this.time = doubledFloats(this.time)
    this.sequence = doubledFloats(this.sequence)
    this.next = doubledIntegers(this.next)
    const handler = new Uint16Array(2 * capacity)
    handler.set(this.handler)
    this.handler = handler
    this.kind = doubledIntegers(this.kind)
    this.a = doubledIntegers(this.a)
    this.b = doubledIntegers(this.b)
    for (let slot = capacity; slot < 2 * capacity; slot++) this.payload.push(null)
    const timer = new Int16Array(2 * capacity)
    timer.set(this.timer)
    this.timer = timer
    this.generation = doubledIntegers(this.generation)
    this.previous = doubledIntegers(this.previous)
    this.linkFree(capacity)
  }

  /** Chains the slots from `first` to the last into the free list, which is empty. */
  private linkFree(first: number): void {
    const last = this.next.length - 1
    for (let slot = first; slot < last; slot++) this.next[slot] = slot + 1
    this.next[last] = NO_EVENT
    this.free = first
  }
}

function doubledFloats(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * column.length)
  larger.set(column)
  return larger
}

function doubledIntegers(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * column.length)
  larger.set(column)
  return larger
}
