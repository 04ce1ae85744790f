/** The lists `strategies` and `faults`: each entry is the name of a plug-in, or `{ name: options }`. */
import type { Plugin, Registry } from '../../core/plugin.js'
import { notInThisVersion, type Section, suggestion } from '../file/section.js'
import type { Place } from '../file/source.js'
import { describe, isEmpty, type Mapping, type Tree } from '../file/tree.js'
import { optionNames } from './option-text.js'
import type { Given } from './options.js'

export interface PluginEntry<P> {
  readonly plugin: P
  readonly given: Given
  readonly place: Place
}

/** The entries that can be read; `later` are names that are not in this version. */
export function readEntries<P extends Plugin<unknown>>(
  root: Section,
  key: string,
  registry: Registry<P>,
  later: readonly string[],
): readonly PluginEntry<P>[] {
  const list = root.value(key)
  if (isEmpty(list)) return []
  if (list.kind === 'list') return list.items.flatMap((item) => readEntry(root, key, item, registry, later) ?? [])
  root.complain(key, `${key} is a list of names or {name: options}, not ${describe(list)}`)
  return []
}

function readEntry<P extends Plugin<unknown>>(
  { reading: { problems } }: Section,
  key: string,
  item: Tree,
  registry: Registry<P>,
  later: readonly string[],
): PluginEntry<P> | undefined {
  const complain = (sentence: string): undefined => {
    problems.add(item.place, sentence)
    return undefined
  }
  const names = `the ${registry.kind} names are ${registry.names.join(', ')}`
  const name = nameOf(item)
  if (name === undefined) return complain(`An entry of ${key} is one name or {name: options}; ${names}`)
  const postponed = later.find((word) => (item.kind === 'mapping' ? item.entries.has(word) : word === name))
  if (postponed !== undefined) return complain(`${notInThisVersion(postponed)}; ${names}`)
  const plugin = registry.get(name)
  if (plugin === undefined)
    return complain(`There is no ${registry.kind} ${name}${suggestion(name, registry.names)}; ${names}`)
  const options = item.kind === 'mapping' ? item.entries.get(name)?.value : undefined
  if (isEmpty(options)) return { plugin, given: new Map(), place: item.place }
  if (options.kind !== 'mapping') {
    problems.add(options.place, `The options of ${name} are a mapping, not ${describe(options)}`)
    return undefined
  }
  const given = knownOptions(plugin, options, problems)
  return given && { plugin, given, place: item.place }
}

/** `undefined` for what is not one name. */
function nameOf(item: Tree): string | undefined {
  if (item.kind === 'leaf') return typeof item.value === 'string' && item.value !== '' ? item.value : undefined
  if (item.kind === 'list') return undefined
  const [name, another] = [...item.entries.keys()]
  return another === undefined || item.entries.has('preset') ? name : undefined
}

function knownOptions(
  plugin: Plugin<unknown>,
  { entries }: Mapping,
  problems: Section['reading']['problems'],
): Given | undefined {
  const allowed = optionNames(plugin.options)
  const unknown = [...entries].filter(([option]) => !allowed.includes(option))
  for (const [option, { key }] of unknown) {
    const sentence = `${plugin.name} has no option ${option}${suggestion(option, allowed)}`
    const options = allowed.length === 0 ? 'it has none' : `its options are ${allowed.join(', ')}`
    problems.add(key, `${sentence}; ${options}`)
  }
  return unknown.length > 0 ? undefined : new Map([...entries].map(([option, { value }]) => [option, value]))
}
