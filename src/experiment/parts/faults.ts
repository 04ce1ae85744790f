/** `faults`: what goes wrong in every cell, and when. */
import type { Catalog } from '../../catalog.js'
import type { World } from '../../core/world.js'
import type { CellPlugin } from '../cell.js'
import type { Section } from '../file/section.js'
import { type PluginEntry, readEntries } from './entries.js'
import { complainOfImpossible, parseOptions } from './options.js'

/** Without a world, which is not known while the topology is wrong, options are not checked against it. */
export function readFaults(
  root: Section,
  registry: Catalog['faults'],
  world: World | undefined,
): readonly CellPlugin[] {
  return readEntries(root, 'faults', registry).flatMap((entry) => readFault(root, entry, world) ?? [])
}

function readFault(
  { reading: { problems } }: Section,
  { plugin, given, place }: PluginEntry<Catalog['faults']['all'][number]>,
  world: World | undefined,
): CellPlugin | undefined {
  const options = parseOptions(plugin, given, place, problems)
  if (options === undefined) return undefined
  const impossible = world && plugin.check?.(options, world)
  if (impossible !== undefined) complainOfImpossible(impossible, given, place, problems)
  return { name: plugin.name, options }
}
