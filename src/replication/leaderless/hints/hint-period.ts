/**
 * How long hinted handoff may be silent before it acts again, which settling has to wait for: a coordinator keeps a hint once it has waited for an
 * answer, a node that is back has to be noticed, and then it is looked at.
 */
import type { Nanos } from '../../../core/ids.js'
import type { QuorumOptions } from '../quorum-options.js'

/** Gossip finds out within a few rounds that a node is back. */
const ROUNDS = 10

/** 0 without hints. */
export function hintPeriod({ hints, detector, timeouts }: QuorumOptions): Nanos {
  if (hints === undefined) return 0
  const noticed = detector === undefined ? 0 : detector.kind === 'phi' ? ROUNDS * detector.gossip : detector.retry
  return Math.max(hints.every, noticed, timeouts?.write ?? 0)
}
