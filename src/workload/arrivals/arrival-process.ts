/**
 * When operations arrive in an open loop, whatever becomes of those before. A process gives candidates, each so long after the one before, and
 * says which of them arrive (thinning.ts), so that a rate which changes over time needs no more than a bound. While a
 * fault hastens arrivals, candidates come so many times as often, and what a rate depends on goes its usual pace.
 */
import type { Nanos } from '../../core/ids.js'
import type { Plugin } from '../../core/plugin.js'
import type { Random } from '../../core/random.js'

export interface ArrivalProcess {
  /** From one candidate, or the start of the load, to the next; infinite if there is none any more. */
  gap(random: Random): Nanos
  /** Whether the candidate at `at`, counted from the start of the load, arrives; asked in order of time. */
  arrives(at: Nanos, random: Random): boolean
}

/** The times in which the load runs: the warm-up, then the measured phase. */
export interface LoadPhases {
  readonly warmup: Nanos
  readonly duration: Nanos
}

export interface Arrivals<Options = unknown> extends Plugin<Options> {
  /** `random` is for what the process draws of itself, apart from the candidates: two that are given the same do the same. */
  create(options: Options, phases: LoadPhases, random: Random): ArrivalProcess
  /** Arrivals that are expected in all phases together from what `create` makes of the same `random`. */
  expected(options: Options, phases: LoadPhases, random: Random): number
}
