/**
 * A consistent-hash ring with virtual nodes (DeCandia et al. 2007, sections 4.2, 4.3 and 6.2), cut into partitions, each with a preference
 * list of its own.
 *
 * Records are spread by multiplicative hashing, which over consecutive records is as even as can be; all keys of a record share its
 * place. With `even` tokens all partitions are equal. Over equally large zones any neighbours are then distinct as far as a preference
 * list reaches, every node is first replica of the same number of partitions and one of the replicas of the same number. Otherwise a
 * node of a small zone holds more where distinct zones come first; there the nodes of a zone hold the same if
 * `vnodes` is a multiple of their number. With `random` tokens how many keys have a node first is chance: it strays from the
 * mean by about 1 / sqrt(vnodes) of it. Nodes that join or leave are not modelled.
 */
import { assert } from '../../core/assert.js'
import type { Key, NodeId } from '../../core/ids.js'
import type { Random } from '../../core/random.js'
import type { World } from '../../core/world.js'
import { type Copies, copiesIn, fallbackList, preferenceList, totalCopies } from './preference-list.js'
import { evenLayout, randomLayout, type Tokens } from './ring-layout.js'
import { TokenTable } from './token-table.js'

/** 2^32 / golden ratio, made odd: consecutive keys land far apart and evenly. */
const KEY_MULTIPLIER = 0x9e3779b1
const ALL_TOKENS = 0x100000000

export class HashRing {
  readonly partitions: number
  private readonly owners: readonly NodeId[]
  private readonly lists: readonly (readonly NodeId[])[]
  /** By partition; those that nobody has asked for are missing. */
  private readonly others = new Map<number, readonly NodeId[]>()
  private readonly offset: number
  private readonly keysPerRecord: number
  /** Once round. */
  readonly length: number
  private readonly tokenWidth: number
  /** Null where partitions are equal. */
  private readonly table: TokenTable | null

  constructor(world: World, copies: Copies, vnodes: number, random: Random, tokens: Tokens = 'even') {
    assertRoom(world, copies)
    this.offset = random.next()
    this.keysPerRecord = world.keysPerRecord
    const layOut = tokens === 'random' ? randomLayout : evenLayout
    const layout = layOut(world, copies, vnodes, random)
    this.owners = layout.owners
    this.partitions = layout.owners.length
    this.table = layout.tokens === null ? null : new TokenTable(layout.tokens)
    this.length = layout.tokens === null ? this.partitions : ALL_TOKENS
    this.tokenWidth = this.length / ALL_TOKENS
    this.lists = layout.owners.map((_, partition) => preferenceList(layout.owners, partition, copies, world))
  }

  partitionOf(key: Key): number {
    const position = this.positionOf(key)
    return this.table === null ? Math.floor(position) : this.table.rangeOf(position)
  }

  /** The key's place on the ring, in 0 .. `length`: counted in partitions where they are equal, in tokens where not. */
  positionOf(key: Key): number {
    const record = Math.floor(key / this.keysPerRecord)
    return ((Math.imul(record, KEY_MULTIPLIER) + this.offset) >>> 0) * this.tokenWidth
  }

  /** How far the key's token is into its partition, from 0 to below 1. */
  placeInPartition(key: Key): number {
    const position = this.positionOf(key)
    return this.table === null ? position - Math.floor(position) : this.table.placeInRange(position)
  }

  /** The partition of a position; positions go on beyond `length`. */
  partitionAt(position: number): number {
    return this.table === null ? Math.floor(position) % this.partitions : this.table.rangeOf(position % ALL_TOKENS)
  }

  /** The position at which that partition ends. */
  endOf(position: number): number {
    if (this.table === null) return Math.floor(position) + 1
    const token = position % ALL_TOKENS
    return position - token + this.table.endOf(token)
  }

  /** The preference list of a partition: distinct nodes, as placement/preference-list.ts has them. */
  replicas(partition: number): readonly NodeId[] {
    return this.lists[partition] as readonly NodeId[]
  }

  /** The nodes that follow the preference list, distinct, in the order of the walk round the ring. */
  fallbacks(partition: number): readonly NodeId[] {
    const known = this.others.get(partition)
    if (known !== undefined) return known
    const made = fallbackList(this.owners, partition, this.replicas(partition))
    this.others.set(partition, made)
    return made
  }
}

function assertRoom({ zones, zoneOf }: World, copies: Copies): void {
  const total = totalCopies(copies)
  assert(total >= 1 && total <= zoneOf.length, `a ring places ${total} copies on as many nodes, of ${zoneOf.length}.`)
  if (typeof copies === 'number') return
  zones.forEach(({ name, nodes }, zone) => {
    assert(copiesIn(copies, zone) <= nodes.length, `zone ${name} has a node for each of its copies.`)
  })
}
