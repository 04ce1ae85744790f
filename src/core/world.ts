/**
 * What a strategy or a fault may know about the place it runs in before anything has happened: zones, nodes and how far
 * they are apart. It says nothing about the workload's draws, the time, or the delays that messages will meet.
 */
import type { Nanos, NodeId, ZoneId } from './ids.js'

/** How a client picks the node that coordinates its request, where a strategy leaves that open. */
export type CoordinatorChoice = 'token-aware' | 'nearest' | 'round-robin' | 'fixed'

export interface World {
  readonly zones: readonly WorldZone[]
  /** The zone of each node, by node. */
  readonly zoneOf: readonly ZoneId[]
  /** Records that exist, or may come to exist: keys are 0 .. keys - 1. */
  readonly keys: number
  /** Keys of one record: those that give the same when divided by it and rounded down live on the same nodes. */
  readonly keysPerRecord: number
  /** What one key's value weighs that was loaded, in bytes: the mean of what is written. */
  readonly loadedValueBytes: number
  readonly coordinator: CoordinatorChoice
  /** Whether clients go on to the next nearest nodes when the nearest that could serve them are down. */
  readonly failOver: boolean
  /** Whether any link loses, reorders and repeats messages, as datagrams are. */
  readonly hasDatagrams: boolean
  /** The median one-way delay between two zones in nanoseconds; `distance(z, z)` is that inside a zone. */
  distance(from: ZoneId, to: ZoneId): Nanos
}

export interface WorldZone {
  readonly name: string
  readonly nodes: readonly NodeId[]
  /** The share of all clients that live here, 0..1. */
  readonly clients: number
}
