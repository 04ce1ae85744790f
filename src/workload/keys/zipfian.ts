/**
 * The exact Zipf law: record i (from 0) with probability proportional to 1 / (i + 1)^theta, any theta >= 0, drawn in constant time from an alias
 * table (Walker 1977, Vose 1991). Unlike YCSB's formula it is no approximation. Tables depend on (records, theta)
 * alone and are shared.
 */
import { z } from 'zod'
import { power } from '../../core/mathematics.js'
import type { Random } from '../../core/random.js'
import type { KeyDistribution } from './key-distribution.js'

interface AliasTable {
  /** Below this many of 2^32 the column's own record is taken, else its alias. */
  readonly thresholds: Float64Array
  readonly aliases: Int32Array
}

const MOST_TABLES = 8
const tables = new Map<string, AliasTable>()

export const zipfian: KeyDistribution<{ theta: number }> = {
  name: 'zipfian',
  summary: 'record i with probability proportional to 1/i^theta, exactly',
  options: z.strictObject({ theta: z.number().min(0).max(10).default(0.99) }),
  create: (records, { theta }) => {
    const { thresholds, aliases } = tableOf(records, theta)
    const next = (random: Random): number => {
      const column = random.below(records)
      return random.next() < (thresholds[column] as number) ? column : (aliases[column] as number)
    }
    return { nextForRead: next, nextForWrite: next }
  },
}

function tableOf(records: number, theta: number): AliasTable {
  const name = `${records} ${theta}`
  const known = tables.get(name)
  if (known !== undefined) return known
  const table = build(records, theta)
  const [oldest] = tables.keys()
  if (tables.size >= MOST_TABLES && oldest !== undefined) tables.delete(oldest)
  tables.set(name, table)
  return table
}

function build(records: number, theta: number): AliasTable {
  const weights = Float64Array.from({ length: records }, (_, i) => power(i + 1, -theta))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const scaled = weights.map((weight) => (weight / total) * records)
  const thresholds = new Float64Array(records).fill(0x100000000)
  const aliases = Int32Array.from({ length: records }, (_, i) => i)
  const small: number[] = []
  const large: number[] = []
  for (let i = 0; i < records; i++) ((scaled[i] as number) < 1 ? small : large).push(i)
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop() as number
    const rich = large.at(-1) as number
    thresholds[poor] = Math.round((scaled[poor] as number) * 0x100000000)
    aliases[poor] = rich
    scaled[rich] = (scaled[rich] as number) - (1 - (scaled[poor] as number))
    if ((scaled[rich] as number) < 1) small.push(large.pop() as number)
  }
  return { thresholds, aliases }
}
