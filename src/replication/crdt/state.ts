/**
 * The CRDT of a key: which one is the key's type, known from the first write that is seen. Each operation turns the state held into
 * a delta, which merges, here and elsewhere, like any other state. A register is of the kind that the strategy was asked for.
 */
import { assert, unreachable } from '../../core/assert.js'
import type { OperationId, WriterId } from '../../core/ids.js'
import { ADD, INCREMENT, REMOVE } from '../../history/operation-kinds.js'
import type { Value } from '../../history/values.js'
import { COUNT_BYTES, ELEMENT_BYTES } from '../message-bytes.js'
import type { Request } from '../replica.js'
import type { Timestamps } from '../timestamps.js'
import { contextSize } from './causal-context.js'
import type { DotStore } from './dot-store.js'
import { EMPTY_STORE, idsOf, mergeStores } from './dot-store.js'
import type { Stamped } from './lww-register.js'
import { mergeRegisters } from './lww-register.js'
import { writeToRegister } from './mv-register.js'
import { addToSet, removeFromSet } from './orswot.js'
import type { PnCounter } from './pn-counter.js'
import { addToCounter, countOf, EMPTY_COUNTER, mergeCounters } from './pn-counter.js'

export type CrdtState =
  | { readonly type: 'register'; readonly register: Register }
  | { readonly type: 'siblings'; readonly siblings: DotStore }
  | { readonly type: 'counter'; readonly counter: PnCounter }
  | { readonly type: 'set'; readonly set: DotStore }

interface Register extends Stamped {
  readonly value: OperationId
}

/** What becomes of concurrent writes of a register: the last one wins, or all are kept as siblings. */
export type RegisterKind = 'lww' | 'mv'

/** Who does the writes of a replica. */
export interface Writer {
  /** Of its dots, tallies and stamps. */
  readonly identity: WriterId
  readonly registers: RegisterKind
  readonly timestamps: Timestamps
}

/** The delta of a request where the state is `held`; the write of an LWW-register takes the next timestamp. */
export function deltaOf(held: CrdtState | undefined, request: Request, writer: Writer): CrdtState {
  const { identity, registers, timestamps } = writer
  switch (request.kind) {
    case INCREMENT:
      return { type: 'counter', counter: addToCounter(counterIn(held), identity, 1) }
    case ADD:
      return { type: 'set', set: addToSet(setIn(held), identity, request.operation) }
    case REMOVE:
      return { type: 'set', set: removeFromSet(setIn(held), request.element) }
    default:
      if (registers === 'mv') {
        return { type: 'siblings', siblings: writeToRegister(siblingsIn(held), identity, request.operation) }
      }
      return { type: 'register', register: { value: request.operation, order: timestamps.next(), tie: identity } }
  }
}

export function mergeStates(held: CrdtState | undefined, delta: CrdtState): CrdtState {
  if (held === undefined) return delta
  switch (delta.type) {
    case 'register':
      assert(held.type === 'register', 'a key keeps its type.')
      return { type: 'register', register: mergeRegisters(held.register, delta.register) }
    case 'siblings':
      return { type: 'siblings', siblings: mergeStores(siblingsIn(held), delta.siblings) }
    case 'counter':
      return { type: 'counter', counter: mergeCounters(counterIn(held), delta.counter) }
    case 'set':
      return { type: 'set', set: mergeStores(setIn(held), delta.set) }
    default:
      return unreachable(delta)
  }
}

export function valueOfState(state: CrdtState): Value {
  switch (state.type) {
    case 'register':
      return state.register.value
    case 'siblings':
      return { ids: idsOf(state.siblings) }
    case 'counter':
      return { count: countOf(state.counter) }
    case 'set':
      return { elements: idsOf(state.set) }
    default:
      return unreachable(state)
  }
}

/** What a state, or a delta, weighs in a message beside its header; a value of a register weighs `registerBytes`. */
export function stateBytes(delta: CrdtState, registerBytes: number): number {
  switch (delta.type) {
    case 'register':
      return registerBytes
    case 'siblings':
      return delta.siblings.ids.length * registerBytes + dotBytes(delta.siblings)
    case 'counter':
      return 2 * COUNT_BYTES * delta.counter.size
    case 'set':
      return delta.set.ids.length * ELEMENT_BYTES + dotBytes(delta.set)
    default:
      return unreachable(delta)
  }
}

/** Of the dots and the context alone. */
function dotBytes({ dots, context }: DotStore): number {
  return ELEMENT_BYTES * (dots.length + contextSize(context))
}

function siblingsIn(held: CrdtState | undefined): DotStore {
  if (held === undefined) return EMPTY_STORE
  assert(held.type === 'siblings', 'a key keeps its type.')
  return held.siblings
}

function counterIn(held: CrdtState | undefined): PnCounter {
  if (held === undefined) return EMPTY_COUNTER
  assert(held.type === 'counter', 'a key keeps its type.')
  return held.counter
}

function setIn(held: CrdtState | undefined): DotStore {
  if (held === undefined) return EMPTY_STORE
  assert(held.type === 'set', 'a key keeps its type.')
  return held.set
}
