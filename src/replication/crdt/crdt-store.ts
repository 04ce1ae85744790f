/**
 * A copy whose keys are CRDTs: what a write leaves for the others is a delta, and merging deltas in any order gives the same
 * state. LWW-registers have a total order of versions, their stamps. The others do not: a write is
 * named by its place in its leader's log, and a read by how much of each leader's log it has seen.
 */
import type { Key, NodeId, OperationId } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import type { ObjectColumn } from '../disk.js'
import type { LogEntry } from '../log-shipping/messages.js'
import type { FrontierOf, MultiLeaderStore } from '../multi-leader/multi-leader-replica.js'
import { Timestamps } from '../multi-leader/timestamps.js'
import type { Message, ReplicaContext, Request } from '../replica.js'
import { Outcome } from '../replica.js'
import type { CrdtState, RegisterKind, Writer } from './state.js'
import { deltaBytes, deltaOf, mergeStates, valueOfState } from './state.js'

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
    this.bytes = deltaBytes(delta, request.valueBytes)
  }
}

export class CrdtStore implements MultiLeaderStore<CrdtEntry> {
  private readonly states: ObjectColumn<CrdtState>
  private readonly timestamps: Timestamps
  private readonly writer: Writer

  constructor(context: ReplicaContext<Message>, registers: RegisterKind) {
    this.states = context.disk.objects<CrdtState>('states')
    this.timestamps = new Timestamps(context, 'hybrid-logical')
    this.writer = { identity: context.identity, registers, timestamps: this.timestamps }
  }

  write(request: Request): CrdtEntry {
    const held = this.states.get(request.key)
    const entry = new CrdtEntry(request, deltaOf(held, request, this.writer))
    this.merge(entry)
    return entry
  }

  merge(entry: CrdtEntry): void {
    if (entry.delta.type === 'register') this.timestamps.observe(entry.delta.register.order)
    this.states.set(entry.key, mergeStates(this.states.get(entry.key), entry.delta))
  }

  writeOutcome(entry: CrdtEntry, position: number, leader: NodeId): Outcome {
    if (entry.delta.type !== 'register') return new Outcome(entry.operation, position, leader)
    return new Outcome(entry.operation, entry.delta.register.order, entry.delta.register.tie)
  }

  readOutcome(key: Key, frontierOf: FrontierOf): Outcome {
    const state = this.states.get(key)
    if (state === undefined) return new Outcome(INITIAL, Number.NEGATIVE_INFINITY, -1)
    if (state.type === 'register') return new Outcome(state.register.value, state.register.order, state.register.tie)
    return new Outcome(valueOfState(state), Number.NaN, -1, frontierOf(key))
  }

  valueOf(key: Key): Value {
    const state = this.states.get(key)
    return state === undefined ? INITIAL : valueOfState(state)
  }
}
