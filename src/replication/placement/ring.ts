/**
 * A consistent-hash ring with virtual nodes (DeCandia et al. 2007, sections 4.2, 4.3 and 6.2 strategy 3: equal partitions).
 *
 * The ring is cut into nodes * vnodes equal partitions. Keys are spread by multiplicative hashing, which over
 * consecutive keys is as even as can be. Owners are laid out in rounds, in each of which every node owns one partition; a round goes
 * through the zones in turn, so that the walk along the ring, which takes distinct zones first and then distinct nodes, rarely has
 * to skip. Every node is then first replica of the same number of partitions, and, where the zones are equally large,
 * one of the replicas of the same number. Nodes that join or leave are not modelled.
 */
import { assert } from '../../core/assert.js'
import type { Key, NodeId } from '../../core/ids.js'
import type { Random } from '../../core/random.js'
import type { World } from '../../core/world.js'

/** 2^32 / golden ratio, made odd: consecutive keys land far apart and evenly. */
const KEY_MULTIPLIER = 0x9e3779b1
const SHUFFLES_PER_ROUND = 64

export class HashRing {
  readonly partitions: number
  private readonly lists: readonly (readonly NodeId[])[]
  private readonly offset: number

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
    const owners = layOut(world, copies, vnodes, random)
    this.lists = owners.map((_, partition) => preferenceList(owners, partition, copies, world))
  }

  partitionOf(key: Key): number {
    const token = (Math.imul(key, KEY_MULTIPLIER) + this.offset) >>> 0
    return Math.floor((token / 0x100000000) * this.partitions)
  }

  /** The preference list of a partition: `copies` distinct nodes, distinct zones first. */
  replicas(partition: number): readonly NodeId[] {
    return this.lists[partition] as readonly NodeId[]
  }
}

/** The owner of each partition, round after round. */
function layOut(world: World, copies: number, vnodes: number, random: Random): readonly NodeId[] {
  const owners: NodeId[] = []
  let round = interleaveZones(world.zones.map((zone) => shuffled(zone.nodes, random)))
  for (let i = 0; i < vnodes; i++) {
    for (let tries = 0; i > 0 && tries < SHUFFLES_PER_ROUND; tries++) {
      const candidate = interleaveZones(world.zones.map((zone) => shuffled(zone.nodes, random)))
      const spread = isSpread(owners, candidate, copies)
      // The last round meets the first: there the ring closes.
      if (spread && (i < vnodes - 1 || isSpread(candidate, owners, copies))) {
        round = candidate
        break
      }
    }
    owners.push(...round)
  }
  return owners
}

/** Whether any `copies` neighbours across the seam of two rounds are distinct. */
function isSpread(before: readonly NodeId[], after: readonly NodeId[], copies: number): boolean {
  const seam = [...before.slice(Math.max(0, before.length - copies + 1)), ...after.slice(0, copies - 1)]
  for (let i = 0; i + copies <= seam.length; i++) {
    if (new Set(seam.slice(i, i + copies)).size < copies) return false
  }
  return true
}

/** All nodes, so that each zone's are spread evenly over the sequence. */
function interleaveZones(zones: readonly (readonly NodeId[])[]): readonly NodeId[] {
  const placed = zones.flatMap((nodes, zone) =>
    nodes.map((node, i) => ({ node, zone, position: (i + 0.5) / nodes.length })),
  )
  placed.sort((left, right) => left.position - right.position || left.zone - right.zone)
  return placed.map((entry) => entry.node)
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
