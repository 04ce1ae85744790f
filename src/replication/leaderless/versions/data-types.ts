/**
 * Riak's data types (riak_dt, riak_kv_crdt; reference: systems.md, sections 3 and 9.1): counters and sets are CRDTs, kept as the values of an
 * ordinary key, under its clock. The coordinator does the operation on what its own copy holds, as a writer of its own, and puts the state that
 * comes of it in place of what it held; states that stand side by side join. So nothing that was acknowledged is lost, whatever
 * meets whatever in any order.
 *
 * Increments and adds are blind. A remove reads first, as a client of Riak does for the context of a remove, and takes out what that read found of the
 * element: an add that it has not found wins. An increment that is tried again by another coordinator counts twice, as there. Left out:
 * maps, flags and registers of riak_dt; registers here are Riak's ordinary objects.
 */
import type { WriterId } from '../../../core/ids.js'
import { type OperationKind, REMOVE } from '../../../history/operation-kinds.js'
import type { Value } from '../../../history/values.js'
import { type CrdtState, deltaOf, mergeStates, valueOfState } from '../../crdt/state.js'
import type { Request } from '../../replica.js'
import type { Timestamps } from '../../timestamps.js'
import type { Sibling } from './sibling.js'

/** Whether the operation, on a data type, builds on what a read has found. */
export function readsDataType(kind: OperationKind): boolean {
  return kind === REMOVE
}

/** What the coordinator holds after the request, where it held `held` and the request's read, if it has one, has found `found`. */
export function stateAfter(
  request: Request,
  held: CrdtState | undefined,
  found: CrdtState | undefined,
  identity: WriterId,
  timestamps: Timestamps,
): CrdtState {
  const known = readsDataType(request.kind) ? found : held
  return mergeStates(held, deltaOf(known, request, { identity, registers: 'lww', timestamps }))
}

/** The join of what stands side by side; undefined of nothing, and of registers. */
export function joined(siblings: readonly Sibling[]): CrdtState | undefined {
  let all: CrdtState | undefined
  for (const { state } of siblings) if (state !== undefined) all = mergeStates(all, state)
  return all
}

export function valueOfJoined(siblings: readonly Sibling[]): Value {
  return valueOfState(joined(siblings) as CrdtState)
}
