/**
 * What a read makes of values side by side. Sets and counters always merge into one, since an increment or an add needs one to start from;
 * registers stay side by side unless the last write is to win.
 *
 * - none, or `union`: sets merge by union, as Dynamo's shopping cart (DeCandia et al. 2007, section 4.4), so that an element which one
 *   write took out and another, concurrent, kept resurfaces; of counters the largest stays.
 * - `counter`: as that, but counters add up: every value knows the count that it was written upon, and what each added to its own goes on
 *   top of the largest of those. That is exact where siblings were written upon the same count; of what was added in several
 *   steps apart it keeps the last of each. Under version vectors without dots, where a value that was replaced may stay as a
 *   sibling, that one counts twice.
 * - `data-types`: counters and sets are CRDTs (data-types.ts), and join.
 * - a module: a user's own function (module-merge.ts).
 * - `last-write`: the value with the greatest (stamp, coordinator).
 */
import { assert } from '../../../core/assert.js'
import type { OperationId } from '../../../core/ids.js'
import type { UserModule } from '../../../core/user-modules.js'
import type { Value } from '../../../history/values.js'
import { valueOfJoined } from './data-types.js'
import { moduleMerge } from './module-merge.js'
import type { VersionOptions } from './options.js'
import { eachWriterOnce, latestOf, type Sibling } from './sibling.js'

/**
 * Of one sibling or more, in order. Two attempts of one operation, by coordinators that did not know of each other, are two siblings: both must go in, for each
 * was written upon a set or a count of its own, and what the two were written upon would go with the one left out.
 */
export type Merge = (siblings: readonly Sibling[]) => Value

export function mergeOf(merge: VersionOptions['merge']): Merge {
  if (merge === 'last-write') return (siblings) => latestOf(siblings).value
  if (typeof merge === 'object') return ofOneType(moduleMerge(merge as UserModule))
  if (merge === 'data-types') return ofOneType(byType(valueOfJoined, valueOfJoined))
  return ofOneType(merge === 'counter' ? byType(sumOfDeltas, unionOf) : byType(largestCount, unionOf))
}

/** A deletion beside counters or sets takes out nothing of what it has not seen, and one value needs no merging. */
function ofOneType(merge: Merge): Merge {
  return (siblings) => {
    const written = siblings.filter(({ value }) => typeof value !== 'number')
    const alike = written.length > 0 ? written : siblings
    return alike.length === 1 ? (alike[0] as Sibling).value : merge(alike)
  }
}

/** Registers stay side by side. */
function byType(mergeCounters: Merge, mergeSets: Merge): Merge {
  return (siblings) => {
    const [{ value }] = siblings as [Sibling]
    if (typeof value === 'number') return registerOf(siblings)
    return 'count' in value ? mergeCounters(siblings) : mergeSets(siblings)
  }
}

function registerOf(siblings: readonly Sibling[]): Value {
  const distinct = eachWriterOnce(siblings)
  return distinct.length === 1 ? (distinct[0] as Sibling).value : { ids: distinct.map(({ writer }) => writer) }
}

function unionOf(siblings: readonly Sibling[]): Value {
  const elements = new Set<OperationId>()
  for (const { value } of siblings) {
    assert(typeof value !== 'number' && 'elements' in value, 'a key keeps its type.')
    for (const element of value.elements) elements.add(element)
  }
  return { elements: [...elements].sort((left, right) => left - right) }
}

function largestCount(siblings: readonly Sibling[]): Value {
  return { count: siblings.reduce((most, sibling) => Math.max(most, countOf(sibling)), 0) }
}

function sumOfDeltas(siblings: readonly Sibling[]): Value {
  const base = siblings.reduce((most, sibling) => Math.max(most, sibling.base), 0)
  // What an operation adds it adds once, however many attempts it took.
  return { count: eachWriterOnce(siblings).reduce((sum, sibling) => sum + countOf(sibling) - sibling.base, base) }
}

function countOf({ value }: Sibling): number {
  assert(typeof value !== 'number' && 'count' in value, 'a key keeps its type.')
  return value.count
}
