/**
 * The kernel: virtual time and the events that move it. Whoever wants to be woken registers an `EventHandler` once and schedules
 * events with numbers (and at most one object) that say what for; there are no closures per event.
 *
 * Events fire in the order of (time, sequence), where the sequence counts calls of `schedule` and `setTimer`: what is scheduled first for
 * a time happens first. Time never runs backwards. Nothing here is random, and nothing depends on which queue is in use.
 *
 * Left out: priorities, processes that wait in the middle of a function, and taking back events that are not timers.
 */
import { assert } from '../core/assert.js'
import { LimitError } from '../core/errors.js'
import type { Nanos } from '../core/ids.js'
import { EventPool, NO_EVENT } from './event-pool.js'
import { createEventQueue, type EventQueue, type EventQueueName } from './event-queue.js'
import { type Timer, TimerRings } from './timer-rings.js'

export type { EventQueueName } from './event-queue.js'
export type { Timer } from './timer-rings.js'

export interface EventHandler {
  onEvent(kind: number, a: number, b: number, payload: unknown): void
}

export interface SimulationOptions {
  /** Default: `ladder`. */
  readonly queue?: EventQueueName
  /** More events than this are a `LimitError`. Default: no limit. */
  readonly eventLimit?: number
  /** Called after every 65,536th event. */
  readonly heartbeat?: (simulation: Simulation) => void
}

const EVENTS_PER_HEARTBEAT = 0x10000
/** Ten million events without time passing are no burst any more. */
const MOST_HEARTBEATS_AT_ONCE = 160
const HANDLER_LIMIT = 0x10000

export class Simulation {
  now: Nanos = 0
  eventsExecuted = 0
  /** Of the run that is going on. */
  private end: Nanos = 0
  private lastBeat: Nanos = -1
  /** Heartbeats since time passed. */
  private beatsAtOnce = 0
  private pendingEvents = 0
  private nextSequence = 0
  private readonly pool = new EventPool()
  private readonly queue: EventQueue
  private readonly timers: TimerRings
  private readonly handlers: EventHandler[] = []
  private readonly eventLimit: number
  private readonly heartbeat: ((simulation: Simulation) => void) | null

  constructor(options: SimulationOptions = {}) {
    this.queue = createEventQueue(options.queue ?? 'ladder', this.pool)
    this.timers = new TimerRings(this.pool, this.queue)
    this.eventLimit = options.eventLimit ?? Number.POSITIVE_INFINITY
    this.heartbeat = options.heartbeat ?? null
  }

  /** How many events are scheduled and were neither executed nor cancelled. */
  get pending(): number {
    return this.pendingEvents
  }

  /** Returns the number by which events name this handler. */
  register(handler: EventHandler): number {
    assert(this.handlers.length < HANDLER_LIMIT, 'there are at most 65,536 event handlers')
    return this.handlers.push(handler) - 1
  }

  /** `kind`, `a` and `b` are whole numbers of 32 bits, with sign. */
  schedule(at: Nanos, handler: number, kind: number, a: number, b: number, payload: object | null): void {
    this.queue.push(this.acquire(at, handler, kind, a, b, payload))
  }

  setTimer(after: Nanos, handler: number, kind: number, a: number, b: number): Timer {
    return this.timers.add(this.acquire(this.now + after, handler, kind, a, b, null), after)
  }

  /** Harmless if the timer has fired or was cancelled before. */
  cancelTimer(timer: Timer): void {
    if (this.timers.cancel(timer)) this.pendingEvents--
  }

  /** Called by the event of a timer, before anything else: which timer it is. */
  firedTimer(): Timer {
    return this.timers.expired()
  }

  /** Executes one event; false if there is none. */
  step(): boolean {
    for (;;) {
      const slot = this.queue.pop()
      if (slot === NO_EVENT) return false
      if (this.isLive(slot)) {
        this.execute(slot)
        return true
      }
    }
  }

  /** Executes every event up to and including `end`, or what `endBy` makes of it; then it is `end`. */
  runUntil(end: Nanos): void {
    assert(Number.isSafeInteger(end) && end >= this.now, 'a simulation runs until a whole time that is not in the past')
    this.end = end
    for (;;) {
      const slot = this.queue.pop()
      if (slot === NO_EVENT) break
      if (this.pool.time[slot] > this.end) {
        // One event a run is put back, where looking before taking would cost each of them.
        this.queue.push(slot)
        break
      }
      if (this.isLive(slot)) this.execute(slot)
    }
    this.now = this.end
  }

  /** Called by an event: the run that is going on ends at `end` already, if that is earlier. */
  endBy(end: Nanos): void {
    assert(end >= this.now, 'a run ends at a time that is not in the past')
    this.end = Math.min(this.end, end)
  }

  /** The time of the next event; Infinity if there is none. */
  peekTime(): Nanos {
    for (;;) {
      const slot = this.queue.peek()
      if (slot === NO_EVENT) return Number.POSITIVE_INFINITY
      if (this.pool.timer[slot] >= 0) return this.pool.time[slot]
      this.queue.pop()
      this.timers.expire(slot)
    }
  }

  private beat(): void {
    this.beatsAtOnce = this.now === this.lastBeat ? this.beatsAtOnce + 1 : 0
    this.lastBeat = this.now
    if (this.beatsAtOnce > MOST_HEARTBEATS_AT_ONCE) {
      throw new LimitError(
        `${MOST_HEARTBEATS_AT_ONCE * EVENTS_PER_HEARTBEAT} events happened and no time passed: something must take time, such as the links, the services or the clients' thinking.`,
      )
    }
    this.heartbeat?.(this)
  }

  private acquire(at: Nanos, handler: number, kind: number, a: number, b: number, payload: object | null): number {
    assert(Number.isSafeInteger(at) && at >= this.now, 'an event is scheduled for a whole time that is not in the past')
    assert(handler >= 0 && handler < this.handlers.length, 'an event is scheduled for a registered handler')
    this.pendingEvents++
    return this.pool.acquire(at, this.nextSequence++, handler, kind, a, b, payload)
  }

  /** Of an event just taken from the queue: false if it is a timer that was cancelled. */
  private isLive(slot: number): boolean {
    return this.pool.timer[slot] === 0 || this.timers.expire(slot)
  }

  private execute(slot: number): void {
    if (this.eventsExecuted >= this.eventLimit) {
      throw new LimitError(`More than ${this.eventLimit} events were simulated, and that is the limit that was set.`)
    }
    const pool = this.pool
    const handler = this.handlers[pool.handler[slot]] as EventHandler
    const kind = pool.kind[slot]
    const a = pool.a[slot]
    const b = pool.b[slot]
    const payload = pool.payload[slot]
    this.now = pool.time[slot]
    // Released first, so that what the handler schedules reuses the slot.
    pool.release(slot)
    this.pendingEvents--
    this.eventsExecuted++
    handler.onEvent(kind, a, b, payload)
    if (this.eventsExecuted % EVENTS_PER_HEARTBEAT === 0) this.beat()
  }
}
