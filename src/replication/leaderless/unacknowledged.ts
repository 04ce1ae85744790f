/**
 * The writes and repairs that a replica has stored and will acknowledge once its disk has made them durable. Each waits in a slot, whose
 * number is what the disk hands back; a slot that is free again is used again, so where everything is durable at once
 * there is one slot and nothing is allocated. A crash forgets them all: what was not acknowledged may be lost.
 */
import type { ProcessId } from '../../core/ids.js'
import type { QuorumMessage } from './messages.js'

export class Unacknowledged<M = QuorumMessage> {
  private readonly senders: ProcessId[] = []
  private readonly messages: (M | null)[] = []
  private readonly free: number[] = []

  /** Returns the slot. */
  add(from: ProcessId, message: M): number {
    const slot = this.free.pop() ?? this.messages.length
    this.senders[slot] = from
    this.messages[slot] = message
    return slot
  }

  senderAt(slot: number): ProcessId {
    return this.senders[slot] as ProcessId
  }

  /** Frees the slot. */
  take(slot: number): M {
    const message = this.messages[slot] as M
    this.messages[slot] = null
    this.free.push(slot)
    return message
  }
}
