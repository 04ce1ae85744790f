/** `topology.preset`: a named topology with its options, which stand beside it. What it lays out, the rest of `topology` may override. */
import type { Catalog } from '../../catalog.js'
import type { Section } from '../file/section.js'
import { isEmpty, type Tree } from '../file/tree.js'
import { partNames, schemaOf } from './option-schema.js'
import { parseOptions } from './options.js'

type Topologies = Catalog['topologies']
type Topology = Topologies['all'][number]

export interface NamedLayout extends ReturnType<Topology['layOut']> {
  readonly topology: Topology
}

/** `undefined` without a preset, and after a complaint. */
export function readTopologyPreset(topology: Section, registry: Topologies): NamedLayout | undefined {
  const preset = registry.get(topology.choice('preset', registry.names, ''))
  const name = topology.value('preset')
  if (preset === undefined || isEmpty(name)) return undefined
  const given = new Map<string, Tree>()
  for (const option of partNames(schemaOf(preset.options)) ?? []) {
    const value = topology.value(option)
    if (value !== undefined) given.set(option, value)
  }
  const options = parseOptions(preset, given, name.place, topology.reading.problems)
  return options === undefined ? undefined : { ...preset.layOut(options), topology: preset }
}
