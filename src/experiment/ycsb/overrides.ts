/**
 * Keys that stand for a properties file, under those that the workload file writes out. What is written out wins: `fields` key by key, because
 * each of them comes from a property of its own, every other key as a whole.
 */
import type { Entry, Tree } from '../file/tree.js'

export type Entries = ReadonlyMap<string, Entry>
type KeyedEntries = readonly (readonly [string, Entry])[]

export function overridden(implied: Entries, written: Entries): Entries {
  const entries = new Map(implied)
  for (const [key, entry] of written) {
    const before = implied.get(key)
    entries.set(key, before === undefined ? entry : { ...entry, value: combined(key, before.value, entry.value) })
  }
  return entries
}

function combined(key: string, implied: Tree, written: Tree): Tree {
  if (key !== 'fields' || implied.kind !== 'mapping' || written.kind !== 'mapping') return written
  return { ...written, entries: overridden(implied.entries, written.entries) }
}

/** What is taken and what is not, as phrases for people. */
export function accountOf(implied: KeyedEntries, written: Entries): readonly string[] {
  const taken = textOfEntries(implied.filter(([key]) => !written.has(key)))
  const left = textOfEntries(implied.filter(([key]) => written.has(key)))
  return [`taken from it are ${taken}`, ...(left === '' ? [] : [`overridden are ${left}`])]
}

/** As YAML in its flow style. */
function textOf(tree: Tree): string {
  if (tree.kind === 'leaf') return String(tree.value)
  return tree.kind === 'list' ? `[${tree.items.map(textOf).join(', ')}]` : `{ ${textOfEntries([...tree.entries])} }`
}

function textOfEntries(entries: KeyedEntries): string {
  return entries.map(([key, { value }]) => `${key}: ${textOf(value)}`).join(', ')
}
