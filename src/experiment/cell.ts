/**
 * A cell: one variant at one point of the axes with one seed, as plain JSON in which every default is filled in and every
 * file inlined. `runCell(cell)` depends on nothing else, so a cell is its own reproduction. Times are whole
 * nanoseconds, sizes bytes, shares and ratios 0..1; laws stay text.
 */
import type { Nanos } from '../core/ids.js'
import type { CoordinatorChoice } from '../core/world.js'

export interface Cell {
  /** `variant[/axis=value…]/seed`. */
  readonly id: string
  readonly variant: string
  /** What a person calls the variant: `quorum n=3 r=2 w=1`. */
  readonly label: string
  readonly axes: Readonly<Record<string, unknown>>
  readonly seed: number
  readonly strategy: CellPlugin
  readonly zones: readonly CellZone[]
  /** The link from zone i to zone j at `links[i][j]`; inside a zone at `links[i][i]`. */
  readonly links: readonly (readonly CellLink[])[]
  readonly client: CellClient
  readonly workload: CellWorkload
  readonly faults: readonly CellPlugin[]
  readonly phases: CellPhases
  /** The cell fails beyond this many events. */
  readonly eventLimit: number
}

export interface CellPlugin {
  readonly name: string
  readonly options: unknown
}

export interface CellZone {
  readonly name: string
  readonly nodes: number
  /** The share of the clients that live here, 0..1; the zones' shares sum to 1. */
  readonly clients: number
  readonly node: CellNode
}

export interface CellNode {
  /** Servers of the node's station. */
  readonly concurrency: number
  /** Laws of the service times. */
  readonly read: string
  readonly write: string
  /** Of a scan, beside a read: what each record takes. */
  readonly scan: string
  /** Work that may wait; beyond it the node refuses. */
  readonly queue: number
  readonly clock: { readonly offset: string; readonly driftPpm: number }
  /** Law of the time that a flush of the disk takes; null where every write is durable at once. */
  readonly disk: { readonly fsync: string | null }
}

export interface CellLink {
  /** Laws of the one-way delay of each leg. */
  readonly write: string
  readonly writeAck: string
  readonly read: string
  readonly readReply: string
  /** Probability that a segment or datagram is lost. */
  readonly loss: number
  /** Bytes per second, or null without limit. */
  readonly bandwidth: number | null
  readonly transport: 'tcp' | 'datagram'
}

export interface CellClient {
  /** Of each attempt. */
  readonly timeout: Nanos
  readonly retries: number
  /** Before the first retry; twice as long before each further one. */
  readonly backoff: Nanos
  /** Share of the back-off that is drawn at random, 0..1. */
  readonly jitter: number
  /** Retries as a share of all attempts of a zone's clients in the last seconds, 0..1. */
  readonly budget: number
  /** How long clients pass over a node that refused a connection or did not answer in time; 0 for never. */
  readonly markDown: Nanos
  /** Whether they go on to the next nearest nodes when all that they would ask are down. */
  readonly failOver: boolean
  readonly coordinator: CoordinatorChoice
}

export interface CellWorkload {
  readonly records: number
  /** Share of each operation by name; they sum to 1. */
  readonly operations: Readonly<Record<string, number>>
  readonly keys: CellKeys
  readonly fields: CellFields
  /** Law of the size of a field's value. */
  readonly values: string
  /** Law of how many records a scan covers. */
  readonly scanLength: string
  readonly arrivals: CellArrivals
  /** Null where any number of operations may be under way. */
  readonly overload: CellOverload | null
  readonly readBack: CellReadBack | null
  /** The load also ends after this many arrivals; null for by time alone. */
  readonly count: number | null
}

/** The law by which records are chosen. */
export interface CellKeys extends CellPlugin {
  /** The share of operations on records whose home is the client's zone, 0..1; null where records have no home. */
  readonly locality: number | null
  /** Whether the law is over the records there are, or over those that were loaded, whatever is inserted later. */
  readonly among: 'all' | 'loaded'
}

/** What a record of a register consists of, and how much of it an operation touches. */
export interface CellFields {
  readonly count: number
  readonly read: 'all' | 'one'
  /** Of updates and modifies; an insert writes all. */
  readonly write: 'all' | 'one'
}

export type CellArrivals =
  | { readonly kind: 'open'; readonly process: CellPlugin }
  | {
      readonly kind: 'closed'
      readonly sessions: number
      readonly think: string
      /** Operations per second of all sessions together, each of which keeps to a schedule of its own; null for as many as come. */
      readonly perSecond: number | null
    }

/** What becomes of an arrival while as many operations are under way as may be. */
export interface CellOverload {
  readonly sessions: number
  readonly policy: 'drop' | 'queue' | 'abort'
}

export interface CellReadBack {
  /** Share of acknowledged writes that are read back. */
  readonly share: number
  /** A law for one read, or the exact delays of several. */
  readonly after: string | readonly Nanos[]
}

export interface CellPhases {
  readonly warmup: Nanos
  readonly duration: Nanos
  /** The longest that settling may take. */
  readonly settle: Nanos
}
