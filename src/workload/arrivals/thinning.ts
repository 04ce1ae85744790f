/**
 * Poisson arrivals at a rate that changes over time, by thinning (Lewis and Shedler 1979): candidates come at the largest rate there is, and each
 * arrives with the probability that the rate at its time is of that. Exact for any rate, at the price of an event for each
 * candidate that does not arrive.
 */
import type { Nanos } from '../../core/ids.js'
import type { Random } from '../../core/random.js'
import { SECOND } from '../../core/units.js'
import { compile } from '../../distributions/index.js'
import type { ArrivalProcess } from './arrival-process.js'

/** From one arrival to the next of a Poisson process. */
export function exponentialGaps(perSecond: number): (random: Random) => Nanos {
  const between = compile(`exponential(${SECOND / perSecond}ns)`, 'time')
  return (random) => between.at(random.next())
}

/** `rateAt` gives a rate of at most `most`, both per second, at a time counted from the start of the load. */
export function thinned(most: number, rateAt: (at: Nanos) => number): ArrivalProcess {
  return {
    gap: exponentialGaps(most),
    arrives: (at, random) => random.float() * most < rateAt(at),
  }
}
