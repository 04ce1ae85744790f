/** `quorate list`: what is registered, straight from the registries. */
import { catalog } from '../catalog.js'
import { didYouMean } from '../core/did-you-mean.js'
import { UserError } from '../core/errors.js'
import { measureInfos } from '../measures/index.js'

interface Entry {
  readonly name: string
  readonly summary: string
}

type Lists = Readonly<Record<string, readonly Entry[]>>

const LISTS: Lists = {
  strategies: catalog.strategies.all,
  faults: catalog.faults.all,
  keys: catalog.keyDistributions.all,
  laws: catalog.laws.all,
  measures: measureInfos,
}

export const LIST_KINDS: readonly string[] = Object.keys(LISTS)

/** The text for standard output; of one kind, or of all. */
export function list(kind: string | undefined, format: string): string {
  const kinds = kind === undefined ? LIST_KINDS : [known(kind)]
  const chosen = kinds.map((name) => [name, LISTS[name] as readonly Entry[]] as const)
  if (format === 'json')
    return `${JSON.stringify(Object.fromEntries(chosen.map(([name, all]) => [name, all.map(plainEntry)])))}\n`
  return chosen.map(([name, entries]) => block(name, entries)).join('\n')
}

function known(kind: string): string {
  if (LIST_KINDS.includes(kind)) return kind
  const guess = didYouMean(kind, LIST_KINDS)
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`
  throw new UserError(`There is no list ${kind}${hint}; there are ${LIST_KINDS.join(', ')}.`)
}

/** Measures have a unit and an orientation besides. */
function plainEntry(entry: Entry & { readonly unit?: string; readonly better?: string }): Record<string, string> {
  const { name, summary, unit, better } = entry
  return unit === undefined || better === undefined ? { name, summary } : { name, summary, unit, better }
}

function block(name: string, entries: readonly Entry[]): string {
  const width = Math.max(...entries.map((entry) => entry.name.length))
  return `${name}\n${entries.map((entry) => `  ${entry.name.padEnd(width)}  ${entry.summary}\n`).join('')}`
}
