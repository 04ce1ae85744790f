/**
 * Dotted version vector sets (Almeida, Baquero, Gonçalves, Preguiça, Fonte 2014; their dvvset.erl): a version vector that also tells of each value
 * kept side by side which event wrote it. An entry (writer, n, values) says that events 1 .. n of the writer are known, and the
 * values of the newest ones, newest first, are still there. So a write replaces exactly what its context knew, and a value
 * that another replica replaced is told from one that it has not met.
 *
 * Sets are immutable, and their entries ascending by writer. Left out: anonymous values, which in dvvset.erl a client's value is until
 * its coordinator gives it a dot; `update` takes the value as it is.
 */
import type { Nanos, WriterId } from '../../../core/ids.js'
import type { VectorEntry, VersionVector } from './version-vector.js'

export interface DottedEntry<V> extends VectorEntry {
  readonly values: readonly V[]
}

export type DottedSet<V> = readonly DottedEntry<V>[]

const NO_VALUES: readonly never[] = []

/** Knows what the vector knows, and has no values. */
export function knowing<V>(vector: VersionVector): DottedSet<V> {
  return vector.map(({ writer, counter, stamp }) => ({ writer, counter, stamp, values: NO_VALUES }))
}

/** What it knows. */
export function vectorOf<V>(set: DottedSet<V>): VersionVector {
  return set.map(({ writer, counter, stamp }) => ({ writer, counter, stamp }))
}

export function valuesIn<V>(set: DottedSet<V>): readonly V[] {
  return set.flatMap(({ values }) => values)
}

/** What both know and have: `left` itself if `right` adds nothing to it and takes nothing from it, else `right` if that is so. */
export function synchronized<V>(left: DottedSet<V>, right: DottedSet<V>): DottedSet<V> {
  if (left === right) return left
  const joined: DottedEntry<V>[] = []
  let l = 0
  let r = 0
  while (l < left.length || r < right.length) {
    const ours = left[l]
    const theirs = right[r]
    const writer = Math.min(ours?.writer ?? Number.POSITIVE_INFINITY, theirs?.writer ?? Number.POSITIVE_INFINITY)
    const mine = ours?.writer === writer ? ours : undefined
    const other = theirs?.writer === writer ? theirs : undefined
    joined.push(synchronizedEntry(mine, other))
    if (mine !== undefined) l++
    if (other !== undefined) r++
  }
  if (isMadeOf(joined, left)) return left
  return isMadeOf(joined, right) ? right : joined
}

/** With one more event of the writer, which wrote the value. */
export function withValue<V>(set: DottedSet<V>, writer: WriterId, value: V, stamp: Nanos): DottedSet<V> {
  const place = set.findIndex((entry) => entry.writer >= writer)
  const at = place < 0 ? set.length : place
  const former = set[at]
  if (former === undefined || former.writer !== writer) {
    return [...set.slice(0, at), { writer, counter: 1, stamp, values: [value] }, ...set.slice(at)]
  }
  const entry = { writer, counter: former.counter + 1, stamp, values: [value, ...former.values] }
  return [...set.slice(0, at), entry, ...set.slice(at + 1)]
}

/** What the writer holds, whose copy was `local`, after a write of the value by a client that knew `context`. */
export function updated<V>(
  context: VersionVector,
  local: DottedSet<V>,
  writer: WriterId,
  value: V,
  stamp: Nanos,
): DottedSet<V> {
  return withValue(synchronized(knowing<V>(context), local), writer, value, stamp)
}

/** Of one writer's values each keeps those newer than what the other knows, and of what both know those that both have. */
function synchronizedEntry<V>(left: DottedEntry<V> | undefined, right: DottedEntry<V> | undefined): DottedEntry<V> {
  if (left === undefined) return right as DottedEntry<V>
  if (right === undefined) return left
  const [newer, older] = left.counter >= right.counter ? [left, right] : [right, left]
  const replacedUpTo = older.counter - older.values.length
  if (newer.counter - newer.values.length >= replacedUpTo) return newer
  const { writer, counter, stamp, values } = newer
  return { writer, counter, stamp, values: values.slice(0, counter - replacedUpTo) }
}

function isMadeOf<V>(joined: DottedSet<V>, set: DottedSet<V>): boolean {
  return (
    joined.length === set.length &&
    joined.every((entry, i) => {
      const other = set[i] as DottedEntry<V>
      return entry === other || (entry.counter === other.counter && entry.values.length === other.values.length)
    })
  )
}
