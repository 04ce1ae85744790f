/**
 * The same as concurrent.ts where writes carry contexts, which alone say what each has seen: of every origin's writes those up to a position.
 *
 * The acknowledged writes of a key form a chain for each origin. What a write has not seen of a chain is its end, from one position on;
 * whether all of that has seen the write is told by the least position, from there to the end of the chain, that contexts have
 * reached in the write's own chain. So each write is compared with every chain once, by a search and a look-up.
 */
import type { Key, OperationId } from '../core/ids.js'
import type { History } from '../history/history.js'
import type { VersionOrder } from './version-order.js'

/** The acknowledged writes of one origin, in its order. */
interface Chain {
  readonly origin: number
  readonly rows: readonly OperationId[]
  readonly positions: readonly number[]
  /** By chain, then by place here: the least that the context of a write at this place or a later one reaches of that chain. */
  readonly leastReached: readonly Float64Array[]
}

const NOTHING_SEEN = Number.NEGATIVE_INFINITY

/** How far a context reaches into the writes of an origin. */
export function reachOf(context: readonly number[] | undefined, origin: number): number {
  if (context === undefined) return NOTHING_SEEN
  for (let i = 0; i < context.length; i += 2) if (context[i] === origin) return context[i + 1] as number
  return NOTHING_SEEN
}

export class ConcurrentInContexts {
  /** 1 for each row that has one. */
  readonly marks: Uint8Array

  constructor(
    private readonly history: History,
    private readonly versions: VersionOrder,
    keys: number,
  ) {
    this.marks = new Uint8Array(history.count)
    for (let key = 0; key < keys; key++) this.markKey(key)
  }

  private markKey(key: Key): void {
    const { versions } = this
    const from = versions.starts[key] as number
    const to = versions.starts[key + 1] as number
    if (to - from < 2) return
    const chains = this.chainsOf(versions.rows.subarray(from, to))
    chains.forEach(({ rows }, own) => {
      rows.forEach((row, place) => {
        if (this.hasConcurrent(chains, own, place)) this.marks[row] = 1
      })
    })
  }

  private hasConcurrent(chains: readonly Chain[], own: number, place: number): boolean {
    const { rows, positions } = chains[own] as Chain
    const position = positions[place] as number
    const context = this.history.contexts.get(rows[place] as OperationId)
    return chains.some((chain, i) => {
      const unseen = firstAfter(chain.positions, reachOf(context, chain.origin))
      // Of its own origin's writes none before it can have seen it, and it has not missed itself.
      if (i === own && unseen < place) return true
      const others = i === own ? place + 1 : unseen
      return others < chain.rows.length && ((chain.leastReached[own] as Float64Array)[others] as number) < position
    })
  }

  private chainsOf(rows: Int32Array): readonly Chain[] {
    const { order, tie, contexts } = this.history
    const byOrigin = new Map<number, OperationId[]>()
    for (const row of rows) {
      const origin = tie[row] as number
      const chain = byOrigin.get(origin)
      if (chain === undefined) byOrigin.set(origin, [row])
      else chain.push(row)
    }
    const origins = [...byOrigin.keys()]
    return [...byOrigin].map(([origin, ofOrigin]) => ({
      origin,
      rows: ofOrigin,
      positions: ofOrigin.map((row) => order[row] as number),
      leastReached: origins.map((other) => leastFrom(ofOrigin.map((row) => reachOf(contexts.get(row), other)))),
    }))
  }
}

/** Of each place the least value from there to the end. */
function leastFrom(values: readonly number[]): Float64Array {
  const least = Float64Array.from(values)
  for (let i = least.length - 2; i >= 0; i--) least[i] = Math.min(least[i] as number, least[i + 1] as number)
  return least
}

/** The first place of ascending positions that is beyond one; their number if none is. */
function firstAfter(positions: readonly number[], position: number): number {
  let low = 0
  let high = positions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((positions[middle] as number) <= position) low = middle + 1
    else high = middle
  }
  return low
}
