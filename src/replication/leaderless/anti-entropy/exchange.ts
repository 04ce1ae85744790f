/** What one of the two replicas knows of an exchange under way: one range, one other replica. */
import type { Key, NodeId } from '../../../core/ids.js'
import type { HashTree } from './hash-tree.js'

export class Exchange {
  /** Null until it is built. */
  tree: HashTree | null = null
  /** Of the range, when the tree was as it is compared. */
  changes = 0
  /** Of the range's keys, those that are still to be read for the tree. */
  unread = 0
  /** Anything of it, since one last looked. */
  hasHeard = false
  /** Keys whose versions are to be sent to the other. */
  outgoing: Key[] = []
  /** Those that are being read or have been sent, and are not known to be stored. */
  inTransit: readonly Key[] | null = null
  /** Whether the opener has asked for versions that have not all come. */
  isPulling = false
  /** Of the answerer: keys of which the opener has something that it lacks. */
  wanted: readonly Key[] = []
  /** Of the opener: whether it has gone over from comparing to sending. */
  isStreaming = false
  /** Of the opener: the other's root, once it has told; and what it has asked about last. */
  peerRoot: Int32Array | null = null
  level = 0
  nodes: readonly number[] = []

  constructor(
    /** Among all exchanges of this node. */
    readonly serial: number,
    /** By the opener's count. */
    readonly number: number,
    readonly peer: NodeId,
    /** By this node's count of its ranges. */
    readonly range: number,
    readonly partition: number,
    readonly isOpener: boolean,
  ) {}
}
