/** A network that delivers every message twice, and disks that are lost, for the fake cluster. */
import { Disk } from '../../src/replication/disk.js'
import type { FakeCluster, FakeNode } from './fake-cluster.js'

export function deliverTwice<Options>(cluster: FakeCluster<Options>): void {
  for (const node of cluster.nodes) {
    const receive = node.receive.bind(node)
    node.receive = (from, message, life) => {
      receive(from, message, life)
      receive(from, message, life)
    }
  }
}

/** The node, which is down, comes back with an empty disk and the identity given. */
export function startEmpty(node: FakeNode, identity: number): void {
  Object.assign(node, { disk: new Disk(), identity })
  node.receivedAt.clear()
  node.start()
}
