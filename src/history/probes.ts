/**
 * What only an insider knows of a cell, beside its history: where replicas live, what each held at the end, what the network
 * and the nodes did. A live target fills in what it can; a measure that needs the rest is absent there.
 */
import type { Key, Nanos, NodeId, ZoneId } from '../core/ids.js'
import type { OperationKind } from './operation-kinds.js'
import type { Value } from './values.js'

export interface Probes {
  /** Zone of each client, by client. */
  readonly clientZone: readonly ZoneId[]
  readonly zoneNames: readonly string[]
  readonly zoneOfNode: readonly ZoneId[]
  /** Keys of records that were loaded, and how many keys make a record. */
  readonly loadedKeys: number
  readonly keysPerRecord: number
  /** Nodes that hold a key, in order of preference. */
  replicas(key: Key): readonly NodeId[]
  /** The nodes that may answer a read, and how many of them one waits for; null where nobody knows. */
  readonly readers: Readers | null
  /** Whether versions that such an operation writes are ordered only in part. */
  isPartiallyOrdered(kind: OperationKind): boolean
  readonly phases: PhaseTimes
  /** Whether clients wait for an answer before they ask again, and keep to no schedule; it decides what saturation means. */
  readonly closedLoop: boolean
  /** Whether what was asked for may never be begun: under a policy for overload, or where closed sessions keep to a schedule. */
  readonly mayDrop: boolean
  /** Every strike of every fault, in order of their beginning; a fault that never struck has none. */
  readonly faults: readonly FaultWindow[]
  /** Of each attempt, as the client waits for it. */
  readonly timeout: Nanos
  /** Network traffic of the measured phase. */
  readonly traffic: Traffic
  readonly stations: readonly StationUse[]
  /** Hints of the measured phase; absent where no node keeps any. */
  readonly hints?: HintUse | undefined
  readonly finals: FinalValues
}

export interface Readers {
  readonly needed: number
  of(key: Key): readonly NodeId[]
}

/** Bounds of the measured phase, and the end of everything. */
export interface PhaseTimes {
  readonly measuredFrom: Nanos
  readonly measuredTo: Nanos
  readonly end: Nanos
}

/** One strike of a fault, as it was carried out. */
export interface FaultWindow {
  /** Its place among the faults of the cell. */
  readonly fault: number
  readonly name: string
  /** What it struck as the user calls it: `partition us | eu, ap`. */
  readonly label: string
  readonly from: Nanos
  /** When it was taken back: at its own end, or at the end of the load. */
  readonly to: Nanos
  /** The nodes that it struck, or the zones and nodes whose messages; empty for all of them. */
  readonly targets: readonly string[]
  /** How many things it touched, such as messages that it cut. */
  readonly touched: number
  /** What these things are: `messages`. */
  readonly unit: string
}

/** Messages are counted where they are sent. */
export interface Traffic {
  readonly messages: number
  readonly bytes: number
  /** Between zones. */
  readonly wanBytes: number
  /**
   * Of all that, what no client waited for, by what it was for, with zeros for what might have come and did not; beside it what nodes read for
   * trees. Absent where the target cannot tell.
   */
  readonly background?: Readonly<Partial<Record<string, { readonly messages: number; readonly bytes: number }>>>
}

/** What nodes kept for others that were down. */
export interface HintUse {
  /** The most hints that one node kept at once. */
  readonly most: number
  readonly kept: number
  /** Hints that were wanted and not kept: beyond the window, or beyond the limit. */
  readonly dropped: number
}

/** One node's station over the measured phase. */
export interface StationUse {
  readonly node: NodeId
  /** Busy server time / (servers * length), 0..1. */
  readonly utilization: number
  /** Time average of the work waiting or being served. */
  readonly meanInSystem: number
  readonly completions: number
}

/** Read off the replicas after everything has settled, outside the history. */
export interface FinalValues {
  /** Keys written since the load, ascending. */
  readonly writtenKeys: readonly Key[]
  /** What each replica of the key holds, in the order of `replicas(key)`. */
  values(key: Key): readonly Value[]
  /** Whether each replica holds nothing of the key, whatever delete `values` tells that it has purged; absent where none ever does. */
  empty?(key: Key): readonly boolean[]
  /** Bytes of clocks that each replica holds beside the value, undefined for those that hold none; absent where nobody knows. */
  metadata?(key: Key): readonly (number | undefined)[]
}
