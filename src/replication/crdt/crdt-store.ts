/**
 * A copy whose keys are CRDTs: what a write leaves for the others is a delta, and merging deltas in any order gives the same
 * state. LWW-registers have a total order of versions, their stamps. The others do not: a write is named by its place in its
 * writer's log, and a read by how much of each writer's log it has seen.
 */
import type { Key, OperationId, WriterId } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import type { NumberColumn, ObjectColumn } from '../disk.js'
import type { LogEntry } from '../log-shipping/messages.js'
import type { Frontier } from '../multi-leader/coverage.js'
import type { MultiLeaderStore } from '../multi-leader/multi-leader-replica.js'
import type { Message, ReplicaContext, Request } from '../replica.js'
import { Outcome } from '../replica.js'
import { Timestamps } from '../timestamps.js'
import type { CrdtState, RegisterKind, Writer } from './state.js'
import { deltaOf, mergeStates, stateBytes, valueOfState } from './state.js'

export class CrdtEntry implements LogEntry {
  readonly key: Key
  readonly operation: OperationId
  readonly attempt: number
  readonly valueBytes: number
  readonly bytes: number

  constructor(
    request: Request,
    readonly delta: CrdtState,
  ) {
    this.key = request.key
    this.operation = request.operation
    this.attempt = request.attempt
    this.valueBytes = request.valueBytes
    this.bytes = stateBytes(delta, request.valueBytes)
  }
}

/** The state of one key, as a snapshot carries it. */
export interface CrdtCopy {
  readonly key: Key
  readonly state: CrdtState
  readonly valueBytes: number
}

export class CrdtStore implements MultiLeaderStore<CrdtEntry, CrdtCopy> {
  private readonly states: ObjectColumn<CrdtState>
  /** What a value of the key weighs, as it was last written. */
  private readonly valueBytes: NumberColumn
  private readonly timestamps: Timestamps
  private readonly writer: Writer

  constructor(context: ReplicaContext<Message>, registers: RegisterKind) {
    this.states = context.disk.objects<CrdtState>('states')
    this.valueBytes = context.disk.numbers('value bytes', 0)
    this.timestamps = new Timestamps(context)
    this.writer = { identity: context.identity, registers, timestamps: this.timestamps }
  }

  write(request: Request): CrdtEntry {
    const held = this.states.get(request.key)
    const entry = new CrdtEntry(request, deltaOf(held, request, this.writer))
    this.merge(entry)
    return entry
  }

  merge({ key, delta, valueBytes }: CrdtEntry): void {
    this.mergeState(key, delta, valueBytes)
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

  copies(contains: (key: Key) => boolean): { readonly copies: readonly CrdtCopy[]; readonly bytes: number } {
    const copies: CrdtCopy[] = []
    let bytes = 0
    for (let key = 0; key < this.states.length; key++) {
      const state = this.states.get(key)
      if (state === undefined || !contains(key)) continue
      const valueBytes = this.valueBytes.get(key)
      copies.push({ key, state, valueBytes })
      bytes += stateBytes(state, valueBytes)
    }
    return { copies, bytes }
  }

  mergeCopy({ key, state, valueBytes }: CrdtCopy): void {
    this.mergeState(key, state, valueBytes)
  }

  private mergeState(key: Key, state: CrdtState, valueBytes: number): void {
    if (state.type === 'register') this.timestamps.observe(state.register.order)
    this.states.set(key, mergeStates(this.states.get(key), state))
    this.valueBytes.set(key, valueBytes)
  }
}
