/**
 * HOLD (Jones, CACM 29(4), 1986): the queue holds `size` events; each operation takes the earliest and puts one back an exponential
 * time later. It is the yardstick against which simulated operations per second are judged. Increments come
 * from a table, so that queues are compared and not logarithms.
 */
import type { Nanos } from '../core/ids.js'
import { EventPool } from '../simulation/event-pool.js'
import { createEventQueue, type EventQueue, type EventQueueName } from '../simulation/event-queue.js'
import { exponentialIncrements, STRIDE, TABLE_MASK } from './increments.js'

export class Hold {
  private readonly increments = exponentialIncrements()
  private readonly pool = new EventPool()
  private readonly queue: EventQueue
  private sequence = 0

  constructor(queueName: EventQueueName, size: number) {
    this.queue = createEventQueue(queueName, this.pool)
    for (let i = 0; i < size; i++) this.push(0)
  }

  run(events: number): void {
    for (let i = 0; i < events; i++) {
      const slot = this.queue.pop()
      const now = this.pool.time[slot]
      this.pool.release(slot)
      this.push(now)
    }
  }

  private push(now: Nanos): void {
    const increment = this.increments[Math.imul(this.sequence, STRIDE) & TABLE_MASK]
    this.queue.push(this.pool.acquire(now + increment, this.sequence++, 0, 0, 0, 0, null))
  }
}
