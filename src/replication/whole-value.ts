/**
 * Operations on a value that is stored and replicated whole: what a leader does to the value that it holds before it writes the
 * result. A key that was never written counts as the empty value of the operation's type. Removing an element that is not there
 * changes nothing and is still a write.
 */
import { assert } from '../core/assert.js'
import type { OperationId } from '../core/ids.js'
import { ADD, INCREMENT, REMOVE } from '../history/operation-kinds.js'
import type { Value } from '../history/values.js'
import { COUNT_BYTES, ELEMENT_BYTES } from './message-bytes.js'
import type { Request } from './replica.js'

/** The value of the request's key after the request, where it was `current`. */
export function writtenValue(current: Value, request: Request): Value {
  switch (request.kind) {
    case INCREMENT:
      return { count: countOf(current) + 1 }
    case ADD:
      return { elements: withElement(elementsOf(current), request.operation) }
    case REMOVE:
      return { elements: elementsOf(current).filter((element) => element !== request.element) }
    default:
      return request.operation
  }
}

/** What a value weighs in a message; a register's size is that of the value written. */
export function valueBytesOf(value: Value, registerBytes: number): number {
  if (typeof value === 'number') return registerBytes
  if ('ids' in value) return value.ids.length * registerBytes
  return 'count' in value ? COUNT_BYTES : value.elements.length * ELEMENT_BYTES
}

function countOf(value: Value): number {
  if (typeof value === 'number') return 0
  assert('count' in value, 'an increment finds a counter.')
  return value.count
}

function elementsOf(value: Value): readonly OperationId[] {
  if (typeof value === 'number') return []
  assert('elements' in value, 'an add or remove finds a set.')
  return value.elements
}

/** Ascending order is kept; ids mostly arrive in that order, so the place is sought from the end. */
function withElement(elements: readonly OperationId[], added: OperationId): readonly OperationId[] {
  let place = elements.length
  while (place > 0 && (elements[place - 1] as OperationId) > added) place--
  if (place > 0 && elements[place - 1] === added) return elements
  return [...elements.slice(0, place), added, ...elements.slice(place)]
}
