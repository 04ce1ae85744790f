/** `quorate list`: what is registered, straight from the registries. */
import { catalog } from '../catalog.js'
import { UserError } from '../core/errors.js'
import { measureInfos } from '../measures/index.js'

interface Entry {
  readonly name: string
  readonly summary: string
}

export function list(kind: string | undefined): string {
  const lists: Readonly<Record<string, readonly Entry[]>> = {
    strategies: catalog.strategies.all,
    faults: catalog.faults.all,
    keys: catalog.keyDistributions.all,
    laws: catalog.laws.all,
    measures: measureInfos,
  }
  const kinds = kind === undefined ? Object.keys(lists) : [kind]
  return kinds.map((name) => block(name, lists[name], Object.keys(lists))).join('\n')
}

function block(name: string, entries: readonly Entry[] | undefined, kinds: readonly string[]): string {
  if (entries === undefined) throw new UserError(`There is no list ${name}; there are ${kinds.join(', ')}.`)
  const width = Math.max(...entries.map((entry) => entry.name.length))
  return `${name}\n${entries.map((entry) => `  ${entry.name.padEnd(width)}  ${entry.summary}\n`).join('')}`
}
