/**
 * Observed-remove set without tombstones (ORSWOT; Bieniusa et al. 2012, "An optimized conflict-free replicated set"), with deltas
 * (Almeida, Shoker, Baquero 2018): a store of dots in which every add has a dot of its own. An add wins over a concurrent
 * remove, which takes out only the dots that it had observed.
 */
import type { OperationId, WriterId } from '../../core/ids.js'
import type { Dot } from './causal-context.js'
import { contextOf, nextDot } from './causal-context.js'
import type { DotStore } from './dot-store.js'

/** The delta of adding `element` by `writer`, whose state is `set`. */
export function addToSet(set: DotStore, writer: WriterId, element: OperationId): DotStore {
  const dot = nextDot(set.context, writer)
  return { ids: [element], dots: [dot], context: contextOf([dot, ...dotsOf(set, element)]) }
}

/** The delta of removing `element` where the state is `set`; nothing if it is not there. */
export function removeFromSet(set: DotStore, element: OperationId): DotStore {
  return { ids: [], dots: [], context: contextOf(dotsOf(set, element)) }
}

function dotsOf(set: DotStore, element: OperationId): readonly Dot[] {
  return set.dots.filter((_, i) => set.ids[i] === element)
}
