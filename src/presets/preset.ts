/**
 * A preset: a strategy with the options of one real system, each with its source beside it. A preset is written in the words of a workload file, so
 * that it is checked as if it stood there, and what an entry says beside `preset` goes before it, key by key. It fixes the options of its
 * strategy alone; what else a user of the system would set (timeouts of clients, whom they ask) it suggests.
 */
import type { z } from 'zod'
import type { WorldZone } from '../core/world.js'
import type { quorumOptions } from '../replication/leaderless/quorum-options.js'

export interface Preset {
  readonly name: string
  /** One line for `quorate list`. */
  readonly summary: string
  /** The system whose options these are, and of which version. */
  readonly system: string
  /** The strategy that has the options. */
  readonly strategy: 'quorum'
  /** What clients of the system may rely on, one thing each: session guarantees first. */
  readonly promises: readonly string[]
  /** What the system does and its model does not. */
  readonly limits: string
  /** What the rest of a workload file should say, in its words. */
  readonly suggests: readonly string[]
  /** Where the options come from. */
  readonly source: string
  /** The options, as a workload file has them, where they stand so many nodes in such zones. */
  options(world: PresetWorld): PresetOptions
}

/** What a preset may know of the place it runs in. */
export interface PresetWorld {
  readonly zones: readonly Pick<WorldZone, 'name' | 'nodes'>[]
}

export type PresetOptions = z.input<typeof quorumOptions>

/** One zone of three nodes: where the place is not known, or does not matter. */
export const ONE_ZONE: PresetWorld = { zones: [{ name: 'local', nodes: [0, 1, 2] }] }

export function nodesIn({ zones }: PresetWorld): number {
  return zones.reduce((sum, { nodes }) => sum + nodes.length, 0)
}

/** So many copies, or one on each node where there are fewer. */
export function copiesIn(world: PresetWorld, copies: number): number {
  return Math.min(copies, nodesIn(world))
}
