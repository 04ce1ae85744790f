/** All strikes of a cell, in order of their beginning; each fault draws from the stream of its place in the list, and from no other. */
import type { Nanos } from '../core/ids.js'
import type { Random } from '../core/random.js'
import type { World } from '../core/world.js'
import type { Fault, FaultStrike } from './fault.js'

/** A strike, and which of the cell's faults it belongs to. */
export interface ScheduledStrike extends FaultStrike {
  readonly fault: number
}

export function scheduleAll(
  faults: readonly { readonly fault: Fault; readonly options: unknown }[],
  world: World,
  duration: Nanos,
  random: Random,
): readonly ScheduledStrike[] {
  const strikes = faults.flatMap(({ fault, options }, i) =>
    fault.schedule(options, world, duration, random.fork(String(i))).map((strike) => ({ ...strike, fault: i })),
  )
  return strikes.sort((left, right) => left.from - right.from)
}
