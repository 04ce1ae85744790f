/** The quick Zipf law: item by item as YCSB's arithmetic has it, and growing as if all items had been there before. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
import { GrayZipfian } from '../../../src/workload/keys/gray-zipfian.js'
import { vectorsOf } from './vectors.js'

describe('the quick Zipf law', () => {
  it('gives the 1,200 items that are committed', () => {
    const vectors = vectorsOf('gray-zipfian.txt')
    expect(vectors.length).toBe(1200)
    const laws = new Map([2, 3, 1000, 100_000].map((items) => [items, new GrayZipfian(items)]))
    for (const { items, u, item } of vectors) expect(laws.get(items)?.at(u), `${items} at ${u}`).toBe(item)
  })

  it('is the same law whether its items came at once or one after another', () => {
    const atOnce = new GrayZipfian(500)
    const grown = new GrayZipfian(1)
    for (let items = 2; items <= 500; items++) grown.grow(items)
    const random = RandomStream.ofSeed(1)
    for (let i = 0; i < 1000; i++) {
      const u = random.float()
      expect(grown.at(u)).toBe(atOnce.at(u))
    }
  })
})
