/**
 * A consistent-hash ring with virtual nodes (DeCandia et al. 2007, sections 4.2, 4.3 and 6.2 strategy 3: equal partitions).
 *
 * The ring is cut into nodes * vnodes equal partitions. Records are spread by multiplicative hashing, which over
 * consecutive records is as even as can be; all keys of a record share its place. Owners are laid out in rounds, in each of which every node owns one partition; a round goes
 * through the zones in turn.
 *
 * Equally large zones: from round to round nodes change places, but stay within (nodes - copies) / 2 of their first one, so any
 * `copies` neighbours are distinct, and are the preference list. Every node is first replica of the same number of partitions and
 * one of the replicas of the same number. Otherwise a node of a small zone holds more, because distinct zones come first; there the
 * nodes of a zone take each other's places by turns, and hold the same if `vnodes` is a multiple of their number.
 *
 * Nodes that join or leave are not modelled.
 */
import { assert } from '../../core/assert.js'
import type { Key, NodeId } from '../../core/ids.js'
import type { Random } from '../../core/random.js'
import type { World } from '../../core/world.js'

/** 2^32 / golden ratio, made odd: consecutive keys land far apart and evenly. */
const KEY_MULTIPLIER = 0x9e3779b1
/** Passes over a round after which its order has little to do with the first one's. */
const SWAPPING_PASSES = 8

export class HashRing {
  readonly partitions: number
  private readonly lists: readonly (readonly NodeId[])[]
  private readonly offset: number
  private readonly keysPerRecord: number

  constructor(
    world: World,
    readonly copies: number,
    vnodes: number,
    random: Random,
  ) {
    const nodes = world.zoneOf.length
    assert(copies >= 1 && copies <= nodes, `a ring places ${copies} copies on at least as many nodes, not on ${nodes}.`)
    this.partitions = nodes * vnodes
    this.offset = random.next()
    this.keysPerRecord = world.keysPerRecord
    const owners = layOut(world, copies, vnodes, random)
    this.lists = owners.map((_, partition) => preferenceList(owners, partition, copies, world))
  }

  partitionOf(key: Key): number {
    return Math.floor(this.positionOf(key))
  }

  /** The key's token, counted in partitions. */
  positionOf(key: Key): number {
    const record = Math.floor(key / this.keysPerRecord)
    const token = (Math.imul(record, KEY_MULTIPLIER) + this.offset) >>> 0
    return (token / 0x100000000) * this.partitions
  }

  /** The preference list of a partition: `copies` distinct nodes, distinct zones first. */
  replicas(partition: number): readonly NodeId[] {
    return this.lists[partition] as readonly NodeId[]
  }
}

/** The owner of each partition, round after round. */
function layOut(world: World, copies: number, vnodes: number, random: Random): readonly NodeId[] {
  const orders = world.zones.map((zone) => shuffled(zone.nodes, random))
  const first = interleaveZones(orders)
  const reach = Math.floor((first.length - copies) / 2)
  const sizes = new Set(orders.filter((nodes) => nodes.length > 0).map((nodes) => nodes.length))
  const rounds = Array.from({ length: vnodes }, (_, i) =>
    sizes.size === 1
      ? reordered(first, reach, world, random)
      : interleaveZones(orders.map((nodes) => rotated(nodes, i))),
  )
  return rounds.flat()
}

/** The same nodes in another order: none further than `reach` from its place, and every place in its zone. */
function reordered(nodes: readonly NodeId[], reach: number, world: World, random: Random): readonly NodeId[] {
  const zoneAt = (place: number) => world.zoneOf[nodes[place] as NodeId]
  // Where the node at each place came from.
  const origins = nodes.map((_, place) => place)
  for (let i = 0; i < SWAPPING_PASSES * nodes.length; i++) {
    const place = i % nodes.length
    const other = place + random.below(reach + 1)
    if (other >= nodes.length || zoneAt(other) !== zoneAt(place)) continue
    const here = origins[place] as number
    const there = origins[other] as number
    if (Math.abs(there - place) > reach || Math.abs(here - other) > reach) continue
    origins[place] = there
    origins[other] = here
  }
  return origins.map((origin) => nodes[origin] as NodeId)
}

/** All nodes, so that each zone's are spread evenly over the sequence. */
function interleaveZones(zones: readonly (readonly NodeId[])[]): readonly NodeId[] {
  const placed = zones.flatMap((nodes, zone) =>
    nodes.map((node, i) => ({ node, zone, position: (i + 0.5) / nodes.length })),
  )
  placed.sort((left, right) => left.position - right.position || left.zone - right.zone)
  return placed.map((entry) => entry.node)
}

function rotated(nodes: readonly NodeId[], by: number): readonly NodeId[] {
  return nodes.map((_, i) => nodes[(i + by) % nodes.length] as NodeId)
}

function shuffled(nodes: readonly NodeId[], random: Random): readonly NodeId[] {
  const result = [...nodes]
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const swapped = result[i] as NodeId
    result[i] = result[j] as NodeId
    result[j] = swapped
  }
  return result
}

/** Walks clockwise from a partition: first one node of every zone not yet taken, then any other nodes. */
function preferenceList(owners: readonly NodeId[], start: number, copies: number, world: World): readonly NodeId[] {
  const list: NodeId[] = []
  const zones = new Set<number>()
  for (const distinctZones of [true, false]) {
    for (let step = 0; step < owners.length && list.length < copies; step++) {
      const node = owners[(start + step) % owners.length] as NodeId
      const zone = world.zoneOf[node] as number
      if (list.includes(node) || (distinctZones && zones.has(zone))) continue
      list.push(node)
      zones.add(zone)
    }
  }
  return list
}
