/**
 * A 64-bit hash of what a cell did: history columns, final values and message counters, and not the stream of events, which an
 * optimisation may change. Equal digests mean equal results; it is two murmur3-style lanes and no cryptography.
 */
import { mix32 } from '../../core/random.js'
import type { History } from '../../history/history.js'
import type { FinalValues } from '../../history/probes.js'
import type { NetworkCounters } from '../../simulation/network.js'

export function digestOf(history: History, finals: FinalValues, counters: NetworkCounters): string {
  const hash = new Digest()
  const { count } = history
  for (const column of [history.intended, history.completed, history.order, history.settled]) {
    hash.words(new Uint32Array(column.buffer, 0, 2 * count))
  }
  for (const column of [history.key, history.client, history.observed, history.base]) hash.words(column, count)
  for (const column of [history.node, history.tie]) hash.words(column, count)
  for (const column of [history.kind, history.outcome, history.attempts, history.copies]) hash.words(column, count)
  hash.words(history.lists)
  for (const key of finals.writtenKeys) hash.text(`${key}${JSON.stringify(finals.values(key))}`)
  hash.text(JSON.stringify(counters))
  return hash.toString()
}

class Digest {
  private a = 0x2f0b4479
  private b = 0x6a09e667

  words(values: ArrayLike<number>, length = values.length): void {
    for (let i = 0; i < length; i++) this.word(values[i] as number)
  }

  text(text: string): void {
    for (let i = 0; i < text.length; i++) this.word(text.charCodeAt(i))
  }

  toString(): string {
    return [mix32(this.a ^ this.b), mix32(this.b)].map((lane) => lane.toString(16).padStart(8, '0')).join('')
  }

  private word(value: number): void {
    this.a = Math.imul(this.a ^ value, 0xcc9e2d51)
    this.a ^= this.a >>> 15
    this.b = Math.imul((this.b + value) | 0, 0x85ebca6b)
    this.b ^= this.b >>> 13
  }
}
