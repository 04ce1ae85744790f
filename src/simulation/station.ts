/**
 * A node's service queue: `concurrency` servers and one FIFO queue with a bound (Kendall's G/G/c/K). It knows who is served and who
 * waits, and integrates the number in the system and the busy servers over time by itself, so that Little's law is
 * a test of the simulator and not an identity. It does not know how long a service takes: its owner does.
 */
import { assert } from '../core/assert.js'
import type { Nanos, ProcessId } from '../core/ids.js'
import { ceilPowerOfTwo } from '../core/mathematics.js'
import type { Message } from '../replication/replica.js'

export type Admission = 'serve' | 'wait' | 'refuse'

/** Time integrals since the start of the cell. */
export interface StationIntegrals {
  /** Number waiting or being served, times nanoseconds. */
  readonly inSystem: number
  /** Busy servers, times nanoseconds. */
  readonly busy: number
  readonly completions: number
}

export class Station {
  busy = 0
  waiting = 0
  private senders = new Int32Array(64)
  private messages: (Message | null)[] = new Array(64).fill(null)
  private head = 0
  private inSystemArea = 0
  private busyArea = 0
  private completions = 0
  private lastChange: Nanos = 0

  constructor(
    readonly concurrency: number,
    private readonly queueLimit: number,
  ) {}

  /** Work arrives: it is to be served at once, waits, or is refused. */
  arrive(now: Nanos, from: ProcessId, message: Message): Admission {
    if (this.busy < this.concurrency) {
      this.integrate(now)
      this.busy++
      return 'serve'
    }
    if (this.waiting >= this.queueLimit) return 'refuse'
    this.integrate(now)
    this.enqueue(from, message)
    return 'wait'
  }

  /** A service ends; true if the longest waiting work, then in `nextFrom` and `nextMessage`, takes its place. */
  depart(now: Nanos): boolean {
    assert(this.busy > 0, 'a service that ends was going on.')
    this.integrate(now)
    this.completions++
    if (this.waiting === 0) {
      this.busy--
      return false
    }
    this.nextFrom = this.senders[this.head] as number
    this.nextMessage = this.messages[this.head] as Message
    this.messages[this.head] = null
    this.head = (this.head + 1) & (this.messages.length - 1)
    this.waiting--
    return true
  }
  nextFrom: ProcessId = -1
  nextMessage: Message | null = null

  /** The node crashed: all work is gone. */
  clear(now: Nanos): void {
    this.integrate(now)
    this.messages.fill(null)
    this.head = 0
    this.waiting = 0
    this.busy = 0
  }

  integrals(now: Nanos): StationIntegrals {
    this.integrate(now)
    return { inSystem: this.inSystemArea, busy: this.busyArea, completions: this.completions }
  }

  private integrate(now: Nanos): void {
    const elapsed = now - this.lastChange
    this.inSystemArea += elapsed * (this.busy + this.waiting)
    this.busyArea += elapsed * this.busy
    this.lastChange = now
  }

  private enqueue(from: ProcessId, message: Message): void {
    if (this.waiting === this.messages.length) this.grow()
    const tail = (this.head + this.waiting) & (this.messages.length - 1)
    this.senders[tail] = from
    this.messages[tail] = message
    this.waiting++
  }

  private grow(): void {
    const size = ceilPowerOfTwo(2 * this.messages.length)
    const senders = new Int32Array(size)
    const messages: (Message | null)[] = new Array(size).fill(null)
    for (let i = 0; i < this.waiting; i++) {
      const position = (this.head + i) & (this.messages.length - 1)
      senders[i] = this.senders[position] as number
      messages[i] = this.messages[position] as Message
    }
    this.senders = senders
    this.messages = messages
    this.head = 0
  }
}
