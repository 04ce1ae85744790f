/**
 * Whether the reads and compare-and-sets of one key are linearizable. Every value is written by one operation and names the one that it replaced,
 * so the values make a tree, and the order in which they held is known if it is a single path from INITIAL. What is left is real time
 * (Herlihy and Wing 1990): an operation that ended before another began must not come after it on that path. What timed out
 * may have taken effect at any time since it began, or never.
 */
import { INITIAL, type OperationId } from '../../../src/core/ids.js'

export interface Call {
  readonly id: OperationId
  readonly begun: number
  /** Infinity of a write of which nobody knows whether it was done. */
  readonly ended: number
  /** Of a read what it returned, of a write its own id. */
  readonly value: OperationId
  /** Of a write what it replaced; null of a read. */
  readonly replaced: OperationId | null
}

/** What is wrong, or null. `calls` are reads that were answered, and writes that were or that timed out. */
export function faultInChain(calls: readonly Call[]): string | null {
  const writes = new Map(calls.flatMap((call) => (call.replaced === null ? [] : [[call.id, call] as const])))
  const heldBy = new Map<OperationId, OperationId>()
  const isKnown = (call: Call): boolean => call.replaced === null || call.ended !== Number.POSITIVE_INFINITY
  for (const call of calls.filter(isKnown)) {
    for (let value = call.value; value !== INITIAL; value = (writes.get(value) as Call).replaced as OperationId) {
      const write = writes.get(value)
      if (write === undefined) return `${call.id} returned ${value}, which nobody wrote`
      const other = heldBy.get(write.replaced as OperationId)
      if (other === value) break
      if (other !== undefined) return `${value} and ${other} both replaced ${write.replaced}`
      heldBy.set(write.replaced as OperationId, value)
    }
  }
  return faultInTime(calls, heldBy)
}

function faultInTime(calls: readonly Call[], next: ReadonlyMap<OperationId, OperationId>): string | null {
  const place = new Map<OperationId, number>([[INITIAL, 0]])
  for (let value = next.get(INITIAL); value !== undefined; value = next.get(value)) place.set(value, place.size)
  const placed = calls.filter(({ value }) => place.has(value))
  for (const early of placed) {
    for (const late of placed) {
      if (early.ended >= late.begun) continue
      const distance = (place.get(late.value) as number) - (place.get(early.value) as number)
      if (distance < 0 || (distance === 0 && late.replaced !== null))
        return `${late.id} began at ${late.begun}, after ${early.id} had ended, and found an older value`
    }
  }
  return null
}
