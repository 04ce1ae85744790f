/** `workload.keys`: the name of a key distribution, with its options in parentheses if it has any: `zipfian(0.99)`. */
import type { Catalog } from '../../catalog.js'
import type { CellKeys } from '../cell.js'
import { notInThisVersion, type Section, suggestion } from '../file/section.js'
import { readCall } from './call.js'
import { readCallOptions } from './call-options.js'
import { LATER } from './later.js'

const DEFAULT = 'zipfian'

export function readKeys(workload: Section, registry: Catalog['keyDistributions']): CellKeys {
  const plain = { locality: null, among: 'all' } as const
  const initial = { name: DEFAULT, options: registry.get(DEFAULT)?.options.parse({}), ...plain }
  const names = registry.names.join(', ')
  if (workload.value('keys')?.kind === 'mapping') {
    workload.complain('keys', `keys as a mapping (law, locality) is not in this version; it is one of ${names}`)
    return initial
  }
  const call = readCall(workload, 'keys', `one of ${names}`)
  if (call === undefined) return initial
  const { name } = call
  const plugin = registry.get(name)
  if (plugin === undefined) {
    const isLater = LATER.keys.some((later) => later === name)
    const what = isLater
      ? notInThisVersion(name)
      : `There is no key distribution ${name}${suggestion(name, registry.names)}`
    workload.complain('keys', `${what}; keys is one of ${names}`)
    return initial
  }
  const options = readCallOptions(workload, 'keys', call, plugin)
  return options === undefined ? initial : { name, options, ...plain }
}
