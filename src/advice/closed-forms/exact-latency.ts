/**
 * The exact latency of waiting for k of n independent round trips, whatever their laws: by t the k-th is back if at least k are, and how many are follows
 * from their probabilities one by one (the Poisson binomial distribution; for like replicas the order statistic of
 * reference/staleness.md, Q6). Several origins are a mixture of such. Failures, which WARS has none of, are left out.
 */
import type { Nanos } from '../../core/ids.js'
import { log } from '../../core/mathematics.js'
import { invert } from '../../distributions/invert.js'
import type { Law } from '../../distributions/law.js'
import { type RoundTrip, roundTrip } from './round-trip.js'

/** One place where operations begin. */
interface Start {
  readonly share: number
  readonly trips: readonly RoundTrip[]
}

/** A longer time has no meaning here; 13 days. */
const LONGEST = 0x4000000000000

export class ExactLatency {
  private constructor(private readonly starts: readonly Start[]) {}

  /** Undefined where a round trip has no exact distribution. `legs` has, by origin and replica, the ways there and back. */
  static of(
    origins: readonly { readonly share: number; readonly legs: readonly (readonly [Law, Law])[] }[],
  ): ExactLatency | undefined {
    const known = new Map<string, RoundTrip | undefined>()
    const starts: Start[] = []
    for (const { share, legs } of origins) {
      const trips = legs.flatMap(([there, back]) => {
        const key = `${there.text}\n${back.text}`
        if (!known.has(key)) known.set(key, roundTrip(there, back))
        return known.get(key) ?? []
      })
      if (trips.length < legs.length) return undefined
      starts.push({ share, trips })
    }
    return new ExactLatency(starts)
  }

  /** P(fewer than `k` round trips are done by `t`). */
  survival(k: number, t: Nanos): number {
    return this.starts.reduce((sum, { share, trips }) => sum + share * fewerThan(k, trips, t), 0)
  }

  /** The time by which `k` are done with this probability, in nanoseconds. */
  quantile(k: number, probability: number): Nanos {
    const beyond = 1 - probability
    const excess = (t: number): number => log(this.survival(k, t) / beyond)
    if (excess(0) <= 0) return 0
    let high = 1000
    while (high < LONGEST && excess(high) > 0) high *= 2
    return invert(excess, high === 1000 ? 0 : high / 2, high)
  }
}

function fewerThan(k: number, trips: readonly RoundTrip[], t: Nanos): number {
  const survivals = new Map<RoundTrip, number>()
  /** P(so many are done), below k. */
  const done = [1, ...new Array<number>(k - 1).fill(0)]
  for (const trip of trips) {
    const late = survivals.get(trip) ?? trip.survival(t)
    survivals.set(trip, late)
    for (let count = k - 1; count > 0; count--) {
      done[count] = (done[count] as number) * late + (done[count - 1] as number) * (1 - late)
    }
    done[0] = (done[0] as number) * late
  }
  return done.reduce((sum, probability) => sum + probability, 0)
}
