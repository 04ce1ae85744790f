/** The file at one point of its axes: every part read and checked together, every default filled in. */
import type { Catalog } from '../catalog.js'
import { SECOND } from '../core/units.js'
import type { World } from '../core/world.js'
import type { Cell, CellPhases, CellPlugin } from './cell.js'
import { type Reading, Section } from './file/section.js'
import type { Place } from './file/source.js'
import { shortened, type Tree } from './file/tree.js'
import { readClient } from './parts/client.js'
import { readFaults } from './parts/faults.js'
import { readSeeds } from './parts/seeds.js'
import { readTopology, type UsedPreset } from './parts/topology.js'
import { readVariants, type Variant } from './parts/variants.js'
import { readWorkload } from './parts/workload.js'
import { buildWorld } from './world.js'

/** What the cells of a point have in common. */
export interface PointSpec extends Pick<Cell, 'zones' | 'links' | 'client' | 'workload' | 'phases' | 'eventLimit'> {
  readonly variants: readonly Variant[]
  readonly faults: readonly CellPlugin[]
  readonly presets: readonly UsedPreset[]
}

/** What is one thing for the whole file, whatever the axes say. */
export interface FileHeader {
  readonly name: string
  readonly about: string
  readonly seeds: readonly number[]
}

export const MOST_EVENTS = 2 ** 52
const LONGEST_NAME = 100
const NAME = /^\w[\w.-]*$/

/** Complaints go to `reading.problems`; with any, what is returned is of no use. `axes` is where the values of axes stand. */
export function readPoint(
  tree: Tree,
  reading: Reading,
  catalog: Catalog,
  defaultName: string,
  axes: readonly Place[],
): PointSpec & FileHeader {
  const root = new Section(reading, tree, 'A workload file', tree.place)
  const header = readHeader(root, defaultName)
  const before = reading.problems.count
  const { zones, links, presets } = readTopology(root.section('topology'), root.section('node'), catalog)
  const clientZones = reading.problems.count === before ? zones.filter(({ clients }) => clients > 0).length : undefined
  const client = readClient(root.section('client'))
  const workload = readWorkload(root.section('workload'), catalog, clientZones)
  const phases = readPhases(root)
  const eventLimit = root.whole('event-limit', 1_000_000_000, 1, MOST_EVENTS)
  const skipImpossible = root.flag('skip-impossible')
  const place = { zones, links, client, workload }
  const world: World | undefined = reading.problems.count === before ? buildWorld(place) : undefined
  const circumstances = { operations: workload.operations, world, skipImpossible, axes }
  const variants = readVariants(root, catalog, circumstances)
  const faults = readFaults(root, catalog.faults, world)
  root.value('axes')
  root.value('gates')
  root.end()
  const used = [...presets, ...strategyPresets(variants, catalog)]
  return { ...header, ...place, phases, eventLimit, variants, faults, presets: used }
}

/** Presets with one source are told together. */
function strategyPresets(variants: readonly Variant[], { presets }: Catalog): readonly UsedPreset[] {
  const names = new Set(variants.flatMap(({ preset }) => preset?.name ?? []))
  const used = presets.all.filter(({ name }) => names.has(name))
  return [...new Set(used.map(({ source }) => source))].map((source) => {
    const own = used.filter((preset) => preset.source === source).map(({ name }) => name)
    return { kind: own.length > 1 ? `${presets.kind}s` : presets.kind, name: own.join(', '), source }
  })
}

function readHeader(root: Section, defaultName: string): FileHeader {
  const name = root.text('name', defaultName)
  if (name.length > LONGEST_NAME || !NAME.test(name)) {
    root.complain(
      'name',
      `name is up to ${LONGEST_NAME} letters, digits, dots, dashes and underscores, beginning with a letter or digit, not ${JSON.stringify(shortened(name))}`,
    )
  }
  return { name, about: root.text('about', ''), seeds: readSeeds(root) }
}

function readPhases(root: Section): CellPhases {
  return {
    warmup: root.duration('warmup', 2 * SECOND),
    duration: root.duration('duration', 20 * SECOND, 1),
    settle: root.duration('settle', 60 * SECOND),
  }
}
