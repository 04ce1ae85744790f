/**
 * `strategies`: each entry is a strategy with its options, and an option with a list where none belongs stands for several variants, one for
 * each combination. A variant's label tells every option that is not the default or that varies, so labels that are equal
 * are variants that are equal, and refused. What is impossible in this world is an error, or left out on request.
 */
import type { Catalog } from '../../catalog.js'
import type { World } from '../../core/world.js'
import type { OperationName } from '../../history/operation-kinds.js'
import type { CellPlugin, CellWorkload } from '../cell.js'
import { listed, type Section } from '../file/section.js'
import { isInside, type Place } from '../file/source.js'
import type { Tree } from '../file/tree.js'
import { MOST_CELLS, productText } from '../limits.js'
import { type PluginEntry, readEntries } from './entries.js'
import { LATER } from './later.js'
import { takesList } from './option-text.js'
import { complainOfImpossible, type Given, parseOptions } from './options.js'

export interface Variant extends CellPlugin {
  /** `quorum n=3 r=2 w=1`: every option that is not the default or that varies. */
  readonly label: string
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

export function readVariants(root: Section, registry: Strategies, circumstances: Circumstances): readonly Variant[] {
  const { problems } = root.reading
  const entries = readEntries(root, 'strategies', registry, LATER.strategies)
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
  const lists = [...given].flatMap(([option, tree]) =>
    tree.kind === 'list' && !takesList(plugin.options, option) ? [{ option, list: tree }] : [],
  )
  for (const { option, list } of lists)
    if (list.items.length === 0) problems.add(list.place, `${option} lists no value`)
  const count = lists.reduce((product, { list }) => product * list.items.length, 1)
  if (count > MOST_CELLS) {
    const product = productText(lists.map(({ list }) => list.items.length))
    problems.add(place, `These options make ${product} variants, and a run has at most ${MOST_CELLS} cells`)
    return []
  }
  const varied = new Set(lists.map(({ option }) => option))
  for (const [option, { place }] of given)
    if (circumstances.axes.some((axis) => isInside(place, axis))) varied.add(option)
  return combinations(given, lists).flatMap((point) => variantAt(root, entry, point, varied, circumstances) ?? [])
}

/** All ways to take one value of each list, the last option varying fastest. */
function combinations(
  given: Given,
  lists: readonly { readonly option: string; readonly list: { readonly items: readonly Tree[] } }[],
): readonly Given[] {
  let points: readonly Given[] = [given]
  for (const { option, list } of lists) {
    points = points.flatMap((point) => list.items.map((value) => new Map([...point, [option, value]])))
  }
  return points
}

function variantAt(
  { reading: { problems } }: Section,
  { plugin, place }: StrategyEntry,
  given: Given,
  varied: ReadonlySet<string>,
  { operations, world, skipImpossible }: Circumstances,
): Variant | undefined {
  const options = parseOptions(plugin, given, place, problems)
  if (options === undefined) return undefined
  const refusals = Object.keys(operations).map((name) => plugin.refuses?.(options, name as OperationName))
  const impossible = (world && plugin.check?.(options, world)) ?? refusals.find((refusal) => refusal !== undefined)
  if (impossible !== undefined && skipImpossible) return undefined
  if (impossible !== undefined) complainOfImpossible(impossible, given, place, problems)
  const defaults = plainOptions(plugin.options.safeParse({}).data)
  const told = Object.entries(plainOptions(options)).filter(
    ([option, value]) => value !== undefined && (varied.has(option) || value !== defaults[option]),
  )
  return { name: plugin.name, options, label: [plugin.name, ...told.map(([o, value]) => `${o}=${value}`)].join(' ') }
}

const plainOptions = (options: unknown): Readonly<Record<string, unknown>> => ({ ...(options as object | undefined) })
