/**
 * Small histories written by hand: a story is told in milliseconds, row by row, and then measured. Whatever a test does
 * not mention has a plain default: one zone, one node, a measured phase that covers everything, no faults, no traffic.
 */
import { INITIAL, type Nanos, NO_OPERATION, type OperationId } from '../../src/core/ids.js'
import { MILLISECOND } from '../../src/core/units.js'
import { History } from '../../src/history/history.js'
import { MODIFY, READ, READ_BACK, READ_FOR_MODIFY, UPDATE } from '../../src/history/operation-kinds.js'
import { OK, UNKNOWN } from '../../src/history/outcomes.js'
import type { FaultWindow, Probes } from '../../src/history/probes.js'
import type { Value } from '../../src/history/values.js'
import { HistoryIndex } from '../../src/measures/history-index.js'
import type { MeasureFamily } from '../../src/measures/measure.js'
import { Collector } from '../../src/results/collect.js'

export interface Row {
  readonly kind?: number
  readonly key?: number
  readonly client?: number
  /** Milliseconds. */
  readonly at: number
  /** When it was asked for, where it had to wait. */
  readonly invoked?: number
  readonly until: number
  readonly outcome?: number
  readonly order?: number
  readonly tie?: number
  readonly base?: OperationId
  readonly attempts?: number
}

/** A strike of whatever kind; times in nanoseconds. */
export function faultWindow(name: string, from: Nanos, to: Nanos): FaultWindow {
  return { fault: 0, name, label: name, from, to, targets: [], touched: 0, unit: 'messages' }
}

export class Story {
  readonly history: History
  readonly finals = new Map<number, Value[]>()
  probes: Partial<Probes> = {}

  constructor(copies = 0) {
    this.history = new History({ copies, capacity: 2 })
  }

  row(row: Row): OperationId {
    const { kind = UPDATE, key = 0, client = 0, at, until, outcome = OK, order = Number.NaN, tie = 0 } = row
    const id = this.history.begin(kind, key, client, at * MILLISECOND, row.base ?? NO_OPERATION)
    if (row.invoked !== undefined) this.history.invokeLate(id, row.invoked * MILLISECOND)
    this.history.attempts[id] = row.attempts ?? 1
    this.history.finish(id, outcome, until * MILLISECOND, order, tie)
    return id
  }

  /** A write to key 0 that takes effect as version `order`. */
  write(at: number, until: number, order = Number.NaN, tie = 0): OperationId {
    return this.row({ at, until, order, tie })
  }

  /** A read of key 0 that returned the write `returned`, or INITIAL, at once. */
  read(at: number, returned: OperationId, row: Partial<Row> = {}): OperationId {
    const { order, tie } = this.history
    const version =
      returned === INITIAL
        ? { order: Number.NEGATIVE_INFINITY, tie: -1 }
        : { order: order[returned] as number, tie: tie[returned] as number }
    const id = this.row({ kind: READ, at, until: at, ...version, ...row })
    this.history.observed[id] = returned
    return id
  }

  /** A read of key 0 that has seen each origin's log up to a position. */
  readUpTo(at: number, frontier: readonly number[]): OperationId {
    const id = this.row({ kind: READ, at, until: at, tie: -1 })
    this.history.observeList(id, 0, [7])
    this.history.frontiers.set(id, frontier)
    return id
  }

  /** Each replica receives the write at its time (ms), or never; those listed were its witnesses. Returns the write. */
  reach(write: OperationId, times: readonly (number | null)[], witnesses: readonly number[] = []): OperationId {
    times.forEach((time, replica) => {
      if (time !== null) this.history.received(write, replica, time * MILLISECOND)
    })
    for (const replica of witnesses) this.history.witness(write, replica)
    return write
  }

  /** A read-modify-write of key 0: its read returns `returned` at `at`, its write is acknowledged at `until` as version `order`. */
  modify(at: number, returned: OperationId, until: number, order: number, tie = 0): OperationId {
    const read = this.read(at, returned, { kind: READ_FOR_MODIFY })
    return this.row({ kind: MODIFY, at, until, base: read, order, tie })
  }

  readBack(write: OperationId, after: number, returned: OperationId): OperationId {
    const at = (this.history.completed[write] as number) / MILLISECOND + after
    return this.read(at, returned, { kind: READ_BACK, key: this.history.key[write] as number, base: write })
  }

  timeout(at: number, until: number, row: Partial<Row> = {}): OperationId {
    return this.row({ at, until, outcome: UNKNOWN, ...row })
  }

  index(): HistoryIndex {
    const finals = this.finals
    return new HistoryIndex(this.history, {
      clientZone: [0, 1, 2],
      zoneNames: ['local'],
      zoneOfNode: [0, 0, 0, 0, 0],
      loadedKeys: 10,
      keysPerRecord: 1,
      replicas: () => Array.from({ length: this.history.copiesPerKey }, (_, i) => i),
      readers: null,
      isPartiallyOrdered: () => false,
      phases: { measuredFrom: 0, measuredTo: 1e15, end: 1e15 },
      closedLoop: false,
      mayDrop: false,
      faults: [],
      timeout: 1e9,
      traffic: { messages: 0, bytes: 0, wanBytes: 0 },
      stations: [],
      finals: { writtenKeys: [...finals.keys()], values: (key) => finals.get(key) ?? [] },
      ...this.probes,
    })
  }

  /** What one family finds. */
  measure(family: MeasureFamily): Collector {
    const found = new Collector()
    family.evaluate(this.index(), found)
    return found
  }

  /** [missed versions, age of the oldest in ms or null] of each eligible read, by id. */
  missed(): Record<OperationId, [number, number | null]> {
    const { history, freshness } = this.index()
    const byRead: Record<OperationId, [number, number | null]> = {}
    freshness.reads.forEach((read, i) => {
      const age = (history.invoked(read) - (freshness.oldestMissed[i] as number)) / MILLISECOND
      const missed = freshness.missed[i] as number
      if (missed >= 0) byRead[read] = [missed, Number.isFinite(age) ? age : null]
    })
    return byRead
  }
}
