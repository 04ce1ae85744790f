/**
 * The exact latency of waiting for k of n independent round trips, whatever their laws: by t the k-th is back if at least k are, and how many are follows
 * from their probabilities one by one (the Poisson binomial distribution; for like replicas the order statistic of
 * reference/staleness.md, Q6). Several cases are a mixture of such, and like ones are taken together. Failures, which WARS has none of, are left out.
 */
import type { Nanos } from '../../core/ids.js'
import { log } from '../../core/mathematics.js'
import { invert } from '../../distributions/invert.js'
import type { Law } from '../../distributions/law.js'
import { type RoundTrip, roundTrip } from './round-trip.js'

/** Cases in which the round trips are the same. */
interface LikeCases {
  readonly share: number
  readonly trips: readonly RoundTrip[]
}

/** A longer time has no meaning here; 13 days. */
const LONGEST = 0x4000000000000

export class ExactLatency {
  private constructor(private readonly likeCases: readonly LikeCases[]) {}

  /** Undefined where a round trip has no exact distribution. `legs` has the ways there and back of every replica. */
  static of(
    cases: readonly { readonly share: number; readonly legs: readonly (readonly [Law, Law])[] }[],
  ): ExactLatency | undefined {
    const trips = new Map<string, RoundTrip | undefined>()
    const likeCases = new Map<string, LikeCases>()
    for (const { share, legs } of cases) {
      // Whose round trip is whose does not matter.
      const keys = legs.map(([there, back]) => keyOf(there, back)).sort()
      legs.forEach(([there, back]) => {
        const key = keyOf(there, back)
        if (!trips.has(key)) trips.set(key, roundTrip(there, back))
      })
      const known = keys.flatMap((key) => trips.get(key) ?? [])
      if (known.length < keys.length) return undefined
      const like = keys.join()
      likeCases.set(like, { share: share + (likeCases.get(like)?.share ?? 0), trips: known })
    }
    return new ExactLatency([...likeCases.values()])
  }

  /** P(fewer than `k` round trips are done by `t`). */
  survival(k: number, t: Nanos): number {
    return this.likeCases.reduce((sum, { share, trips }) => sum + share * fewerThan(k, trips, t), 0)
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

const keyOf = (there: Law, back: Law): string => `${there.text} and back ${back.text}`

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
