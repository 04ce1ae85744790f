/**
 * The CRDT of a key: which one is the key's type, known from the first write that is seen. Each operation turns the state held into
 * a delta, which merges, here and elsewhere, like any other state.
 */
import { assert, unreachable } from '../../core/assert.js'
import type { OperationId, WriterId } from '../../core/ids.js'
import { ADD, INCREMENT, REMOVE } from '../../history/operation-kinds.js'
import type { Value } from '../../history/values.js'
import { COUNT_BYTES, ELEMENT_BYTES } from '../message-bytes.js'
import type { Timestamps } from '../multi-leader/timestamps.js'
import type { Request } from '../replica.js'
import type { Stamped } from './lww-register.js'
import { mergeRegisters } from './lww-register.js'
import type { Orswot } from './orswot.js'
import { addToSet, EMPTY_SET, elementsOf, mergeSets, removeFromSet } from './orswot.js'
import type { PnCounter } from './pn-counter.js'
import { addToCounter, countOf, EMPTY_COUNTER, mergeCounters } from './pn-counter.js'

export type CrdtState =
  | { readonly type: 'register'; readonly register: Register }
  | { readonly type: 'counter'; readonly counter: PnCounter }
  | { readonly type: 'set'; readonly set: Orswot }

interface Register extends Stamped {
  readonly value: OperationId
  /** What the value weighs. */
  readonly bytes: number
}

/** The delta of a request at `replica`, where the state is `held`; a register's write takes the next timestamp. */
export function deltaOf(
  held: CrdtState | undefined,
  request: Request,
  replica: WriterId,
  timestamps: Timestamps,
): CrdtState {
  switch (request.kind) {
    case INCREMENT:
      return { type: 'counter', counter: addToCounter(counterIn(held), replica, 1) }
    case ADD:
      return { type: 'set', set: addToSet(setIn(held), replica, request.operation) }
    case REMOVE:
      return { type: 'set', set: removeFromSet(setIn(held), request.element) }
    default:
      return { type: 'register', register: registerOf(request, replica, timestamps) }
  }
}

function registerOf({ operation, valueBytes }: Request, replica: WriterId, timestamps: Timestamps): Register {
  return { value: operation, order: timestamps.next(), tie: replica, bytes: valueBytes }
}

export function mergeStates(held: CrdtState | undefined, delta: CrdtState): CrdtState {
  if (held === undefined) return delta
  switch (delta.type) {
    case 'register':
      assert(held.type === 'register', 'a key keeps its type.')
      return { type: 'register', register: mergeRegisters(held.register, delta.register) }
    case 'counter':
      return { type: 'counter', counter: mergeCounters(counterIn(held), delta.counter) }
    case 'set':
      return { type: 'set', set: mergeSets(setIn(held), delta.set) }
    default:
      return unreachable(delta)
  }
}

export function valueOfState(state: CrdtState): Value {
  switch (state.type) {
    case 'register':
      return state.register.value
    case 'counter':
      return { count: countOf(state.counter) }
    case 'set':
      return { elements: elementsOf(state.set) }
    default:
      return unreachable(state)
  }
}

/** What a state, or a delta, weighs in a message beside its header. */
export function stateBytes(delta: CrdtState): number {
  switch (delta.type) {
    case 'register':
      return delta.register.bytes
    case 'counter':
      return 2 * COUNT_BYTES * delta.counter.size
    case 'set': {
      const { elements, context } = delta.set
      return ELEMENT_BYTES * (2 * elements.length + context.vector.length + context.cloud.length)
    }
    default:
      return unreachable(delta)
  }
}

function counterIn(held: CrdtState | undefined): PnCounter {
  if (held === undefined) return EMPTY_COUNTER
  assert(held.type === 'counter', 'a key keeps its type.')
  return held.counter
}

function setIn(held: CrdtState | undefined): Orswot {
  if (held === undefined) return EMPTY_SET
  assert(held.type === 'set', 'a key keeps its type.')
  return held.set
}
