/**
 * A mechanism of a leaderless node beside the coordination of plain reads and writes: hinted handoff, failure detection, anti-entropy, Paxos … Each has
 * sixteen kinds of messages and sixteen kinds of timers to itself, so that whoever gets one knows whose it is by its upper
 * bits, and a mechanism that is off costs nothing.
 */
import type { ProcessId } from '../../core/ids.js'
import type { Message } from '../replica.js'

/** Kinds of messages, and of timers, begin at sixteen times this. */
export const COORDINATION = 0
export const SCANS = 1
/** Writes that go through one node of a remote zone (relay.ts). */
export const RELAY = 2
export const HINTS = 3
export const GOSSIP = 4
export const ANTI_ENTROPY = 5
export const PAXOS = 6
/** Requests that a node off the preference list hands on. */
export const FORWARDING = 7
/** The purging of tombstones. */
export const PURGING = 8

export const FAMILY_BITS = 4

export const firstKindOf = (family: number): number => family << FAMILY_BITS

export interface Service {
  /** Once, after the replica was created: the disk may hold what an earlier life has left. */
  onStart(): void
  onMessage(from: ProcessId, message: Message): void
  onTimer(kind: number, argument: number): void
  onDurable?(kind: number, argument: number): void
  /** The node's own queue is full and turns this message of the service away. */
  onOverload?(from: ProcessId, message: Message): void
  /** False while it has something to do that settling should wait for. */
  isIdle?(): boolean
}
