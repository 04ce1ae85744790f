/**
 * What a queue of pending events does. A queue holds slots of an `EventPool` and gives them back in the order of (time, sequence);
 * sequences are unique, so the order is total and every correct queue gives the same one. A slot in a queue belongs to it:
 * its time and sequence stay as they are and the queue may use its `next`.
 *
 * Times are whole numbers (the ladder's arithmetic is exact only for them) and may be earlier than one already popped.
 */
import type { EventPool } from './event-pool.js'
import { HeapEventQueue } from './heap-event-queue.js'
import { LadderEventQueue } from './ladder-event-queue.js'

export interface EventQueue {
  readonly size: number
  push(slot: number): void
  /** Takes out the earliest slot; `NO_EVENT` if there is none. */
  pop(): number
  /** The slot that `pop` would return. */
  peek(): number
}

export type EventQueueName = 'ladder' | 'heap'

export function createEventQueue(name: EventQueueName, pool: EventPool): EventQueue {
  return name === 'heap' ? new HeapEventQueue(pool) : new LadderEventQueue(pool)
}
