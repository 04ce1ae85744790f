/** `workload.keys`: the name of a key distribution, with the value of its one option in parentheses if it has any: `zipfian(0.99)`. */
import type { Catalog } from '../../catalog.js'
import type { CellPlugin } from '../cell.js'
import { notInThisVersion, type Section, suggestion } from '../file/section.js'
import { readCall } from './call.js'
import { LATER } from './later.js'
import { describeOption, optionNames } from './option-text.js'

const DEFAULT = 'zipfian'

export function readKeys(workload: Section, registry: Catalog['keyDistributions']): CellPlugin {
  const initial = { name: DEFAULT, options: registry.get(DEFAULT)?.options.parse({}) }
  const names = registry.names.join(', ')
  if (workload.value('keys')?.kind === 'mapping') {
    workload.complain('keys', `keys as a mapping (law, locality) is not in this version; it is one of ${names}`)
    return initial
  }
  const call = readCall(workload, 'keys', `one of ${names}`)
  if (call === undefined) return initial
  const { name, argument } = call
  const plugin = registry.get(name)
  if (plugin === undefined) {
    const isLater = LATER.keys.some((later) => later === name)
    const what = isLater
      ? notInThisVersion(name)
      : `There is no key distribution ${name}${suggestion(name, registry.names)}`
    workload.complain('keys', `${what}; keys is one of ${names}`)
    return initial
  }
  const [option] = optionNames(plugin.options)
  if (argument !== undefined && option === undefined) {
    workload.complain('keys', `${name} takes no argument`)
    return initial
  }
  const given = argument === undefined || option === undefined ? {} : { [option]: numberOf(argument) }
  const options = plugin.options.safeParse(given)
  if (options.success) return { name, options: options.data }
  const wanted = describeOption(plugin.options, option as string)
  workload.complain('keys', `${name} takes its ${option}, ${wanted}, not ${argument?.trim() || 'nothing'}`)
  return initial
}

/** NaN, which no schema takes, for what is not written as a number. */
function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}
