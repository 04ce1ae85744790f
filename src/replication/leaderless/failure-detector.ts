/**
 * Whom a node holds for up. It can be wrong either way: nobody but the node itself knows. Kinds of it are in failure-detection/; without one
 * a node holds everybody for up.
 */
import type { Nanos, NodeId } from '../../core/ids.js'

export interface FailureDetector {
  isUp(node: NodeId): boolean
  /** For how long the node has been held for down, as far as one has seen it; 0 while nothing speaks against it. */
  downFor(node: NodeId): Nanos
  /** A message of the node has come. */
  heard(node: NodeId): void
  /** The node has not answered within a coordinator's timeout. */
  missed(node: NodeId): void
}

/** Holds everybody for up. */
export const TRUSTING: FailureDetector = {
  isUp: () => true,
  downFor: () => 0,
  heard: () => {},
  missed: () => {},
}
