/** The options of a preset as if they stood in the file where its name does, and what an entry says beside the name on top of them, key by key. */
import { assert } from '../../core/assert.js'
import type { Plugin } from '../../core/plugin.js'
import type { Place } from '../file/source.js'
import type { Entry, Mapping, Tree } from '../file/tree.js'
import { mappingDefaults, schemaOf } from './option-schema.js'
import { toldOptions, type Values, valuesIn } from './option-text.js'
import type { Given } from './options.js'

export function givenBy(options: object, place: Place): Given {
  return new Map([...entriesOf(options, place)].map(([name, { value }]) => [name, value]))
}

/** The options with these written and no other. */
export function parsedOptions({ options }: Plugin<unknown>, written: object): Values {
  return valuesIn(options.safeParse(written).data)
}

/** What a preset has written, whether it is the default or not, as a person would: `hints={window: 3h}`. */
export function fixedOptions(plugin: Plugin<unknown>, written: object): readonly string[] {
  const telling = {
    schema: schemaOf(plugin.options),
    base: parsedOptions(plugin, {}),
    defaults: mappingDefaults(plugin),
  }
  return toldOptions(parsedOptions(plugin, written), { ...telling, varied: new Set(pathsIn(written)) })
}

function pathsIn(written: object): readonly string[] {
  return Object.entries(written).flatMap(([name, value]) =>
    typeof value === 'object' ? [name, ...pathsIn(value).map((path) => `${name}.${path}`)] : [name],
  )
}

/** `over` goes before `base`; of two mappings key by key. */
export function overridden(base: Given, over: Given): Given {
  const all = new Map(base)
  for (const [name, tree] of over) all.set(name, merged(base.get(name), tree))
  return all
}

function merged(base: Tree | undefined, over: Tree): Tree {
  if (base?.kind !== 'mapping' || over.kind !== 'mapping') return over
  const entries = new Map<string, Entry>(base.entries)
  for (const [name, { key, value }] of over.entries)
    entries.set(name, { key, value: merged(base.entries.get(name)?.value, value) })
  return { ...over, entries }
}

function entriesOf(options: object, place: Place): ReadonlyMap<string, Entry> {
  return new Map(Object.entries(options).map(([name, value]) => [name, { key: place, value: treeOf(value, place) }]))
}

function treeOf(value: unknown, place: Place): Tree {
  if (typeof value === 'object' && value !== null) return mappingOf(value, place)
  const isLeaf = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  assert(isLeaf, 'options of presets are words, numbers and mappings.')
  return { kind: 'leaf', value, place }
}

const mappingOf = (value: object, place: Place): Mapping => ({
  kind: 'mapping',
  entries: entriesOf(value, place),
  place,
})
