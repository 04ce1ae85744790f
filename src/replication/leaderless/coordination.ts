/** What the two halves of a coordinator, reads and writes, share: who they are, whom they may ask, and how an operation ends. */
import type { Key, NodeId, WriterId } from '../../core/ids.js'
import type { Message, Outcome, RefusalReason, ReplicaContext } from '../replica.js'
import type { FailureDetector } from './failure-detector.js'
import type { LocalCopy } from './local-copy.js'
import type { QuorumMessage } from './messages.js'
import type { Pending } from './pending.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'
import type { Versioned, VersionMaker, Versions } from './versioned.js'

/** Keeps writes for nodes that are down (hints/hinted-handoff.ts). */
export interface HintKeeper {
  /** False if the hint is dropped. */
  keep(target: NodeId, write: QuorumMessage): boolean
  /** The newest version of the key that is kept for anybody, null if none is. */
  versionOf(key: Key): Versioned | null
  /** The name for the next version of the key that is made of that one. */
  writerOf(key: Key): WriterId
}

export interface Coordination {
  readonly context: ReplicaContext<Message>
  readonly options: QuorumOptions
  readonly placement: QuorumPlacement
  readonly versions: Versions
  readonly maker: VersionMaker
  readonly detector: FailureDetector
  /** Null where no hints are kept. */
  readonly hints: HintKeeper | null
  /** The node's own copy; null in a client's process. */
  readonly copy: LocalCopy | null
  readonly ends: Ends
}

export interface Ends {
  answer(entry: Pending, outcome: Outcome): void
  refuse(entry: Pending, reason: RefusalReason, applied: 'no' | 'unknown'): void
  /** If it has been answered and nothing more is expected. */
  forgetIfDone(entry: Pending): void
  forget(entry: Pending): void
}

// Kinds of timers.
/** A coordinator has waited for a read, or for a write, for as long as it does. */
export const READ_TIMEOUT = 0
export const WRITE_TIMEOUT = 1
/** A read is slow: one more replica is asked. */
export const SPECULATE = 2
/** The repairs of a read are slow: replicas that it has not asked are sent them too. */
export const REPAIR_OTHERS = 3
