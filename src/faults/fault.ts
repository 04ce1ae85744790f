/**
 * Faults are data: a plug-in turns its options into a time-ordered list of strikes, and whatever runs the cell carries them out. The list is a pure
 * function of options, world, duration and the fault's own stream, so the same list strikes every strategy. Only `leader` and `coordinator`
 * are left open: who that is, is found when the strike begins. Times count from the start of the measured phase.
 */
import type { Flow } from '../core/flow.js'
import type { Key, Nanos, NodeId } from '../core/ids.js'
import type { Plugin } from '../core/plugin.js'
import type { Random } from '../core/random.js'
import type { World } from '../core/world.js'

export interface FaultStrike {
  /** Of the plug-in. */
  readonly name: string
  /** For reports: `partition us | eu, ap`. */
  readonly label: string
  /** What its count of touched things counts: `messages`. */
  readonly unit: string
  readonly from: Nanos
  readonly to: Nanos
  readonly act: NodeAct | FlowAct | LoadAct
}

/** What a strike does to nodes. */
export interface NodeAct {
  readonly on: 'nodes'
  readonly target: NodeTarget
  readonly action: NodeAction
}

export type NodeTarget =
  | { readonly kind: 'nodes'; readonly nodes: readonly NodeId[] }
  /** The first replica of the key when the strike begins: its leader, or the first of its preference list where nobody leads. */
  | { readonly kind: 'leader'; readonly key: Key }
  /** The node that a client asked last; `otherwise` if none has been asked. */
  | { readonly kind: 'coordinator'; readonly otherwise: NodeId }

export type NodeAction =
  /** Ends the process, which starts again at the end. A silent host refuses no connections; a lost disk is empty from then on. */
  | { readonly verb: 'stop'; readonly disk: 'keep' | 'lose'; readonly silent: boolean }
  /** Stops the process and keeps its connections; what it missed is done at the end. */
  | { readonly verb: 'pause' }
  /** Multiplies the times of services that begin. */
  | { readonly verb: 'slow'; readonly factor: number }
  /** Offset (nanoseconds) and drift (seconds gained per second) last as long as the strike, a step stays. */
  | { readonly verb: 'shift-clock'; readonly offset: Nanos; readonly drift: number; readonly step: Nanos }

/** What a strike does to messages. */
export interface FlowAct {
  readonly on: 'flows'
  readonly flows: readonly Flow[]
  /** Names of the zones and nodes that it concerns; empty for all of them. */
  readonly targets: readonly string[]
  readonly action: FlowAction
}

export type FlowAction =
  | { readonly verb: 'cut' }
  | { readonly verb: 'lose'; readonly share: number }
  /** Datagrams arrive twice. */
  | { readonly verb: 'duplicate'; readonly share: number }
  /** Delays are multiplied, then a draw of the law `extra` is added. */
  | { readonly verb: 'delay'; readonly factor: number; readonly extra: string | null }

/** Clients ask so many times as often. */
export interface LoadAct {
  readonly on: 'load'
  readonly factor: number
}

export interface Fault<Options = unknown> extends Plugin<Options> {
  /** Strikes that begin within `duration`, in order of their beginning. */
  schedule(options: Options, world: World, duration: Nanos, random: Random): readonly FaultStrike[]
}
