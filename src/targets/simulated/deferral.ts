/**
 * What a paused process has missed, in order: messages that arrived, ends of services, timers. It is done when the process goes on, as far as it
 * is still wanted: a timer that something earlier cancels does not fire any more, though its time had come.
 */
import type { ProcessId } from '../../core/ids.js'
import type { Message, Timer } from '../../replication/replica.js'

/** An event of the node, or with kind `ARRIVAL` a message from process `a`. */
interface Deferred {
  readonly kind: number
  readonly a: number
  readonly b: number
  readonly payload: unknown
  /** 0 for what is no timer, and for one that was cancelled after all. */
  timer: Timer
  readonly isTimer: boolean
}

/** Who does what was missed. */
export interface Resumed {
  receive(from: ProcessId, message: Message): boolean
  onEvent(kind: number, a: number, b: number, payload: unknown): void
}

const ARRIVAL = -1

export class Deferral {
  private readonly missed: Deferred[] = []

  get count(): number {
    return this.missed.length
  }

  arrival(from: ProcessId, message: Message): void {
    this.missed.push({ kind: ARRIVAL, a: from, b: 0, payload: message, timer: 0, isTimer: false })
  }

  /** `timer` is 0 for an event that is no timer. */
  event(kind: number, a: number, b: number, payload: unknown, timer: Timer): void {
    this.missed.push({ kind, a, b, payload, timer, isTimer: timer !== 0 })
  }

  cancel(timer: Timer): void {
    for (const one of this.missed) if (one.timer === timer) one.timer = 0
  }

  doAll(resumed: Resumed): void {
    for (const { kind, a, b, payload, timer, isTimer } of this.missed) {
      if (kind === ARRIVAL) resumed.receive(a, payload as Message)
      else if (!isTimer || timer !== 0) resumed.onEvent(kind, a, b, payload)
    }
  }
}
