/**
 * What the ORSWOT and the MV-register have in common (the causal stores of Almeida, Shoker, Baquero 2018): ids under dots, and a
 * causal context of all dots that were ever in. When an id stands in one state and not in the other, was it put in here and not
 * yet seen there, or taken out there? The context tells: a dot that the other has seen and does not hold was taken out.
 *
 * A delta is a small state: putting in gives a store of one dot, which has seen those that it replaces; taking out gives an empty one, which has
 * seen what it takes out, and so also works where it overtakes what put it in. States are immutable.
 *
 * Invariant: entries are ascending by (id, dot), and the context has seen all their dots.
 */
import type { OperationId } from '../../core/ids.js'
import type { CausalContext, Dot } from './causal-context.js'
import { EMPTY_CONTEXT, hasSeen, joinContexts } from './causal-context.js'

export interface DotStore {
  /** Entry i is the id `ids[i]` under the dot `dots[i]`. */
  readonly ids: readonly OperationId[]
  readonly dots: readonly Dot[]
  readonly context: CausalContext
}

export const EMPTY_STORE: DotStore = { ids: [], dots: [], context: EMPTY_CONTEXT }

/** The least upper bound: what both hold, and what one holds and the other has not seen. */
export function mergeStores(left: DotStore, right: DotStore): DotStore {
  const ids: OperationId[] = []
  const dots: Dot[] = []
  let l = 0
  let r = 0
  while (l < left.dots.length || r < right.dots.length) {
    const side = compareEntries(left, l, right, r)
    const from = side <= 0 ? left : right
    const i = side <= 0 ? l : r
    const dot = from.dots[i] as Dot
    if (side === 0 || !hasSeen(side < 0 ? right.context : left.context, dot)) {
      ids.push(from.ids[i] as OperationId)
      dots.push(dot)
    }
    if (side <= 0) l++
    if (side >= 0) r++
  }
  return { ids, dots, context: joinContexts(left.context, right.context) }
}

/** The ids in the store, ascending, each once. */
export function idsOf(store: DotStore): readonly OperationId[] {
  return store.ids.filter((id, i) => i === 0 || id !== store.ids[i - 1])
}

/** Negative if the next entry in ascending order is left's, positive if it is right's, 0 if both have it. */
function compareEntries(left: DotStore, l: number, right: DotStore, r: number): number {
  if (r === right.dots.length) return -1
  if (l === left.dots.length) return 1
  const byId = (left.ids[l] as OperationId) - (right.ids[r] as OperationId)
  return byId !== 0 ? byId : (left.dots[l] as Dot) - (right.dots[r] as Dot)
}
