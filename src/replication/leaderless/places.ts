/** Sets of places in a list of nodes, as bits of a mask: how what is known of the replicas of one key is told. */
import type { NodeId } from '../../core/ids.js'
import type { Message, ReplicaContext } from '../replica.js'

/** How many places a mask names. */
export function countOf(places: number): number {
  let count = 0
  for (let rest = places; rest !== 0; rest &= rest - 1) count++
  return count
}

export function placesWhere(nodes: readonly NodeId[], test: (node: NodeId) => boolean): number {
  return nodes.reduce((places, node, place) => (test(node) ? places | (1 << place) : places), 0)
}

export function nodesAt(nodes: readonly NodeId[], places: number): readonly NodeId[] {
  return nodes.filter((_, place) => (places & (1 << place)) !== 0)
}

/** In the order of the list. */
export function sendTo(
  context: ReplicaContext<Message>,
  nodes: readonly NodeId[],
  places: number,
  message: Message,
): void {
  for (let place = 0; place < nodes.length; place++)
    if ((places & (1 << place)) !== 0) context.send(nodes[place] as NodeId, message)
}
