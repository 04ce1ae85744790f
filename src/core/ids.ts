/**
 * Dense integer identities: inside the engine everything is an array index; names exist only at the edges.
 * Processes share one number space: nodes are 0..nodes-1, clients follow (client c is process nodes + c).
 */

/** Virtual time, or a duration of it, in whole nanoseconds. 2^53 ns are 104 days. */
export type Nanos = number
/** A node or, from `nodes` on, a client. */
export type ProcessId = number
export type NodeId = ProcessId
export type ZoneId = number
/** Who writes: a process during one life of its disk. See `ReplicaContext.identity` in replication/replica.ts. */
export type WriterId = number
/** A session of a client: 0, 1, 2 … in the order in which they open. */
export type ClientId = number
/** A record, 0..keys-1. */
export type Key = number
/** The row of an operation in the history; also the value that it writes. */
export type OperationId = number

/** Stands where an operation is named and there is none: background traffic, a row without a base. */
export const NO_OPERATION: OperationId = -1
/** The version that every replica holds of every loaded record before anything is written. */
export const INITIAL: OperationId = -2
