/**
 * `workload.keys`: a key distribution with its options in parentheses if it has any, `zipfian(0.99)`; or a mapping of that law, the locality of
 * clients, and the records that the law is over.
 */
import type { Catalog } from '../../catalog.js'
import type { CellKeys, CellPlugin } from '../cell.js'
import { type Section, suggestion } from '../file/section.js'
import { readCall } from './call.js'
import { readCallOptions } from './call-options.js'

type Registry = Catalog['keyDistributions']

/** What decides whether records can have homes. */
export interface Homes {
  readonly records: number
  /** In which clients live; unknown while the topology is wrong. */
  readonly zones: number | undefined
}

const DEFAULT = 'zipfian'

export function readKeys(workload: Section, registry: Registry, homes: Homes): CellKeys {
  if (workload.value('keys')?.kind !== 'mapping')
    return { ...readLaw(workload, 'keys', registry), locality: null, among: 'all' }
  const keys = workload.section('keys')
  const read: CellKeys = {
    ...readLaw(keys, 'law', registry),
    locality: keys.has('locality') ? readLocality(keys, homes) : null,
    among: keys.choice('among', ['all', 'loaded'], 'all'),
  }
  keys.end()
  return read
}

function readLaw(section: Section, key: string, registry: Registry): CellPlugin {
  const initial = { name: DEFAULT, options: registry.get(DEFAULT)?.options.parse({}) }
  const names = registry.names.join(', ')
  const call = readCall(section, key, `one of ${names}`)
  if (call === undefined) return initial
  const { name } = call
  const plugin = registry.get(name)
  if (plugin === undefined) {
    const hint = suggestion(name, registry.names)
    section.complain(key, `There is no key distribution ${name}${hint}; ${key} is one of ${names}`)
    return initial
  }
  const options = readCallOptions(section, key, call, plugin)
  return options === undefined ? initial : { name, options }
}

function readLocality(keys: Section, { records, zones }: Homes): number {
  if (zones === 1)
    keys.complain('locality', 'locality: there is one zone that has clients, and all records are at home')
  else if (zones !== undefined && records < zones)
    keys.complain('locality', `locality: records is ${records}, too few for ${zones} zones to have one each`)
  return keys.percent('locality', 1)
}
