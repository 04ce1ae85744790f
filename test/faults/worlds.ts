/** A world whose nodes are numbered across its zones in turn, so that a node's number is not its place in the list of names. */
import type { World } from '../../src/core/world.js'
import { worldOf } from '../replication/fake-cluster.js'

/** Zones us and eu-1, whose name could be that of a node of a zone eu. */
export const INTERLEAVED: World = {
  ...worldOf([2, 2]),
  zones: [
    { name: 'us', nodes: [0, 2], clients: 0.5 },
    { name: 'eu-1', nodes: [1, 3], clients: 0.5 },
  ],
  zoneOf: [0, 1, 0, 1],
}
