/**
 * Multi-value register (Shapiro et al. 2011, section 3.2.2), as a store of dots with deltas (Almeida, Shoker, Baquero 2018): a write
 * replaces the values that its replica holds, and concurrent writes are kept side by side, as siblings, until a later write
 * that has seen them replaces them. So no write is lost to one that did not know of it.
 *
 * A write that is done twice, by a client's second attempt at another replica, has two dots and is still one value.
 */
import type { OperationId, WriterId } from '../../core/ids.js'
import { contextOf, nextDot } from './causal-context.js'
import type { DotStore } from './dot-store.js'

/** The delta of writing `value` by `writer`, whose state is `register`. */
export function writeToRegister(register: DotStore, writer: WriterId, value: OperationId): DotStore {
  const dot = nextDot(register.context, writer)
  return { ids: [value], dots: [dot], context: contextOf([dot, ...register.dots]) }
}
