/**
 * The exact Zipf law: record i (from 0) with probability proportional to 1 / (i + 1)^theta, any theta >= 0, drawn in constant time from an alias
 * table (Walker 1977, Vose 1991). Unlike YCSB's formula it is no approximation. Tables depend on (records, theta)
 * alone and are shared.
 *
 * Where records are inserted, the table has room for up to twice as many, and what lies beyond those that there are is drawn again: that is the law
 * over those that there are. The table doubles when they outgrow it, and a run without inserts draws once.
 */
import { z } from 'zod'
import { power } from '../../core/mathematics.js'
import type { Random } from '../../core/random.js'
import type { KeyDistribution } from './key-distribution.js'

/**
 * Of each column, side by side in one cache line: the threshold, below how many of 2^32 its own record is taken, and the alias, which is
 * taken else. A column that is its own record's alone has itself as the alias. Words of 32 bits, because draws go all over the table.
 */
type AliasTable = Uint32Array

const LARGEST_THRESHOLD = 0xffffffff

const MOST_TABLES = 8
const tables = new Map<string, AliasTable>()

export const zipfian: KeyDistribution<{ theta: number }> = {
  name: 'zipfian',
  summary: 'record i with probability proportional to 1/i^theta, exactly',
  options: z.strictObject({ theta: z.number().min(0).max(10).default(0.99) }),
  create: (records, { theta }) => {
    let capacity = records.count
    let table = tableOf(capacity, theta)
    const next = (random: Random): number => {
      const { count } = records
      if (count > capacity) {
        while (count > capacity) capacity *= 2
        table = tableOf(capacity, theta)
      }
      let record = drawFrom(table, capacity, random)
      while (record >= count) record = drawFrom(table, capacity, random)
      return record
    }
    return { nextForRead: next, nextForWrite: next }
  },
}

function drawFrom(table: AliasTable, columns: number, random: Random): number {
  const column = random.below(columns)
  return random.next() < (table[2 * column] as number) ? column : (table[2 * column + 1] as number)
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
  const table = new Uint32Array(2 * records).map((_, i) => (i % 2 === 0 ? LARGEST_THRESHOLD : (i - 1) / 2))
  const small: number[] = []
  const large: number[] = []
  for (let i = 0; i < records; i++) ((scaled[i] as number) < 1 ? small : large).push(i)
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop() as number
    const rich = large.at(-1) as number
    table[2 * poor] = Math.min(LARGEST_THRESHOLD, Math.round((scaled[poor] as number) * 0x100000000))
    table[2 * poor + 1] = rich
    scaled[rich] = (scaled[rich] as number) - (1 - (scaled[poor] as number))
    if ((scaled[rich] as number) < 1) small.push(large.pop() as number)
  }
  return table
}
