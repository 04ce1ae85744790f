/**
 * PN-counter (Shapiro et al. 2011, section 3.1.3) with deltas (Almeida, Shoker, Baquero 2018): for each writer, which is a replica during one
 * life of its disk, the totals that it has added and subtracted, both only ever growing, each written by that writer alone.
 * Merging takes the greater of each, so states arriving twice, late or in any order do no harm; the value is the sum of the differences.
 *
 * States are immutable. A delta is a state with the new totals of one writer and nothing else.
 */
import type { WriterId } from '../../core/ids.js'

interface Tally {
  readonly added: number
  readonly subtracted: number
}

export type PnCounter = ReadonlyMap<WriterId, Tally>

export const EMPTY_COUNTER: PnCounter = new Map()

/** The delta of adding `amount`, which may be negative, by `writer`, whose state is `counter`. */
export function addToCounter(counter: PnCounter, writer: WriterId, amount: number): PnCounter {
  const { added, subtracted } = tallyOf(counter, writer)
  const tally = amount < 0 ? { added, subtracted: subtracted - amount } : { added: added + amount, subtracted }
  return new Map([[writer, tally]])
}

/** The least upper bound of two states. */
export function mergeCounters(left: PnCounter, right: PnCounter): PnCounter {
  const merged = new Map(left)
  for (const [writer, tally] of right) {
    const other = tallyOf(left, writer)
    merged.set(writer, {
      added: Math.max(tally.added, other.added),
      subtracted: Math.max(tally.subtracted, other.subtracted),
    })
  }
  return merged
}

export function countOf(counter: PnCounter): number {
  let count = 0
  for (const { added, subtracted } of counter.values()) count += added - subtracted
  return count
}

const NOTHING: Tally = { added: 0, subtracted: 0 }

function tallyOf(counter: PnCounter, writer: WriterId): Tally {
  return counter.get(writer) ?? NOTHING
}
