/**
 * What a replica stores of a key, and what a log entry carries: the whole value that one write left behind, and its place in the
 * version order. Making the two one object makes applying an entry a single assignment.
 */
import type { Key, NodeId } from '../core/ids.js'
import { INITIAL } from '../core/ids.js'
import { COMPARE_AND_SET } from '../history/operation-kinds.js'
import type { Value } from '../history/values.js'
import type { ObjectColumn } from './disk.js'
import type { LogEntry } from './log-shipping/messages.js'
import type { Refusal, Request } from './replica.js'
import { Outcome } from './replica.js'
import { valueBytesOf, writtenValue } from './whole-value.js'

export class Version implements LogEntry {
  readonly key: Key
  readonly operation: number
  readonly attempt: number
  readonly bytes: number

  constructor(
    request: Request,
    readonly value: Value,
    readonly order: number,
    readonly tie: NodeId,
  ) {
    this.key = request.key
    this.operation = request.operation
    this.attempt = request.attempt
    this.bytes = valueBytesOf(value, request.valueBytes)
  }
}

/** The version that a request makes of the one held, if any. */
export function nextVersion(held: Version | undefined, request: Request, order: number, tie: NodeId): Version {
  return new Version(request, writtenValue(valueOfVersion(held), request), order, tie)
}

/** The versions of some keys, and what their values weigh. */
export function versionsOf(
  versions: ObjectColumn<Version>,
  contains: (key: Key) => boolean,
): { readonly copies: readonly Version[]; readonly bytes: number } {
  const copies: Version[] = []
  let bytes = 0
  for (let key = 0; key < versions.length; key++) {
    const version = versions.get(key)
    if (version === undefined || !contains(key)) continue
    copies.push(version)
    bytes += version.bytes
  }
  return { copies, bytes }
}

export function valueOfVersion(held: Version | undefined): Value {
  return held === undefined ? INITIAL : held.value
}

/** Why a compare-and-set was not done. */
export const CONDITION_FAILED: Refusal = { reason: 'conflict', applied: 'no' }

/** Whether the key holds anything but what a compare-and-set expects. */
export function failsCondition({ kind, expected }: Request, held: Version | undefined): boolean {
  return kind === COMPARE_AND_SET && valueOfVersion(held) !== expected
}

/** What a read returns. */
export function readOutcome(held: Version | undefined): Outcome {
  return held === undefined
    ? new Outcome(INITIAL, Number.NEGATIVE_INFINITY, -1)
    : new Outcome(held.value, held.order, held.tie)
}

/** What a write returns: its own id stands for what it wrote. */
export function writeOutcome(written: Version): Outcome {
  return new Outcome(written.operation, written.order, written.tie)
}
