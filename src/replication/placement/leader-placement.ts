/**
 * Placement for strategies with leaders. Keys form groups, one group of all keys or one per partition of the ring; a group's nodes are
 * its leaders, which take writes, and the leaders' followers. Where a client may choose among nodes it takes the
 * nearest, one of its own zone before all others, and equally near ones by turns; if it fails over, the next nearest when those are down. A
 * request never goes to a node that its kind is not for: reads of followers do not fall back on leaders. Groups and leaders never change.
 */
import type { Key, NodeId, ZoneId } from '../../core/ids.js'
import type { Random } from '../../core/random.js'
import type { World } from '../../core/world.js'
import { isQuery } from '../../history/operation-kinds.js'
import type { IsDown, Placement, Request } from '../replica.js'
import { byDistance, Candidates, type Tiers, withinReach } from './candidates.js'
import { HashRing } from './ring.js'

/** One group of all keys, as the textbook has it, or one per partition of a ring. */
export type Partitions = 'one' | 'ring'
/** Who serves reads: the nearest leader, the nearest follower, the nearest of all, or all by turns. */
export type ReadFrom = 'leader' | 'follower' | 'nearest' | 'any'

export interface ReplicaGroup {
  /** All nodes that hold the group's keys, in order of preference. */
  readonly members: readonly NodeId[]
  readonly leaders: readonly NodeId[]
  /** The followers of each leader, in the order of `leaders`. */
  readonly followers: readonly (readonly NodeId[])[]
}

/** Each node leads as many partitions. More would even out the load of the nodes and cost a log each. */
const PARTITIONS_PER_NODE = 8

export class LeaderPlacement implements Placement {
  private readonly writers: Candidates
  private readonly readers: Candidates
  /** The nodes that may serve reads, by group. */
  private readonly readableOf: readonly (readonly NodeId[])[]

  constructor(
    world: World,
    readonly groups: readonly ReplicaGroup[],
    /** Null where all keys are one group. */
    private readonly ring: HashRing | null,
    reads: ReadFrom,
  ) {
    this.readableOf = groups.map((group) => readableIn(group, reads))
    const candidates = (serving: ReadFrom): Candidates =>
      new Candidates(world.zones.length, groups.length, (group, zone) =>
        rank(world, groups[group] as ReplicaGroup, zone, serving),
      )
    this.writers = candidates('leader')
    this.readers = reads === 'leader' ? this.writers : candidates(reads)
  }

  groupOf(key: Key): number {
    return this.ring === null ? 0 : this.ring.partitionOf(key)
  }

  replicas(key: Key): readonly NodeId[] {
    return (this.groups[this.groupOf(key)] as ReplicaGroup).members
  }

  readable(key: Key): readonly NodeId[] {
    return this.readableOf[this.groupOf(key)] as readonly NodeId[]
  }

  route(request: Request, isDown?: IsDown): NodeId {
    const candidates = isQuery(request.kind) ? this.readers : this.writers
    return candidates.choose(this.groupOf(request.key), request, isDown)
  }
}

function readableIn({ members, leaders, followers }: ReplicaGroup, reads: ReadFrom): readonly NodeId[] {
  if (reads === 'leader') return leaders
  return reads === 'follower' ? followers.flat() : members
}

function rank(world: World, group: ReplicaGroup, zone: ZoneId, serving: ReadFrom): Tiers {
  switch (serving) {
    case 'leader':
      return withinReach(world, byDistance(world, zone, group.leaders))
    case 'follower':
      return withinReach(world, byDistance(world, zone, group.followers.flat()))
    case 'nearest':
      return withinReach(world, byDistance(world, zone, group.members))
    case 'any':
      return [group.members]
  }
}

/** The nodes of each group, in order of preference, and the ring that cut the keys into groups, if one did. */
export function preferenceLists(
  world: World,
  copies: number,
  partitions: Partitions,
  firstZone: ZoneId,
  random: Random,
): { readonly lists: readonly (readonly NodeId[])[]; readonly ring: HashRing | null } {
  if (partitions === 'one') return { lists: [spreadOverZones(world, copies, firstZone)], ring: null }
  const ring = new HashRing(world, copies, PARTITIONS_PER_NODE, random)
  const lists = Array.from({ length: ring.partitions }, (_, partition) => ring.replicas(partition))
  return { lists, ring }
}

/** `copies` nodes, in turn one of each zone from `firstZone` on. */
function spreadOverZones(world: World, copies: number, firstZone: ZoneId): readonly NodeId[] {
  const zones = [...world.zones.slice(firstZone), ...world.zones.slice(0, firstZone)]
  const rounds = Math.max(...zones.map((zone) => zone.nodes.length))
  const inTurn: NodeId[] = []
  for (let round = 0; round < rounds; round++) {
    for (const zone of zones) inTurn.push(...zone.nodes.slice(round, round + 1))
  }
  return inTurn.slice(0, copies)
}

/** The first node of `zone` leads, the first of all if there is none; the others follow. */
export function ledByOne(world: World, list: readonly NodeId[], zone: ZoneId | undefined): ReplicaGroup {
  const leader = list.find((node) => world.zoneOf[node] === zone) ?? (list[0] as NodeId)
  const followers = list.filter((node) => node !== leader)
  return { members: [leader, ...followers], leaders: [leader], followers: [followers] }
}

/** In every zone the first node leads and the zone's other nodes follow it. */
export function ledByZone(world: World, list: readonly NodeId[]): ReplicaGroup {
  const zoneOf = (node: NodeId) => world.zoneOf[node]
  const leaders = list.filter((node, i) => list.findIndex((other) => zoneOf(other) === zoneOf(node)) === i)
  const followers = leaders.map((leader) => list.filter((node) => node !== leader && zoneOf(node) === zoneOf(leader)))
  return { members: list, leaders, followers }
}

export function ledByAll(list: readonly NodeId[]): ReplicaGroup {
  return { members: list, leaders: list, followers: list.map(() => []) }
}

/** A sentence if the world has too few nodes for so many copies. */
export function checkCopies(copies: number, world: World): string | undefined {
  const nodes = world.zoneOf.length
  if (copies <= nodes) return undefined
  return `copies: ${copies} needs ${copies} nodes, and the topology has ${nodes}.`
}
