/**
 * What a node keeps for one other, and how far it is in handing it back. Hints go in order, one at first, and the rest once that has been acknowledged,
 * so that a node which only seems to be up is not sent a backlog in vain; at most 512 KiB are under way at once, the size of
 * a page of Cassandra's (HintsReader.java), of which it too sends no further one before all of the last are acknowledged.
 */
import type { Nanos, NodeId } from '../../../core/ids.js'
import type { Hint } from './hint-store.js'

const PAGE_BYTES = 524_288

export class Backlog {
  /** By sequence, the oldest first. */
  private readonly hints = new Map<number, Hint>()
  /** What this round hands back. */
  private round: readonly Hint[] = []
  /** Of the round, those that were sent. */
  private sent = 0
  private bytesUnderWay = 0
  private readonly underWay = new Set<number>()
  private wasAnswered = false
  /** Whether anything was sent or acknowledged since this was set to false. */
  isActive = false

  constructor(readonly target: NodeId) {}

  get isEmpty(): boolean {
    return this.hints.size === 0
  }

  /** Whether something that was sent has not been acknowledged. */
  get isWaiting(): boolean {
    return this.underWay.size > 0
  }

  /** Whether a round goes on. */
  get isHandedBack(): boolean {
    return this.isWaiting || this.sent < this.round.length
  }

  /** When the oldest hint was kept, by this node's clock; undefined of none. */
  get since(): Nanos | undefined {
    return this.hints.values().next().value?.since
  }

  add(hint: Hint): void {
    this.hints.set(hint.sequence, hint)
  }

  begin(): void {
    this.end()
    this.round = [...this.hints.values()]
  }

  end(): void {
    this.round = []
    this.sent = 0
    this.bytesUnderWay = 0
    this.underWay.clear()
    this.wasAnswered = false
  }

  /** The next hint to send, which is then under way; null while there is none. */
  take(): Hint | null {
    if (this.isWaiting && (!this.wasAnswered || this.bytesUnderWay >= PAGE_BYTES)) return null
    while (this.sent < this.round.length) {
      const hint = this.round[this.sent++] as Hint
      // One that was sent in an earlier round may have been acknowledged since.
      if (!this.hints.has(hint.sequence)) continue
      this.underWay.add(hint.sequence)
      this.bytesUnderWay += hint.write.bytes
      this.isActive = true
      return hint
    }
    return null
  }

  /** The hint was acknowledged and is not kept any more; `undefined` if it is not known. */
  acknowledge(sequence: number): Hint | undefined {
    const hint = this.hints.get(sequence)
    if (hint === undefined) return undefined
    this.hints.delete(sequence)
    if (this.underWay.delete(sequence)) this.bytesUnderWay -= hint.write.bytes
    this.wasAnswered = true
    this.isActive = true
    return hint
  }
}
