/**
 * `strategies`: each entry is a strategy with its options, and an option with a list where none belongs stands for several variants, one for
 * each combination. A variant's label tells every option that is not the default or that varies, so labels that are equal
 * are variants that are equal, and refused. What is impossible in this world is an error, or left out on request.
 */
import type { Catalog } from '../../catalog.js'
import { messageOf } from '../../core/errors.js'
import type { World } from '../../core/world.js'
import type { OperationName } from '../../history/operation-kinds.js'
import { ONE_ZONE, type Preset } from '../../presets/preset.js'
import type { CellPlugin, CellWorkload } from '../cell.js'
import { listed, type Reading, type Section } from '../file/section.js'
import type { Place } from '../file/source.js'
import { MOST_CELLS, productText } from '../limits.js'
import { type PluginEntry, readEntries } from './entries.js'
import { mappingDefaults, schemaOf } from './option-schema.js'
import { type Telling, toldOptions, valuesIn } from './option-text.js'
import { complainOfImpossible, type Given, parseOptions } from './options.js'
import { fixedOptions, givenBy, overridden, parsedOptions } from './preset-options.js'
import { emptyLists, variationCounts, variationsOf, variedPaths } from './variations.js'

export interface Variant extends CellPlugin {
  /** `quorum n=3 r=2 w=1`: every option that is not the default, or not the preset's, or that varies. */
  readonly label: string
  /** The preset that the options come from, but for those that the label tells. */
  readonly preset?: VariantPreset
}

/** What reports tell of a preset. */
export interface VariantPreset extends Pick<Preset, 'name' | 'system' | 'promises' | 'limits'> {
  /** Its options as texts: `hints={window: 3h}`. */
  readonly fixes: readonly string[]
}

export interface Circumstances {
  readonly operations: CellWorkload['operations']
  /** Unknown while the topology is wrong; then options are not checked against it. */
  readonly world: World | undefined
  readonly skipImpossible: boolean
  /** Where the values of axes stand: an option with one of them varies. */
  readonly axes: readonly Place[]
}

type Strategies = Catalog['strategies']
type StrategyEntry = PluginEntry<Strategies['all'][number]>

export function readVariants(
  root: Section,
  { strategies: registry, presets }: Pick<Catalog, 'strategies' | 'presets'>,
  circumstances: Circumstances,
): readonly Variant[] {
  const { problems } = root.reading
  const entries = readEntries(root, 'strategies', registry, presets)
  const labels = new Set<string>()
  const variants = entries.flatMap((entry) => {
    const found = variantsOf(root, entry, registry, circumstances)
    for (const { label } of found) {
      if (labels.has(label)) problems.add(entry.place, `${label} is listed twice`)
      labels.add(label)
    }
    return found
  })
  if (entries.length === 0 && problems.count === 0) {
    root.complain(
      'strategies',
      `strategies lists at least one of ${registry.names.join(', ')}, as in strategies: [quorum]`,
    )
  }
  return variants
}

function canDo({ operations }: Strategies['all'][number], operation: string): boolean {
  return operations.some((name) => name === operation)
}

function variantsOf(
  root: Section,
  entry: StrategyEntry,
  registry: Strategies,
  circumstances: Circumstances,
): readonly Variant[] {
  const { problems } = root.reading
  const { plugin, given, place } = entry
  const missing = Object.keys(circumstances.operations).filter((name) => !canDo(plugin, name))
  const able = registry.all.filter((other) => missing.every((name) => canDo(other, name)))
  const who = able.length === 0 ? '' : `; ${listed(able.map(({ name }) => name))} can`
  if (missing.length > 0) problems.add(place, `${plugin.name} cannot do ${listed(missing)}${who}`)
  const schema = schemaOf(plugin.options)
  for (const { name, list } of emptyLists(given, schema)) problems.add(list.place, `${name} lists no value`)
  const counts = variationCounts(given, schema)
  if (counts.reduce((product, count) => product * count, 1) > MOST_CELLS) {
    const product = productText(counts)
    problems.add(place, `These options make ${product} variants, and a run has at most ${MOST_CELLS} cells`)
    return []
  }
  const family = familyOf(entry, circumstances)
  return variationsOf(given, schema).flatMap((way) => variantAt(root, family, way, circumstances) ?? [])
}

function variantAt(
  { reading }: Section,
  { entry: { plugin, place, preset }, fixed, telling, told }: Family,
  over: Given,
  { operations, world, skipImpossible }: Circumstances,
): Variant | undefined {
  const { problems } = reading
  const given = overridden(fixed, over)
  const parsed = parseOptions(plugin, given, place, problems)
  if (parsed === undefined) return undefined
  const read = (option: string, file: string) => readBeside(reading, given.get(option)?.place ?? place, option, file)
  const options = plugin.withTexts?.(parsed, read) ?? parsed
  const refusals = Object.keys(operations).map((name) => plugin.refuses?.(options, name as OperationName))
  const impossible = (world && plugin.check?.(options, world)) ?? refusals.find((refusal) => refusal !== undefined)
  if (impossible !== undefined && skipImpossible) return undefined
  if (impossible !== undefined) complainOfImpossible(impossible, given, place, problems)
  const label = [preset?.preset.name ?? plugin.name, ...toldOptions(valuesIn(parsed), telling)].join(' ')
  return { name: plugin.name, options, label, ...(told === undefined ? {} : { preset: told }) }
}

/** The text of a file beside the workload file, or `undefined` after a complaint. */
function readBeside({ laws, problems }: Reading, place: Place, option: string, file: string): string | undefined {
  try {
    return laws.contents(file)
  } catch (thrown) {
    problems.add(place, `${option}: Cannot read ${JSON.stringify(file)}: ${messageOf(thrown)}`)
    return undefined
  }
}

/** What the variants of an entry have in common. */
interface Family {
  readonly entry: StrategyEntry
  /** What a preset says, if there is one. */
  readonly fixed: Given
  readonly telling: Telling
  readonly told: VariantPreset | undefined
}

function familyOf(entry: StrategyEntry, { world, axes }: Circumstances): Family {
  const { plugin, given, preset: used } = entry
  const schema = schemaOf(plugin.options)
  const written = used?.preset.options(world ?? ONE_ZONE) ?? {}
  const base = parsedOptions(plugin, written)
  const telling = { schema, base, defaults: mappingDefaults(plugin), varied: variedPaths(given, schema, axes) }
  if (used === undefined) return { entry, fixed: new Map(), telling, told: undefined }
  const { name, system, promises, limits } = used.preset
  const told = { name, system, fixes: fixedOptions(plugin, written), promises, limits }
  return { entry, fixed: givenBy(written, used.place), telling, told }
}
