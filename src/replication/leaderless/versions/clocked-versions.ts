/**
 * Versions that carry clocks, as a leaderless store reconciles, makes and answers with them (DeCandia et al. 2007, section 4.4; Riak's
 * put rule, riak_object:update). A node makes a version of what its own copy holds and what the client knew: so a write replaces what
 * its client had seen, and stands beside everything else.
 *
 * Stamps are hybrid logical, later than all that the write builds on or joins: where the last of concurrent values is to win, the
 * order of stamps never contradicts that of clocks. Riak and Dynamo go by their wall clocks there.
 */
import { assert } from '../../../core/assert.js'
import type { NodeId, OperationId, WriterId } from '../../../core/ids.js'
import { INITIAL } from '../../../core/ids.js'
import { DELETE, isMerge, type OperationKind } from '../../../history/operation-kinds.js'
import { valueOfState } from '../../crdt/state.js'
import type { Message, ReplicaContext, Request } from '../../replica.js'
import { Outcome } from '../../replica.js'
import { Timestamps } from '../../timestamps.js'
import { writtenValue } from '../../whole-value.js'
import type { Held } from '../held.js'
import { valueIn } from '../held.js'
import type { Versioned, VersionMaker, Versions } from '../versioned.js'
import { type ClockContext, NO_KNOWLEDGE } from './clock-context.js'
import { ClockedValue } from './clocked-value.js'
import { readsDataType, stateAfter } from './data-types.js'
import { DottedValue } from './dotted-value.js'
import { mergeOf } from './merges.js'
import type { VersionOptions } from './options.js'
import { latestOf, type Sibling } from './sibling.js'
import { VectorValue } from './vector-value.js'
import { latestStamp } from './version-vector.js'

/** Whether versions carry clocks. */
export function haveClocks({ versions }: VersionOptions): boolean {
  return versions === 'vectors' || versions === 'dotted'
}

/** Whether concurrent values stay side by side, so that versions are ordered only in part. */
export function keepsSiblings(options: VersionOptions): boolean {
  return haveClocks(options) && options.merge !== 'last-write'
}

class ClockedVersions implements Versions {
  /** With the last write to win, versions are ordered by their stamps. */
  constructor(private readonly isTotal: boolean) {}

  reconcile(left: Versioned, right: Versioned): Versioned {
    const ours = clockedIn(left.held)
    const theirs = clockedIn(right.held)
    if (theirs === null) return left
    if (ours === null) return right
    const both = ours.reconciledWith(theirs)
    if (both === ours) return left
    return both === theirs ? right : versionOf(both)
  }

  isSame(left: Versioned, right: Versioned): boolean {
    return this.reconcile(left, right) === left && this.reconcile(right, left) === right
  }

  readOutcome({ held }: Versioned, next?: NodeId): Outcome {
    const found = clockedIn(held)
    const known = found === null ? NO_KNOWLEDGE : found.context
    const context = next === undefined ? known : known.preferring(next)
    if (found === null) return new Outcome(valueIn(held), Number.NEGATIVE_INFINITY, -1, null, context)
    const { value, siblings } = found
    const values = siblings.map((sibling) => sibling.value)
    if (!this.isTotal) return new Outcome(value, Number.NaN, -1, context.frontier, context, values)
    const { stamp, coordinator } = latestOf(siblings)
    return new Outcome(value, stamp, coordinator, null, context, values)
  }

  writeOutcome(operation: OperationId, { held }: Versioned): Outcome {
    const { siblings, context } = held as ClockedValue
    const written = siblings.find(({ writer }) => writer === operation)
    assert(written !== undefined, 'a version holds what it was made for.')
    const seen = this.isTotal ? null : written.seen
    return new Outcome(operation, written.stamp, written.coordinator, seen, context)
  }

  fingerprint({ held }: Versioned): number {
    return clockedIn(held)?.fingerprint() ?? 0
  }
}

/** What a write puts down, beside the event that it is. */
type Content = Pick<Sibling, 'value' | 'state' | 'isTombstone' | 'base'>

class ClockedMaker implements VersionMaker {
  readonly needsCopy = true
  private readonly timestamps: Timestamps

  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly empty: ClockedValue,
    private readonly hasDataTypes: boolean,
  ) {
    this.timestamps = new Timestamps(context)
  }

  readsFirst(kind: OperationKind): boolean {
    return !this.hasDataTypes || readsDataType(kind)
  }

  make(
    request: Request,
    found: Versioned | null,
    local: Versioned | null,
    writer: WriterId = this.context.identity,
  ): Versioned {
    assert(local !== null, 'versions with clocks are made where a copy is.')
    const held = clockedIn(local.held) ?? this.empty
    if (this.hasDataTypes && isMerge(request.kind)) return this.makeDataType(request, found, held, writer)
    const known = found === null ? (request.context as ClockContext | null) : (clockedIn(found.held)?.context ?? null)
    const context = known ?? NO_KNOWLEDGE
    this.timestamps.observe(Math.max(latestStamp(held.past), latestStamp(context.past)))
    const current = found === null ? INITIAL : valueIn(found.held)
    const base = typeof current !== 'number' && 'count' in current ? current.count : 0
    const content = { value: writtenValue(current, request), isTombstone: request.kind === DELETE, base }
    return versionOf(held.after(context, this.sibling(request, context, content, writer)))
  }

  /** It takes the place of all that the copy holds, as it is made of that. */
  private makeDataType(
    request: Request,
    found: Versioned | null,
    held: ClockedValue,
    coordinator: WriterId,
  ): Versioned {
    const { timestamps } = this
    timestamps.observe(latestStamp(held.past))
    const foundState = found === null ? undefined : clockedIn(found.held)?.state
    const state = stateAfter(request, held.state, foundState, coordinator, timestamps)
    const content = { value: valueOfState(state), state, isTombstone: false, base: 0 }
    return versionOf(held.after(held.context, this.sibling(request, held.context, content, coordinator)))
  }

  private sibling({ operation }: Request, context: ClockContext, content: Content, coordinator: WriterId): Sibling {
    return {
      ...content,
      writer: operation,
      stamp: this.timestamps.next(),
      coordinator,
      seen: context.frontier,
    }
  }
}

/** How versions are reconciled under these options, which have clocks. */
export function clockedVersions(options: VersionOptions): Versions {
  return new ClockedVersions(!keepsSiblings(options))
}

/** What makes them on one node. */
export function clockedMaker(context: ReplicaContext<Message>, options: VersionOptions): VersionMaker {
  const merge = mergeOf(options.merge)
  const rules = { merge, prune: options.prune, keepsOne: !keepsSiblings(options) }
  const empty = options.versions === 'dotted' ? DottedValue.empty(merge) : VectorValue.empty(rules)
  return new ClockedMaker(context, empty, options.merge === 'data-types')
}

function versionOf(held: ClockedValue): Versioned {
  return { held, order: Number.NaN, tie: -1 }
}

function clockedIn(held: Held): ClockedValue | null {
  return held instanceof ClockedValue ? held : null
}
