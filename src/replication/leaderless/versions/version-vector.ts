/**
 * Version vectors (Parker et al. 1983; DeCandia et al. 2007, section 4.4): of each writer how many events are known, with the time of the
 * last of them. One descends another if it knows all that the other knows; two of which neither descends the other are
 * concurrent. Writers are the nodes that coordinate writes, so a vector has about as many entries as a key has replicas.
 *
 * Vectors are immutable, and their entries are ascending by writer. Beside a counter, which the algorithms go by, an entry has the stamp of
 * its last event: pruning goes by stamps, and the history names a writer's events by theirs, which increase as counters do.
 */
import type { Nanos, WriterId } from '../../../core/ids.js'
import type { PruneOptions } from './options.js'

export interface VectorEntry {
  readonly writer: WriterId
  readonly counter: number
  /** When its last event happened, in nanoseconds of the writer's clock. */
  readonly stamp: Nanos
}

export type VersionVector = readonly VectorEntry[]

export const EMPTY_VECTOR: VersionVector = []

/** Events of the writer that are known. */
export function counterIn(vector: VersionVector, writer: WriterId): number {
  for (const entry of vector) if (entry.writer === writer) return entry.counter
  return 0
}

/** Whether `left` knows all that `right` knows. */
export function descends(left: VersionVector, right: VersionVector): boolean {
  let l = 0
  for (const { writer, counter } of right) {
    while (l < left.length && (left[l] as VectorEntry).writer < writer) l++
    const entry = left[l]
    if (entry === undefined || entry.writer !== writer || entry.counter < counter) return false
  }
  return true
}

/** All that either knows. */
export function joinVectors(left: VersionVector, right: VersionVector): VersionVector {
  const joined: VectorEntry[] = []
  let l = 0
  let r = 0
  while (l < left.length || r < right.length) {
    const ours = left[l]
    const theirs = right[r]
    const writer = Math.min(ours?.writer ?? Number.POSITIVE_INFINITY, theirs?.writer ?? Number.POSITIVE_INFINITY)
    const mine = ours?.writer === writer ? ours : undefined
    const other = theirs?.writer === writer ? theirs : undefined
    joined.push(later(mine, other))
    if (mine !== undefined) l++
    if (other !== undefined) r++
  }
  return joined
}

/** With one more event of the writer. */
export function withEvent(vector: VersionVector, writer: WriterId, stamp: Nanos): VersionVector {
  const entry: VectorEntry = { writer, counter: counterIn(vector, writer) + 1, stamp }
  const place = vector.findIndex((other) => other.writer >= writer)
  if (place < 0) return [...vector, entry]
  const after = (vector[place] as VectorEntry).writer === writer ? place + 1 : place
  return [...vector.slice(0, place), entry, ...vector.slice(after)]
}

/**
 * As Riak cuts vectors short (vclock:prune): down to `small` entries at most, oldest first, as long as there are more than `big` or
 * the oldest is older than `old`; not at all while the oldest is younger than `young`. With small = big, young 0 and old without
 * end it is Dynamo's threshold. What is forgotten makes concurrent what was not, and a writer that is forgotten counts from 1 again.
 */
export function pruned(vector: VersionVector, now: Nanos, { small, big, young, old }: PruneOptions): VersionVector {
  if (vector.length <= small) return vector
  const byAge = [...vector].sort((left, right) => left.stamp - right.stamp || left.writer - right.writer)
  let dropped = 0
  while (byAge.length - dropped > small) {
    const age = now - (byAge[dropped] as VectorEntry).stamp
    if (age < young || (byAge.length - dropped <= big && age <= old)) break
    dropped++
  }
  return byAge.slice(dropped).sort((left, right) => left.writer - right.writer)
}

/** For the history: writer, stamp, writer, stamp … */
export function frontierOf(vector: VersionVector): readonly number[] {
  const frontier: number[] = []
  for (const { writer, stamp } of vector) frontier.push(writer, stamp)
  return frontier
}

/** The stamp of the last of all events; -Infinity if there is none. */
export function latestStamp(vector: VersionVector): Nanos {
  let latest = Number.NEGATIVE_INFINITY
  for (const { stamp } of vector) if (stamp > latest) latest = stamp
  return latest
}

function later(left: VectorEntry | undefined, right: VectorEntry | undefined): VectorEntry {
  if (left === undefined) return right as VectorEntry
  if (right === undefined) return left
  return right.counter > left.counter ? right : left
}
