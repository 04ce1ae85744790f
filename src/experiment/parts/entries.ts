/**
 * The lists `strategies` and `faults`: each entry is the name of a plug-in, or `{ name: options }`, or, of a strategy, `{ preset: name }` with options
 * beside it that go before the preset's. A list of presets is an entry for each.
 */
import type { Plugin, Registry } from '../../core/plugin.js'
import type { Preset } from '../../presets/preset.js'
import { type Section, suggestion } from '../file/section.js'
import type { Place } from '../file/source.js'
import { describe, isEmpty, type Mapping, type Tree } from '../file/tree.js'
import { partNames, schemaOf } from './option-schema.js'
import { type Given, givenIn, hasUnknown } from './options.js'

export interface PluginEntry<P> {
  readonly plugin: P
  /** What the entry says itself. */
  readonly given: Given
  readonly place: Place
  readonly preset?: UsedPreset
}

/** A preset, and where its name stands. */
export interface UsedPreset {
  readonly preset: Preset
  readonly place: Place
}

/** What entries of one key may name. */
interface Names<P> {
  readonly plugins: Registry<P & Plugin<unknown>>
  readonly presets?: Registry<Preset>
}

/** The entries that can be read. */
export function readEntries<P extends Plugin<unknown>>(
  root: Section,
  key: string,
  plugins: Registry<P>,
  presets?: Registry<Preset>,
): readonly PluginEntry<P>[] {
  const list = root.value(key)
  if (isEmpty(list)) return []
  const reader = new EntryReader(root, key, presets === undefined ? { plugins } : { plugins, presets })
  if (list.kind === 'list') return list.items.flatMap((item) => reader.read(item))
  root.complain(key, `${key} is a list of names or {name: options}, not ${describe(list)}`)
  return []
}

const NONE: readonly never[] = []

class EntryReader<P extends Plugin<unknown>> {
  constructor(
    private readonly root: Section,
    private readonly key: string,
    private readonly names: Names<P>,
  ) {}

  read(item: Tree): readonly PluginEntry<P>[] {
    const { plugins, presets } = this.names
    if (presets !== undefined && item.kind === 'mapping' && item.entries.has('preset'))
      return this.readPresets(item, presets)
    const names = `the ${plugins.kind} names are ${plugins.names.join(', ')}`
    const name = nameOf(item)
    if (name === undefined)
      return this.complain(item.place, `An entry of ${this.key} is one name or {name: options}; ${names}`)
    const plugin = plugins.get(name)
    if (plugin === undefined) return this.complain(item.place, `${this.unknown(name)}; ${names}`)
    const options = item.kind === 'mapping' ? item.entries.get(name)?.value : undefined
    if (isEmpty(options)) return [{ plugin, given: new Map(), place: item.place }]
    if (options.kind !== 'mapping')
      return this.complain(options.place, `The options of ${name} are a mapping, not ${describe(options)}`)
    return this.isKnown(name, plugin, options) ? [{ plugin, given: givenIn(options), place: item.place }] : NONE
  }

  private readPresets(item: Mapping, presets: Registry<Preset>): readonly PluginEntry<P>[] {
    const named = item.entries.get('preset')?.value as Tree
    const overrides: Mapping = { ...item, entries: new Map([...item.entries].filter(([key]) => key !== 'preset')) }
    const leaves = named.kind === 'list' ? named.items : [named]
    return leaves.flatMap((leaf) => this.readPreset(leaf, overrides, presets))
  }

  private readPreset(named: Tree, overrides: Mapping, presets: Registry<Preset>): readonly PluginEntry<P>[] {
    const name = named.kind === 'leaf' ? String(named.value ?? '') : ''
    const preset = presets.get(name)
    if (preset === undefined) {
      const sentence = name === '' ? `preset is a name, not ${describe(named)}` : `There is no preset ${name}`
      const names = `the presets are ${presets.names.join(', ')}`
      return this.complain(named.place, `${sentence}${suggestion(name, presets.names)}; ${names}`)
    }
    const plugin = this.names.plugins.get(preset.strategy) as P
    if (!this.isKnown(name, plugin, overrides)) return NONE
    return [{ plugin, given: givenIn(overrides), place: overrides.place, preset: { preset, place: named.place } }]
  }

  /** A preset is not called like a strategy, and some will. */
  private unknown(name: string): string {
    const { plugins, presets } = this.names
    if (presets?.get(name) !== undefined) return `${name} is a preset: write { preset: ${name} }`
    return `There is no ${plugins.kind} ${name}${suggestion(name, plugins.names)}`
  }

  private isKnown(name: string, plugin: Plugin<unknown>, { entries }: Mapping): boolean {
    const keys = [...entries].map(([option, { key }]) => [option, key] as const)
    return !hasUnknown(name, keys, partNames(schemaOf(plugin.options)) ?? [], this.root.reading.problems)
  }

  private complain(place: Place, sentence: string): readonly never[] {
    this.root.reading.problems.add(place, sentence)
    return NONE
  }
}

/** `undefined` for what is not one name. */
function nameOf(item: Tree): string | undefined {
  if (item.kind === 'leaf') return typeof item.value === 'string' && item.value !== '' ? item.value : undefined
  if (item.kind === 'list') return undefined
  const [name, another] = [...item.entries.keys()]
  return another === undefined ? name : undefined
}
