/**
 * The laws of delays, service times, sizes and counts: `laws` is the list of them, `compile` goes from text to what is drawn from. Tables
 * are immutable and depend on type and text alone, so all who name the same law share one; the cache is bounded,
 * the oldest goes first.
 */
import type { LawType } from './law.js'
import { parseLaw } from './parse.js'
import { QuantileTable } from './quantile-table.js'

export { laws } from './registry.js'

const MOST_TABLES = 64
const tables = new Map<string, QuantileTable>()

/** The table of the law that `text` says; throws `LawError`. */
export function compile(text: string, type: LawType): QuantileTable {
  const key = `${type} ${text}`
  const known = tables.get(key)
  if (known !== undefined) return known
  const table = QuantileTable.of(parseLaw(text, type))
  const [oldest] = tables.keys()
  if (tables.size >= MOST_TABLES) tables.delete(oldest)
  tables.set(key, table)
  return table
}
