/**
 * A copy whose keys are CRDTs: what a write leaves for the others is a delta, and merging deltas in any order gives the same
 * state. Registers have a total order of versions, their stamps. Counters and sets do not: a write is
 * named by its place in its leader's log, and a read by how much of each leader's log it has seen.
 */
import type { Key, OperationId, WriterId } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import type { ObjectColumn } from '../disk.js'
import type { LogEntry } from '../log-shipping/messages.js'
import type { Frontier } from '../multi-leader/coverage.js'
import type { MultiLeaderStore } from '../multi-leader/multi-leader-replica.js'
import { Timestamps } from '../multi-leader/timestamps.js'
import type { Message, ReplicaContext, Request } from '../replica.js'
import { Outcome } from '../replica.js'
import type { CrdtState } from './state.js'
import { deltaOf, mergeStates, stateBytes, valueOfState } from './state.js'

export class CrdtEntry implements LogEntry {
  readonly key: Key
  readonly operation: OperationId
  readonly attempt: number
  readonly bytes: number

  constructor(
    request: Request,
    readonly delta: CrdtState,
  ) {
    this.key = request.key
    this.operation = request.operation
    this.attempt = request.attempt
    this.bytes = stateBytes(delta)
  }
}

/** The state of one key, as a snapshot carries it. */
export interface CrdtCopy {
  readonly key: Key
  readonly state: CrdtState
}

export class CrdtStore implements MultiLeaderStore<CrdtEntry, CrdtCopy> {
  private readonly writer: WriterId
  private readonly states: ObjectColumn<CrdtState>
  private readonly timestamps: Timestamps

  constructor(context: ReplicaContext<Message>) {
    this.writer = context.identity
    this.states = context.disk.objects<CrdtState>('states')
    this.timestamps = new Timestamps(context, 'hybrid-logical')
  }

  write(request: Request): CrdtEntry {
    const held = this.states.get(request.key)
    const entry = new CrdtEntry(request, deltaOf(held, request, this.writer, this.timestamps))
    this.merge(entry)
    return entry
  }

  merge(entry: CrdtEntry): void {
    this.mergeState(entry.key, entry.delta)
  }

  copies(contains: (key: Key) => boolean): { readonly copies: readonly CrdtCopy[]; readonly bytes: number } {
    const copies: CrdtCopy[] = []
    let bytes = 0
    for (let key = 0; key < this.states.length; key++) {
      const state = this.states.get(key)
      if (state === undefined || !contains(key)) continue
      copies.push({ key, state })
      bytes += stateBytes(state)
    }
    return { copies, bytes }
  }

  mergeCopy({ key, state }: CrdtCopy): void {
    this.mergeState(key, state)
  }

  private mergeState(key: Key, state: CrdtState): void {
    if (state.type === 'register') this.timestamps.observe(state.register.order)
    this.states.set(key, mergeStates(this.states.get(key), state))
  }

  writeOutcome(entry: CrdtEntry, sequence: number, writer: WriterId): Outcome {
    if (entry.delta.type !== 'register') return new Outcome(entry.operation, sequence, writer)
    return new Outcome(entry.operation, entry.delta.register.order, entry.delta.register.tie)
  }

  readOutcome(key: Key, frontier: () => Frontier): Outcome {
    const state = this.states.get(key)
    if (state === undefined) return new Outcome(INITIAL, Number.NEGATIVE_INFINITY, -1)
    if (state.type === 'register') return new Outcome(state.register.value, state.register.order, state.register.tie)
    return new Outcome(valueOfState(state), Number.NaN, -1, frontier())
  }

  valueOf(key: Key): Value {
    const state = this.states.get(key)
    return state === undefined ? INITIAL : valueOfState(state)
  }
}
