/**
 * The exact staleness where the write leg is exponential (after a fixed delay or none) and the acknowledgement and the read request take fixed times: whoever lacks the
 * write when W replicas have it waits a fresh exponential time for it, so P(stale at t) = C(N-W, R) / C(N, R) e^(-R (t + a + d) / mean), whatever
 * the reply takes, as long as all replicas are alike. The form F1 of reference/staleness.md, section 1.3.
 */
import type { Nanos } from '../../core/ids.js'
import { exp } from '../../core/mathematics.js'
import { parseDuration } from '../../core/units.js'
import type { Law } from '../../distributions/law.js'
import { nonIntersection } from './intersection.js'

export interface ExponentialWrites {
  /** In nanoseconds. */
  readonly mean: number
  /** What the acknowledgement and the read request take, together. */
  readonly fixed: Nanos
}

/** Undefined unless the legs are of that form. */
export function exponentialWrites(legs: {
  readonly write: Law
  readonly ack: Law
  readonly read: Law
}): ExponentialWrites | undefined {
  const match = /^(?:\S+ \+ )?exponential\((\S+)\)$/.exec(legs.write.text)
  const mean = match === null ? undefined : parseDuration(match[1] as string)
  const { constant: ack } = legs.ack
  const { constant: read } = legs.read
  if (mean === undefined || ack === undefined || read === undefined) return undefined
  return { mean, fixed: ack + read }
}

/** P(a read that begins `t` after the commit is stale). */
export function staleAfter(t: Nanos, { mean, fixed }: ExponentialWrites, n: number, r: number, w: number): number {
  return nonIntersection(n, r, w) * exp((-r * (t + fixed)) / mean)
}
