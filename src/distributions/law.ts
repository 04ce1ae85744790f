/**
 * What a law is: a probability distribution on the real line, in nanoseconds, bytes or counts, known by its quantile
 * function. Both tails are given as such (`u` and `tail = 1 - u`, `cdf` and `survival`), because 1 - u forgets everything about a
 * tail beyond 1e-16, and the far tail is what a latency study looks at. Laws are exact; rounding to whole
 * units belongs to the quantile table.
 */

/** `offset` is a time that may be negative (a clock's); a `time`, a size and a count never are. */
export type LawType = 'time' | 'offset' | 'bytes' | 'count'

/** 2^50 units (13 days of nanoseconds, a pebibyte): no argument and no drawn value is larger. */
export const LARGEST_VALUE = 0x4000000000000

/** A value at which the distribution is not smooth: an end of its support, an atom, a kink. */
export interface Knot {
  readonly value: number
  /** The probability of exactly this value. */
  readonly mass: number
}

export interface Distribution {
  /** The value below which the share `u` lies, 0 <= u <= 1, given with tail = 1 - u; may be infinite at the ends. */
  quantile(u: number, tail: number): number
  /** P(X <= x). */
  cdf(x: number): number
  /** P(X > x). */
  survival(x: number): number
  /** May be infinite. */
  readonly mean: number
  /** The value if there is only one. */
  readonly constant: number | undefined
  /** Finite, in rising order; between two of them the distribution is smooth or absent. */
  readonly knots: readonly Knot[]
}

export interface Law extends Distribution {
  /** Canonical: parses back to the same law, and needs no file. */
  readonly text: string
  readonly type: LawType
}
