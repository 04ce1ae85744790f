/**
 * Observed-remove set without tombstones (ORSWOT; Bieniusa et al. 2012, "An optimized conflict-free replicated set"), with deltas
 * (Almeida, Shoker, Baquero 2018). Every add has a dot of its own. When an element stands in one state and not in the other, was
 * it added here and not yet seen there, or removed there? The causal context tells: a dot that the other has seen and does not
 * hold was removed. So an add wins over a concurrent remove, which takes out only the dots that it had observed.
 *
 * A delta is a small state: an add's holds its dot, and has seen those it replaces; a remove's holds nothing and has
 * seen what it takes out, which also works where the remove overtakes the add. States are immutable.
 *
 * Invariant: entries are ascending by (element, dot), and the context has seen all their dots.
 */
import type { NodeId, OperationId } from '../../core/ids.js'
import type { CausalContext, Dot } from './causal-context.js'
import { contextOf, EMPTY_CONTEXT, hasSeen, joinContexts, nextDot } from './causal-context.js'

export interface Orswot {
  /** Entry i is the element `elements[i]` under the dot `dots[i]`. */
  readonly elements: readonly OperationId[]
  readonly dots: readonly Dot[]
  readonly context: CausalContext
}

export const EMPTY_SET: Orswot = { elements: [], dots: [], context: EMPTY_CONTEXT }

/** The delta of adding `element` at `replica`, whose state is `set`. */
export function addToSet(set: Orswot, replica: NodeId, element: OperationId): Orswot {
  const dot = nextDot(set.context, replica)
  return { elements: [element], dots: [dot], context: contextOf([dot, ...dotsOf(set, element)]) }
}

/** The delta of removing `element` where the state is `set`; nothing if it is not there. */
export function removeFromSet(set: Orswot, element: OperationId): Orswot {
  return { elements: [], dots: [], context: contextOf(dotsOf(set, element)) }
}

/** The least upper bound: what both hold, and what one holds and the other has not seen. */
export function mergeSets(left: Orswot, right: Orswot): Orswot {
  const elements: OperationId[] = []
  const dots: Dot[] = []
  let l = 0
  let r = 0
  while (l < left.dots.length || r < right.dots.length) {
    const side = compareEntries(left, l, right, r)
    const from = side <= 0 ? left : right
    const i = side <= 0 ? l : r
    const dot = from.dots[i] as Dot
    if (side === 0 || !hasSeen(side < 0 ? right.context : left.context, dot)) {
      elements.push(from.elements[i] as OperationId)
      dots.push(dot)
    }
    if (side <= 0) l++
    if (side >= 0) r++
  }
  return { elements, dots, context: joinContexts(left.context, right.context) }
}

/** The elements in the set, ascending, each once. */
export function elementsOf(set: Orswot): readonly OperationId[] {
  return set.elements.filter((element, i) => i === 0 || element !== set.elements[i - 1])
}

function dotsOf(set: Orswot, element: OperationId): readonly Dot[] {
  return set.dots.filter((_, i) => set.elements[i] === element)
}

/** Negative if the next entry in ascending order is left's, positive if it is right's, 0 if both have it. */
function compareEntries(left: Orswot, l: number, right: Orswot, r: number): number {
  if (r === right.dots.length) return -1
  if (l === left.dots.length) return 1
  const byElement = (left.elements[l] as OperationId) - (right.elements[r] as OperationId)
  return byElement !== 0 ? byElement : (left.dots[l] as Dot) - (right.dots[r] as Dot)
}
