/**
 * Faults are data: a plug-in turns its options into a time-ordered list of verbs, and whatever runs the cell carries them out. The same
 * list strikes every strategy. Times count from the start of the measured phase.
 */
import type { Nanos, NodeId, ZoneId } from '../core/ids.js'
import type { Plugin } from '../core/plugin.js'
import type { Random } from '../core/random.js'
import type { World } from '../core/world.js'

export type FaultAction =
  /** Cuts all links between the zone and the others, both ways. */
  | { readonly verb: 'isolate'; readonly zone: ZoneId }
  /** Ends the process; its disk is kept and it starts again at the end. */
  | { readonly verb: 'crash'; readonly node: NodeId }

export interface FaultStrike {
  readonly name: string
  /** For reports: `partition us`. */
  readonly label: string
  readonly from: Nanos
  readonly to: Nanos
  readonly action: FaultAction
}

export interface Fault<Options = unknown> extends Plugin<Options> {
  /** Strikes that begin within `duration`, in order of their beginning. */
  schedule(options: Options, world: World, duration: Nanos, random: Random): readonly FaultStrike[]
}
