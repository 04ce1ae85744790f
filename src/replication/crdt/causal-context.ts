/**
 * The dots that a replica has seen (Almeida, Shoker, Baquero 2018, section 7.2). A dot names one event of one writer, which is a replica during one
 * life of its disk: the writer and a counter from 1. What has been seen without a gap is a vector of counters; dots beyond a gap, which deltas
 * that overtake each other leave, stay in a cloud until the gap closes.
 *
 * Contexts are immutable and normal: the cloud is ascending and holds nothing that the vector covers or could absorb, so
 * equal sets of dots are equal contexts.
 */
import { assert } from '../../core/assert.js'
import type { WriterId } from '../../core/ids.js'

/** Writer and counter in one whole number, ascending by writer, then by counter. */
export type Dot = number

const COUNTERS = 0x100000000

export interface CausalContext {
  /** Counters 1 .. vector[writer] of each writer have been seen; beyond its length none. */
  readonly vector: readonly number[]
  readonly cloud: readonly Dot[]
}

export const EMPTY_CONTEXT: CausalContext = { vector: [], cloud: [] }

export function hasSeen(context: CausalContext, dot: Dot): boolean {
  return covers(context.vector, dot) || context.cloud.includes(dot)
}

/** A dot of `writer` that nobody has used: only that writer itself may ask, of a context that holds all dots it used. */
export function nextDot(context: CausalContext, writer: WriterId): Dot {
  const counter = (context.vector[writer] ?? 0) + 1
  assert(counter < COUNTERS, 'a writer uses fewer than 2^32 dots.')
  return writer * COUNTERS + counter
}

/** Numbers that tell it: a counter for each writer that has been seen, and the cloud. */
export function contextSize({ vector, cloud }: CausalContext): number {
  let size = cloud.length
  for (const counter of vector) if (counter > 0) size++
  return size
}

export function contextOf(dots: readonly Dot[]): CausalContext {
  return normalised([], dots)
}

/** All that either has seen. */
export function joinContexts(left: CausalContext, right: CausalContext): CausalContext {
  const [longer, shorter] = left.vector.length < right.vector.length ? [right, left] : [left, right]
  const vector = longer.vector.map((counter, writer) => Math.max(counter, shorter.vector[writer] ?? 0))
  return normalised(vector, [...left.cloud, ...right.cloud])
}

/** Takes over `vector`; moves into it those of `dots` that continue it and keeps the others. */
function normalised(vector: number[], dots: readonly Dot[]): CausalContext {
  const cloud: Dot[] = []
  for (const dot of [...dots].sort((left, right) => left - right)) {
    if (covers(vector, dot) || dot === cloud[cloud.length - 1]) continue
    if (continues(vector, dot)) advance(vector, dot)
    else cloud.push(dot)
  }
  return { vector, cloud }
}

const writerOf = (dot: Dot): WriterId => Math.floor(dot / COUNTERS)
const counterOf = (dot: Dot): number => dot % COUNTERS

function covers(vector: readonly number[], dot: Dot): boolean {
  return counterOf(dot) <= (vector[writerOf(dot)] ?? 0)
}

function continues(vector: readonly number[], dot: Dot): boolean {
  return counterOf(dot) === (vector[writerOf(dot)] ?? 0) + 1
}

function advance(vector: number[], dot: Dot): void {
  const writer = writerOf(dot)
  while (vector.length <= writer) vector.push(0)
  vector[writer] = counterOf(dot)
}
