/**
 * Where the keys of quorum replication live and who coordinates: preference lists from the ring, requests to the node that the client
 * chooses, or to the client itself.
 */
import type { Key, NodeId, ZoneId } from '../../core/ids.js'
import type { Random } from '../../core/random.js'
import type { World } from '../../core/world.js'
import { CoordinatorChooser } from '../placement/coordinator-choice.js'
import { HashRing } from '../placement/ring.js'
import { type TokenRange, tokenRanges } from '../placement/token-ranges.js'
import type { IsDown, Placement, ReplicaContext, Request } from '../replica.js'
import { type AnswersNeeded, Requirement } from './consistency-level.js'
import { copiesOf, type QuorumOptions } from './quorum-options.js'

export class QuorumPlacement implements Placement {
  private readonly ring: HashRing
  private readonly chooser: CoordinatorChooser

  constructor(
    options: QuorumOptions,
    private readonly world: World,
    random: Random,
  ) {
    this.ring = new HashRing(world, copiesOf(options), options.vnodes, random)
    this.chooser = new CoordinatorChooser(world, this.ring)
  }

  replicas(key: Key): readonly NodeId[] {
    return this.ring.replicas(this.ring.partitionOf(key))
  }

  /** What a scan covers. */
  rangesOf({ key, length }: Request): readonly TokenRange[] {
    return tokenRanges(this.ring, key, length, this.world.keys / this.world.keysPerRecord)
  }

  /** What so many answers mean to coordinators of a zone. */
  requirement(needed: AnswersNeeded, zone: ZoneId): Requirement {
    return new Requirement(needed, this.world.zoneOf, zone)
  }

  replicasOf(partition: number): readonly NodeId[] {
    return this.ring.replicas(partition)
  }

  route(request: Request, isDown?: IsDown): NodeId {
    return this.chooser.choose(request, isDown)
  }

  /** The `count` replicas to ask: the coordinator itself if it is one, then by distance, equals by turns. */
  nearest(context: ReplicaContext<never>, { key, turn }: Request, count: number): readonly NodeId[] {
    return this.nearestOf(this.replicas(key), context, turn, count)
  }

  nearestOf(
    replicas: readonly NodeId[],
    context: ReplicaContext<never>,
    turn: number,
    count: number,
  ): readonly NodeId[] {
    const rotation = turn % replicas.length
    const ranked = replicas.map((node, i) => ({
      node,
      distance: node === context.id ? -2 : this.distance(context.zone, this.world.zoneOf[node] as ZoneId),
      turn: (i + rotation) % replicas.length,
    }))
    ranked.sort((left, right) => left.distance - right.distance || left.turn - right.turn)
    return ranked.slice(0, count).map((entry) => entry.node)
  }

  private distance(from: ZoneId, to: ZoneId): number {
    return from === to ? -1 : this.world.distance(from, to)
  }
}
