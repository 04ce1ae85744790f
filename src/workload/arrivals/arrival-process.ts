/**
 * When operations arrive in an open loop, whatever becomes of those before. A process gives candidates, each so long after the one before, and
 * says which of them arrive (thinning; Lewis and Shedler 1979), so that a rate which changes over time needs no more than a bound. While a
 * fault hastens arrivals, candidates come so many times as often.
 */
import type { Nanos } from '../../core/ids.js'
import type { Plugin } from '../../core/plugin.js'
import type { Random } from '../../core/random.js'

export interface ArrivalProcess {
  /** From one candidate to the next; infinite if there is none any more. */
  gap(random: Random): Nanos
  /** Whether the candidate at `at`, counted from the start of the load, arrives. */
  arrives(at: Nanos, random: Random): boolean
}

/** The times in which the load runs. */
export interface LoadPhases {
  readonly warmup: Nanos
  readonly duration: Nanos
}

export interface Arrivals<Options = unknown> extends Plugin<Options> {
  /** `random` is for what the process draws once and for all, apart from the candidates. */
  create(options: Options, phases: LoadPhases, random: Random): ArrivalProcess
  /** Arrivals that are expected in all phases together. */
  expected(options: Options, phases: LoadPhases): number
}
