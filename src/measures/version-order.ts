/**
 * The acknowledged writes of every key in the store's version order, ready to be asked what a read missed.
 *
 * A key's writes form chains, stretches of positions in which every later version is after every earlier one. Three
 * rules (DESIGN.md, "Stale"): a total order is one chain by (order, tie); under a partial order each origin's log is a chain, and a
 * read's frontier says how far it has seen each; where a store says nothing of its order, invocations make one chain, and a read
 * has missed what was invoked after the write that it returned was acknowledged.
 *
 * What a read missed is then the end of each chain, from one position on, as far as it was acknowledged when the read was invoked; the
 * suffix minimum of the acknowledgement times tells whether there is any, and the oldest. Left out: writes that were
 * destroyed with the last disk that held them, which nobody can miss.
 */
import type { OperationId } from '../core/ids.js'
import { INITIAL } from '../core/ids.js'
import type { History } from '../history/history.js'
import type { OperationKind } from '../history/operation-kinds.js'
import { OK } from '../history/outcomes.js'
import { groupByKey } from './key-groups.js'
import { MergeSort } from './merge-sort.js'

const TOTAL = 0
const PARTIAL = 1
const UNKNOWN = 2

const EVERYTHING_IS_AFTER = Number.NEGATIVE_INFINITY
const NOTHING_IS_AFTER = Number.POSITIVE_INFINITY
const NO_FRONTIER: readonly number[] = []

export class VersionOrder {
  /** The writes of key k stand at positions starts[k] .. starts[k + 1] - 1. */
  readonly starts: Int32Array
  /** Writes of the key with the most. */
  readonly largest: number
  /** The write at a position. */
  readonly rows: Int32Array
  /** When it was acknowledged. */
  readonly acknowledged: Float64Array
  /** The earliest acknowledgement from a position to the end of its chain. */
  readonly earliestFrom: Float64Array
  /** What the latest `locate` found: the read missed positions missedFrom[i] .. missedTo[i] - 1, once acknowledged. */
  readonly missedFrom: number[] = []
  readonly missedTo: number[] = []

  private readonly rule: Uint8Array
  private readonly frontierOf: (readonly number[] | undefined)[]
  /** The version at a position; which columns of the history these are depends on the rule. */
  private readonly first: Float64Array
  private readonly second: Float64Array
  private readonly chainEnd: Int32Array

  /** `writes` are acknowledged writes by id; `isPartial` says of a kind of write whether its versions are ordered in part. */
  constructor(
    private readonly history: History,
    writes: Int32Array,
    keys: number,
    isPartial: (kind: OperationKind) => boolean,
  ) {
    this.frontierOf = frontiersByRow(history)
    this.rule = rulesOf(history, writes, keys, isPartial)
    const groups = groupByKey(writes, history.key, keys)
    this.starts = groups.starts
    this.largest = groups.largest
    this.rows = new Int32Array(writes.length)
    this.acknowledged = new Float64Array(writes.length)
    this.earliestFrom = new Float64Array(writes.length)
    this.first = new Float64Array(writes.length)
    this.second = new Float64Array(writes.length)
    this.chainEnd = new Int32Array(writes.length)
    for (let i = 0; i < writes.length; i++) this.put(writes[i] as number, groups.places[i] as number)
    const sorter = new MergeSort(this.largest)
    for (let key = 0; key < keys; key++) this.arrange(key, sorter)
  }

  /** Whether of two versions of the key the later replaces the earlier. */
  isTotal(key: number): boolean {
    return this.rule[key] === TOTAL
  }

  /** One more than the last position of the chain that a position belongs to. */
  chainEndAt(position: number): number {
    return this.chainEnd[position] as number
  }

  /** Of a key whose order is partial, the last position of an origin's chain that is within `reach`; -1 if none is. */
  lastWithin(key: number, origin: number, reach: number): number {
    const start = this.starts[key] as number
    const last = this.upperBound(start, this.starts[key + 1] as number, origin, reach) - 1
    return last >= start && this.first[last] === origin ? last : -1
  }

  /**
   * The version that a successful read returned, to be handed to `locate` together with `returnedSecond`; NaN if
   * nothing can be said of it.
   */
  returnedFirst(read: OperationId): number {
    const { order, observed, outcome, completed, key } = this.history
    const rule = this.rule[key[read] as number]
    const returned = observed[read] as number
    const hasOrder = !Number.isNaN(order[read] as number)
    if (rule === PARTIAL) {
      const foundNothing = returned === INITIAL || order[read] === EVERYTHING_IS_AFTER
      return foundNothing || this.frontierOf[read] !== undefined ? EVERYTHING_IS_AFTER : Number.NaN
    }
    if (rule === TOTAL && hasOrder) return order[read] as number
    if (returned === INITIAL) return EVERYTHING_IS_AFTER
    if (returned < 0) return Number.NaN
    if (rule === TOTAL) return order[returned] as number
    // Nobody can tell when a write that was never acknowledged was in place.
    return outcome[returned] === OK ? (completed[returned] as number) : NOTHING_IS_AFTER
  }

  returnedSecond(read: OperationId): number {
    const { order, tie, observed, key } = this.history
    const returned = observed[read] as number
    if (this.rule[key[read] as number] === UNKNOWN) return returned
    return (Number.isNaN(order[read] as number) && returned >= 0 ? tie[returned] : tie[read]) as number
  }

  /**
   * Finds what a read of `key` missed that returned the version (first, second), and returns the number of stretches. The
   * search begins at `near`, a position of the key, which should be that of a recent version.
   */
  locate(read: OperationId, key: number, first: number, second: number, near: number): number {
    if (this.rule[key] === PARTIAL) return this.locateInChains(this.frontierOf[read] ?? NO_FRONTIER, key)
    this.missedFrom[0] = this.upperBoundNear(near, key, first, second)
    this.missedTo[0] = this.starts[key + 1] as number
    return 1
  }

  private locateInChains(frontier: readonly number[], key: number): number {
    const end = this.starts[key + 1] as number
    let stretches = 0
    for (let from = this.starts[key] as number; from < end; stretches++) {
      const origin = this.first[from] as number
      const to = this.chainEnd[from] as number
      this.missedFrom[stretches] = this.upperBound(from, to, origin, positionIn(frontier, origin))
      this.missedTo[stretches] = to
      from = to
    }
    return stretches
  }

  /** Doubles its steps away from `near`, since most reads return one of the latest versions. */
  private upperBoundNear(near: number, key: number, first: number, second: number): number {
    const start = this.starts[key] as number
    const end = this.starts[key + 1] as number
    let step = 1
    if (this.isUpTo(near, first, second)) {
      while (near + step < end && this.isUpTo(near + step, first, second)) step *= 2
      return this.upperBound(near + (step >> 1) + 1, Math.min(near + step, end), first, second)
    }
    while (near - step >= start && !this.isUpTo(near - step, first, second)) step *= 2
    return this.upperBound(Math.max(near - step + 1, start), near - (step >> 1), first, second)
  }

  /** The first position in [from, to) whose version is after (first, second). */
  private upperBound(from: number, to: number, first: number, second: number): number {
    let low = from
    let high = to
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.isUpTo(middle, first, second)) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Whether the version at `position` is (first, second) or one before it. */
  private isUpTo(position: number, first: number, second: number): boolean {
    const its = this.first[position] as number
    return its < first || (its === first && (this.second[position] as number) <= second)
  }

  private put(row: OperationId, position: number): void {
    const { history } = this
    const { order, tie, completed, key } = history
    const rule = this.rule[key[row] as number]
    this.first[position] = (rule === TOTAL ? order[row] : rule === PARTIAL ? tie[row] : history.invoked(row)) as number
    this.second[position] = (rule === TOTAL ? tie[row] : rule === PARTIAL ? order[row] : row) as number
    this.rows[position] = row
    this.acknowledged[position] = completed[row] as number
  }

  /** Puts a key's writes in order, and finds its chains and their earliest acknowledgements. */
  private arrange(key: number, sorter: MergeSort): void {
    const from = this.starts[key] as number
    const to = this.starts[key + 1] as number
    sorter.sortColumns(from, to, this.first, this.second, this.acknowledged, this.rows)
    const isPartial = this.rule[key] === PARTIAL
    let earliest = Number.POSITIVE_INFINITY
    let end = to
    for (let i = to - 1; i >= from; i--) {
      if (isPartial && i + 1 < to && this.first[i + 1] !== this.first[i]) {
        earliest = Number.POSITIVE_INFINITY
        end = i + 1
      }
      earliest = Math.min(earliest, this.acknowledged[i] as number)
      this.earliestFrom[i] = earliest
      this.chainEnd[i] = end
    }
  }
}

/** How far a frontier (origin, position, origin, position …) reaches into an origin's log. */
function positionIn(frontier: readonly number[], origin: number): number {
  for (let i = 0; i < frontier.length; i += 2) {
    if (frontier[i] === origin) return frontier[i + 1] as number
  }
  return Number.NEGATIVE_INFINITY
}

/** One rule for each key: reads with a frontier make its order partial, as the kind of its writes may, and writes without an order unknown. */
function rulesOf(
  history: History,
  writes: Int32Array,
  keys: number,
  isPartial: (kind: OperationKind) => boolean,
): Uint8Array {
  const { key, order, kind } = history
  const rules = new Uint8Array(keys)
  for (const read of history.frontiers.keys()) rules[key[read] as number] = PARTIAL
  for (let i = 0; i < writes.length; i++) {
    const row = writes[i] as number
    if (isPartial(kind[row] as number)) rules[key[row] as number] = PARTIAL
    if (Number.isNaN(order[row] as number)) rules[key[row] as number] = UNKNOWN
  }
  return rules
}

/** The frontiers in an array: looking up a million ids in the history's map would take longer than everything else. */
function frontiersByRow(history: History): (readonly number[] | undefined)[] {
  if (history.frontiers.size === 0) return []
  const byRow = new Array<readonly number[] | undefined>(history.count).fill(undefined)
  for (const [read, frontier] of history.frontiers) byRow[read] = frontier
  return byRow
}
