/**
 * In which order a coordinator asks replicas: itself if it is one, then by distance, and equally near ones in an order drawn for each turn, so
 * that they share the work. Real coordinators rank by measured latencies (Cassandra's dynamic snitch); here the median delay of the link
 * stands for those.
 */
import type { NodeId } from '../../core/ids.js'
import type { Coordination } from './coordination.js'
import type { Pending } from './pending.js'
import { nodesAt } from './places.js'

/** Those at some places of an operation. */
export function nearestOf(parts: Coordination, entry: Pending, places: number): readonly NodeId[] {
  const nodes = nodesAt(entry.replicas, places)
  return parts.placement.nearestOf(nodes, parts.context, entry.request.turn, nodes.length)
}
