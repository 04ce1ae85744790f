/**
 * What YCSB calls zipfian (`ScrambledZipfianGenerator`), to the last key: an item of the quick Zipf law over 10^10 + 1 items, whatever the number of
 * records, scattered by a hash modulo the records. Most of the law's tail is so spread evenly, and the skew is far below that of a Zipf
 * law over the records: of 1000, the hottest takes 3.9% of operations and not 12.9% (YCSB issue 1495). `zipfian` is the exact law.
 *
 * The modulus is records + expected + 1, as in YCSB, where `expected` is twice the inserts that the run will make; numbers of records that do not
 * exist are drawn again, and records inserted beyond those expected are never drawn.
 */
import { z } from 'zod'
import type { Random } from '../../core/random.js'
import { fnv64, remainder } from './fnv-64.js'
import { GrayZipfian } from './gray-zipfian.js'
import type { KeyDistribution } from './key-distribution.js'

/** YCSB's range has both ends. */
const INNER_ITEMS = 10_000_000_001
/** Of these; YCSB has it as a constant. */
const INNER_ZETA = 26.46902820178302
const MOST_EXPECTED = 1_000_000_000

const inner = new GrayZipfian(INNER_ITEMS, INNER_ZETA)

/** The item of `items`, at most 2^37, at `u`, a 53-bit number in [0, 1). */
export function scrambledItem(u: number, items: number): number {
  return remainder(fnv64(inner.at(u)), items)
}

export const ycsbZipfian: KeyDistribution<{ expected: number }> = {
  name: 'ycsb-zipfian',
  summary: "YCSB's scrambled zipfian, key by key: less skewed than its name says; expected: twice the inserts to come",
  options: z.strictObject({ expected: z.number().int().min(0).max(MOST_EXPECTED).default(0) }),
  create: (records, { expected }) => {
    const items = records.count + expected + 1
    const next = (random: Random): number => {
      for (;;) {
        const item = scrambledItem(random.float(), items)
        if (item < records.count) return item
      }
    }
    return { nextForRead: next, nextForWrite: next }
  },
}
