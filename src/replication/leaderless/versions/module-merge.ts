/**
 * `merge: { module: FILE }`: a user's own `merge(siblings)`. It is given siblings of one type, two or more, in the order in which their writers
 * began: registers as { id, time, deleted }, sets as { elements, time }, counters as { count, base, time }, where `time` is milliseconds of the
 * coordinator's clock and `base` the count that a counter's writer had read. It returns an id or several of those it was given, a
 * list of elements that some sibling has, or a count. Whatever else it returns is refused by the file's name.
 */
import { UserError } from '../../../core/errors.js'
import type { OperationId } from '../../../core/ids.js'
import { MILLISECOND } from '../../../core/units.js'
import { functionOf, type UserModule } from '../../../core/user-modules.js'
import type { Value } from '../../../history/values.js'
import type { Merge } from './merges.js'
import type { Sibling } from './sibling.js'

export function moduleMerge(module: UserModule): Merge {
  const merge = functionOf(module, 'merge')
  return (siblings) => {
    const merged = mergedValue(siblings, merge(siblings.map(told)))
    if (merged === undefined) throw new UserError(`${module.module}: merge returned what is no value of its siblings.`)
    return merged
  }
}

function told({ writer, value, stamp, base, isTombstone }: Sibling): unknown {
  const time = stamp / MILLISECOND
  if (typeof value === 'number' || 'ids' in value) return { id: writer, time, deleted: isTombstone }
  return 'count' in value ? { count: value.count, base, time } : { elements: [...value.elements], time }
}

/** What was returned, if it is of the siblings' type and made of what they have. */
function mergedValue(siblings: readonly Sibling[], returned: unknown): Value | undefined {
  const [{ value }] = siblings as [Sibling]
  if (typeof value === 'object' && 'count' in value) return isCount(returned) ? { count: returned } : undefined
  if (typeof value === 'object' && 'elements' in value) {
    const elements = idsAmong(returned, new Set(siblings.flatMap((sibling) => elementsOf(sibling))))
    return elements === undefined ? undefined : { elements }
  }
  const writers = new Set(siblings.map(({ writer }) => writer))
  const ids = idsAmong(typeof returned === 'number' ? [returned] : returned, writers)
  if (ids === undefined || ids.length === 0) return undefined
  return ids.length === 1 ? ids[0] : { ids }
}

function elementsOf({ value }: Sibling): readonly OperationId[] {
  return typeof value === 'object' && 'elements' in value ? value.elements : []
}

const isCount = (returned: unknown): returned is number => Number.isSafeInteger(returned) && (returned as number) >= 0

/** Ascending, each once; undefined if it is anything but a list of some of them. */
function idsAmong(returned: unknown, allowed: ReadonlySet<OperationId>): readonly OperationId[] | undefined {
  if (!Array.isArray(returned) || !returned.every((id) => allowed.has(id))) return undefined
  return [...new Set<OperationId>(returned)].sort((left, right) => left - right)
}
