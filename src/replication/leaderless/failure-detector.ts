/** Whom a node holds for up. It can be wrong either way: nobody but the node itself knows. */
import type { NodeId } from '../../core/ids.js'

export interface FailureDetector {
  isUp(node: NodeId): boolean
  /** A message of the node has come. */
  heard(node: NodeId): void
  /** The node has not answered within a coordinator's timeout. */
  missed(node: NodeId): void
}

/** Holds everybody for up. */
export const TRUSTING: FailureDetector = {
  isUp: () => true,
  heard: () => {},
  missed: () => {},
}
