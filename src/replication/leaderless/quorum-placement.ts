/**
 * Where the keys of quorum replication live and who coordinates: preference lists from the ring, requests to the node that the client
 * chooses, or to the client itself.
 */
import type { Key, NodeId, ZoneId } from '../../core/ids.js'
import { mix32, type Random } from '../../core/random.js'
import type { World } from '../../core/world.js'
import { CoordinatorChooser } from '../placement/coordinator-choice.js'
import { HashRing } from '../placement/ring.js'
import { type TokenRange, tokenRanges } from '../placement/token-ranges.js'
import type { IsDown, Placement, ReplicaContext, Request } from '../replica.js'
import { type AnswersNeeded, Requirement } from './consistency-level.js'
import { copiesAt } from './copies-by-zone.js'
import { nodesAt } from './places.js'
import type { QuorumOptions } from './quorum-options.js'

export class QuorumPlacement implements Placement {
  private readonly ring: HashRing
  private readonly chooser: CoordinatorChooser
  private readonly isByZone: boolean
  /** Shared by the coordinators of a zone, because there may be tens of thousands of preference lists. */
  private readonly requirements = new Map<string, Requirement>()

  constructor(
    options: QuorumOptions,
    private readonly world: World,
    random: Random,
  ) {
    this.ring = new HashRing(world, copiesAt(options, world), options.vnodes, random, options.tokens)
    this.chooser = new CoordinatorChooser(world, this.ring)
    this.isByZone = typeof options.n !== 'number'
  }

  /** Whether it was there before anybody wrote, and so is with each of its replicas. */
  isLoaded(key: Key): boolean {
    return key < this.world.keys
  }

  /** Partitions are numbered round the ring from 0 on. */
  get partitions(): number {
    return this.ring.partitions
  }

  partitionOf(key: Key): number {
    return this.ring.partitionOf(key)
  }

  /** How far the key's token is into its partition, from 0 to below 1. */
  placeInPartition(key: Key): number {
    return this.ring.placeInPartition(key)
  }

  replicas(key: Key): readonly NodeId[] {
    return this.ring.replicas(this.ring.partitionOf(key))
  }

  holds(node: NodeId, key: Key): boolean {
    return this.replicas(key).includes(node)
  }

  /** What a scan covers. */
  rangesOf({ key, length }: Request): readonly TokenRange[] {
    return tokenRanges(this.ring, key, length, this.world.keys / this.world.keysPerRecord)
  }

  /** What so many answers mean to coordinators of a zone. */
  requirement(needed: AnswersNeeded, zone: ZoneId): Requirement {
    const name = `${needed}@${zone}`
    const known = this.requirements.get(name)
    if (known !== undefined) return known
    const made = new Requirement(needed, this.world.zoneOf, zone)
    this.requirements.set(name, made)
    return made
  }

  replicasOf(partition: number): readonly NodeId[] {
    return this.ring.replicas(partition)
  }

  route(request: Request, isDown?: IsDown): NodeId {
    return this.chooser.choose(request, isDown)
  }

  /** The `count` replicas to ask: the coordinator itself if it is one, then by distance, equals in an order that is drawn for each turn. */
  nearest(context: ReplicaContext<never>, { key, turn }: Request, count: number): readonly NodeId[] {
    return this.nearestOf(this.replicas(key), context, turn, count)
  }

  nearestOf(
    replicas: readonly NodeId[],
    context: ReplicaContext<never>,
    turn: number,
    count: number,
  ): readonly NodeId[] {
    const ranked = replicas.map((node, i) => ({
      node,
      distance: node === context.id ? -2 : this.distance(context.zone, this.world.zoneOf[node] as ZoneId),
      // Clients choose the coordinator by their turn, so an order that went round by the same turn would favour some replica of each key.
      lot: mix32(Math.imul(turn, 0x9e3779b1) + i),
    }))
    ranked.sort((left, right) => left.distance - right.distance || left.lot - right.lot)
    return ranked.slice(0, count).map((entry) => entry.node)
  }

  /** Nodes that may stand in for replicas of the key: those that follow the preference list in the walk round the ring. */
  fallbacks(key: Key): readonly NodeId[] {
    return this.ring.fallbacks(this.ring.partitionOf(key))
  }

  /**
   * Which of `others`, in the order of the walk, stands in for a replica: the first, whatever its zone (DeCandia et al. 2007, section 4.6), but
   * where copies are counted by zone the first of the replica's zone, so that the zone keeps its number, as long as there is one.
   */
  standIn(replica: NodeId, others: readonly NodeId[]): NodeId | undefined {
    const { zoneOf } = this.world
    const near = this.isByZone ? others.find((node) => zoneOf[node] === zoneOf[replica]) : undefined
    return near ?? others[0]
  }

  /** The nodes at these places, by zone. */
  byZone(nodes: readonly NodeId[], places: number): readonly (readonly NodeId[])[] {
    const zones: NodeId[][] = this.world.zones.map(() => [])
    for (const node of nodesAt(nodes, places)) zones[this.world.zoneOf[node] as ZoneId]?.push(node)
    return zones
  }

  private distance(from: ZoneId, to: ZoneId): number {
    return from === to ? -1 : this.world.distance(from, to)
  }
}
