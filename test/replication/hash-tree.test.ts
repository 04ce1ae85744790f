/**
 * Hash trees as data: shapes and numbers of leaves worked out by hand; a tree that followed every store is the one that a scan builds; trees are
 * the same at the root exactly if they are the same below. The hash of a version tells apart what differs in any one thing.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { HashTree, TreeShape } from '../../src/replication/leaderless/anti-entropy/hash-tree.js'
import { KeyHash } from '../../src/replication/leaderless/anti-entropy/key-hash.js'
import { KeyIndex, leavesFor } from '../../src/replication/leaderless/anti-entropy/key-index.js'
import { antiEntropyOptions } from '../../src/replication/leaderless/anti-entropy/options.js'
import { quorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { QuorumPlacement } from '../../src/replication/leaderless/quorum-placement.js'
import { LAST_WRITE_WINS, NOTHING_HELD } from '../../src/replication/leaderless/versioned.js'
import { worldOf } from './fake-cluster.js'

const optionsWith = (given: object) => antiEntropyOptions.parse(given)

describe('a shape', () => {
  const widths = (leaves: number, fanout: number) => {
    const shape = new TreeShape(leaves, fanout)
    return Array.from({ length: shape.depth + 1 }, (_, level) => shape.width(level))
  }

  it('has levels of whole powers of the fanout above its leaves', () => {
    expect(widths(1, 2)).toEqual([1])
    expect(widths(8, 2)).toEqual([1, 2, 4, 8])
    expect(widths(32, 8)).toEqual([1, 4, 32])
    expect(widths(512, 1024)).toEqual([1, 512])
    expect(widths(1_048_576, 1024)).toEqual([1, 1024, 1_048_576])
  })

  it('gives each node of a level but the root one parent', () => {
    const shape = new TreeShape(32, 8)
    expect(shape.childrenOf(0, 0)).toEqual([0, 1, 2, 3])
    expect(shape.childrenOf(1, 2)).toEqual([16, 17, 18, 19, 20, 21, 22, 23])
  })
})

describe('the number of leaves', () => {
  it.each([
    [{}, 0, 1],
    [{}, 600, 1024],
    [{}, 1024, 1024],
    [{ 'keys-per-leaf': 4 }, 600, 256],
    [{ 'keys-per-leaf': 1000 }, 600, 1],
    [{ depth: 3 }, 600, 8],
    [{ depth: 15 }, 1_000_000, 32_768],
    // No deeper than the keys ask for.
    [{ depth: 24 }, 600, 1024],
    [{ depth: 2, fanout: 1024 }, 600, 1024],
    [{ depth: 2, fanout: 1024 }, 1_000_000, 1_048_576],
  ])('under %j over %i keys is %i', (options, keys, leaves) => {
    expect(leavesFor(keys, optionsWith(options))).toBe(leaves)
  })
})

describe('an index', () => {
  const indexOf = (options: object, keys: number) => {
    const world = worldOf([5], keys)
    const placement = new QuorumPlacement(quorumOptions.parse(options), world, RandomStream.ofSeed(7))
    return { placement, index: new KeyIndex(placement, keys, optionsWith({ 'keys-per-leaf': 16 })) }
  }

  it.each([{}, { tokens: 'random' }])('has every key in one leaf of its range and nowhere else: %j', (options) => {
    const { placement, index } = indexOf(options, 20_000)
    const found = new Map<number, number>()
    for (let range = 0; range < placement.partitions; range++) {
      const { leaves } = index.shapeOf(range)
      for (let leaf = 0; leaf < leaves; leaf++) {
        for (const key of index.keysIn(range, leaf)) {
          expect([placement.partitionOf(key), index.leafOf(key)]).toEqual([range, leaf])
          found.set(key, (found.get(key) ?? 0) + 1)
        }
      }
    }
    expect(found.size).toBe(20_000)
    expect(new Set(found.values())).toEqual(new Set([1]))
  })

  it.each([{ vnodes: 4 }, { vnodes: 4, tokens: 'random' }])('fills the leaves of a range alike: %j', (options) => {
    const { placement, index } = indexOf(options, 20_000)
    for (let range = 0; range < placement.partitions; range++) {
      const { leaves } = index.shapeOf(range)
      const mean = index.countIn(range) / leaves
      for (let leaf = 0; leaf < leaves; leaf++) {
        expect(Math.abs(index.keysIn(range, leaf).length - mean)).toBeLessThan(3)
      }
    }
  })

  it('takes in keys that are inserted, in any order, and numbers those of a range without gaps', () => {
    const { placement, index } = indexOf({}, 100)
    const inserted = [5000, 100, 101, 4999]
    for (const key of inserted) index.slotOf(key)
    for (const key of inserted) expect(index.keysIn(placement.partitionOf(key), index.leafOf(key))).toContain(key)
    const slots = Array.from({ length: placement.partitions }, () => [] as number[])
    for (const key of [...Array(102).keys(), ...inserted.filter((key) => key > 101)]) {
      slots[placement.partitionOf(key)]?.push(index.slotOf(key))
    }
    for (const ofRange of slots) expect(ofRange.sort((a, b) => a - b)).toEqual([...ofRange.keys()])
  })
})

const SLOTS = 40
const word = fc.integer({ min: -0x80000000, max: 0x7fffffff })
const store = fc.record({ slot: fc.nat(SLOTS - 1), high: word, low: word })
const shapes = fc.constantFrom([1, 2], [8, 2], [16, 4], [32, 8], [64, 1024])

function treeOf(
  stores: Iterable<{ slot: number; high: number; low: number }>,
  [leaves, fanout]: readonly number[],
): HashTree {
  const tree = new HashTree(new TreeShape(leaves as number, fanout as number), 0)
  for (const { slot, high, low } of stores) tree.set(slot, slot % (leaves as number), high, low)
  return tree
}

function nodesOf(tree: HashTree): readonly number[] {
  const { depth } = tree.shape
  return Array.from({ length: depth + 1 }, (_, level) => level).flatMap((level) =>
    Array.from({ length: tree.shape.width(level) }, (_, node) => [
      tree.high(level, node),
      tree.low(level, node),
    ]).flat(),
  )
}

describe('a tree', () => {
  it('that followed every store is the one built of what was stored last, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(store, { maxLength: 100 }), shapes, (stores, shape) => {
        const last = [...new Map(stores.map((one) => [one.slot, one])).values()].reverse()
        expect(nodesOf(treeOf(stores, shape))).toEqual(nodesOf(treeOf(last, shape)))
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('differs from another from the root to the leaf of what differs, and nowhere else', () => {
    fc.assert(
      fc.property(fc.array(store, { maxLength: 60 }), store, shapes, (stores, extra, shape) => {
        const left = treeOf(stores, shape)
        const right = treeOf([...stores, extra], shape)
        const isChanged = left.keyHigh(extra.slot) !== extra.high || left.keyLow(extra.slot) !== extra.low
        let node = extra.slot % left.shape.leaves
        for (let level = left.shape.depth; level >= 0; level--) {
          for (let other = 0; other < left.shape.width(level); other++) {
            const isSame =
              left.high(level, other) === right.high(level, other) && left.low(level, other) === right.low(level, other)
            expect(isSame).toBe(!isChanged || other !== node)
          }
          node >>>= left.shape.fanoutBits
        }
      }),
      { seed: 2, numRuns: 200 },
    )
  })

  it('adds up its children', () => {
    const tree = treeOf(
      [0, 1, 2, 3].map((slot) => ({ slot, high: 0x7fffffff, low: slot })),
      [4, 2],
    )
    // 2 * (2^31 - 1) is -2 modulo 2^32, and twice that -4.
    expect(nodesOf(tree)).toEqual([-4, 6, -2, 1, -2, 5, ...[0, 1, 2, 3].flatMap((low) => [0x7fffffff, low])])
  })
})

describe('the hash of a version', () => {
  const hash = new KeyHash(LAST_WRITE_WINS)
  const textOf = (key: number, order: number, tie: number) => {
    const { high, low } = hash.of(key, { held: 1, order, tie })
    return `${high} ${low}`
  }

  it('is zero where nothing was written', () => {
    const { high, low } = hash.of(5, NOTHING_HELD)
    expect([high, low]).toEqual([0, 0])
  })

  it('tells a hundred thousand versions apart that differ in key, timestamp or writer', () => {
    const hashes = new Set<string>()
    for (let key = 0; key < 50; key++)
      for (let order = 0; order < 400; order++)
        for (let tie = 0; tie < 5; tie++) hashes.add(textOf(key, order * 1e9, tie))
    expect(hashes.size).toBe(100_000)
  })

  it('depends on the first and the last bit of a timestamp', () => {
    const far = 2 ** 52
    expect(new Set([textOf(1, 0, 0), textOf(1, 1, 0), textOf(1, far, 0), textOf(1, far + 1, 0)]).size).toBe(4)
  })
})
