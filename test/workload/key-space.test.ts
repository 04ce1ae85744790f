/** Numbering of keys: a bijection of (type, index), dense from 0, and reads that pick types as the writes do. */
import { describe, expect, it } from 'vitest'
import type { KeyType } from '../../src/history/operation-kinds.js'
import { KeySpace } from '../../src/workload/key-space.js'

const ALL = { read: 0.5, update: 0.2, 'read-modify-write': 0.1, increment: 0.05, add: 0.1, remove: 0.05 }

/** The share of quantiles, evenly spaced, at which a read asks for each type. */
function readShares(space: KeySpace): Record<string, number> {
  const steps = 1000
  const shares: Record<string, number> = {}
  for (let i = 0; i < steps; i++) {
    const type = space.readTypeAt((i + 0.5) / steps)
    shares[type] = (shares[type] ?? 0) + 1
  }
  return shares
}

describe('a key space', () => {
  it('interleaves the types that are written, in the order register, counter, set', () => {
    const space = new KeySpace(10, ALL)
    const types: KeyType[] = ['register', 'counter', 'set']
    const keys = Array.from({ length: 10 }, (_, i) => types.map((type) => space.keyAt(type, i))).flat()
    expect(keys).toEqual([...Array(30).keys()])
    expect(space.total).toBe(30)
  })

  it('keeps the keys of a record together where its fields have keys of their own', () => {
    const space = new KeySpace(10, { update: 0.5, increment: 0.5 }, 4)
    const keys = [0, 1, 2, 3].map((field) => space.keyAt('register', 3, field))
    expect(keys).toEqual([24, 25, 26, 27])
    expect(new Set(keys.map((key) => Math.floor(key / space.keysPerRecord))).size).toBe(1)
    expect(space.keyAt('counter', 3)).toBe(28)
    expect(space.total).toBe(80)
  })

  it.each([
    [{ read: 1 }, 'register', 1],
    [{ read: 0.5, update: 0.5 }, 'register', 1],
    [{ 'read-modify-write': 1 }, 'register', 1],
    [{ increment: 1, update: 0 }, 'counter', 1],
    [{ add: 0.5, remove: 0.5 }, 'set', 1],
    [{ update: 0.5, add: 0.5 }, 'set', 2],
    [{ increment: 0.5, add: 0.5 }, 'set', 2],
  ] as const)('of %j gives keys to the types that are written alone', (operations, last, types) => {
    const space = new KeySpace(10, operations)
    expect(space.total).toBe(10 * types)
    expect(space.keyAt(last, 9)).toBe(10 * types - 1)
  })

  it('goes on beyond its records without meeting another type', () => {
    const space = new KeySpace(2, { update: 0.5, add: 0.5 })
    expect([5, 6].flatMap((index) => [space.keyAt('register', index), space.keyAt('set', index)])).toEqual([
      10, 11, 12, 13,
    ])
  })

  it('lets a read pick types in proportion to their writes', () => {
    expect(readShares(new KeySpace(1, ALL))).toEqual({ register: 600, counter: 100, set: 300 })
    expect(readShares(new KeySpace(1, { read: 0.9, update: 0.025, increment: 0.075 }))).toEqual({
      register: 250,
      counter: 750,
    })
  })

  it('reads registers where nothing is written', () => {
    expect(readShares(new KeySpace(1, { read: 1 }))).toEqual({ register: 1000 })
  })

  it('has a type for the last quantile, however the shares round', () => {
    const space = new KeySpace(1, { update: 0.01, increment: 0.01, add: 0.08 })
    expect(space.readTypeAt(1 - 2 ** -53)).toBe('set')
    expect(space.readTypeAt(0)).toBe('register')
  })
})
