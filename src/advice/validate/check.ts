/**
 * One row of `quorate validate`: what a closed form or a publication says, what is measured, and whether the two agree. The tolerance is z
 * standard errors plus what the model is known to be off by. z is Bonferroni's: with m rows that chance can fail, each may fail once in
 * 1000 m, so that the whole table fails less than once in 1000 runs with fresh seeds, however its rows hang together. Where
 * the standard error is itself estimated, from a few independent seeds, Student's t takes the place of the normal.
 *
 * Shares get z^2 / 3n besides: with it Bernstein's inequality holds the bound for any probability, however few the counts.
 */
import { normalQuantile } from '../../distributions/standard-normal.js'
import { studentQuantile } from '../../results/intervals.js'

/** How often a whole table may fail by chance. */
const TABLE_RISK = 1 / 1000

export type CheckUnit = 'ms' | 'share' | ''

export interface Bias {
  /** The most that it explains, in the unit of the row. */
  readonly value: number
  readonly reason: string
}

/** How far chance moves a measured value. */
export interface Spread {
  readonly standardError: number
  /** Degrees of freedom of an estimated standard error; null where it is known. */
  readonly freedom: number | null
  /** Observations behind the rarest share in it; null for what is no share. */
  readonly shareOf: number | null
}

export interface Finding {
  readonly name: string
  readonly unit: CheckUnit
  /** Where the expected value is from. */
  readonly source: string
  readonly expected: number
  readonly measured: number
  /** Observations behind the measured value. */
  readonly n: number
  /** Null where chance has no part in it. */
  readonly spread: Spread | null
  readonly bias: Bias | null
}

export interface Row extends Omit<Finding, 'spread'> {
  readonly family: string
  /** Null where chance has no part in it, and so for z. */
  readonly standardError: number | null
  readonly z: number | null
  readonly tolerance: number
  readonly verdict: 'in' | 'out'
}

/** The rows of one table, in the order of the findings. */
export function judge(findings: readonly (readonly [family: string, finding: Finding])[]): readonly Row[] {
  const risk = TABLE_RISK / Math.max(1, findings.filter(([, { spread }]) => spread !== null).length)
  return findings.map(([family, finding]) => rowOf(family, finding, risk))
}

function rowOf(family: string, { spread, ...finding }: Finding, risk: number): Row {
  const z = spread === null ? null : criticalValue(spread.freedom, risk)
  const tolerance = (finding.bias?.value ?? 0) + (spread === null ? 0 : reach(spread, z as number))
  const isIn = Math.abs(finding.measured - finding.expected) <= tolerance
  return {
    family,
    ...finding,
    standardError: spread?.standardError ?? null,
    z,
    tolerance,
    verdict: isIn ? 'in' : 'out',
  }
}

function reach({ standardError, shareOf }: Spread, z: number): number {
  return z * standardError + (shareOf === null ? 0 : (z * z) / (3 * shareOf))
}

/** Exceeded, to one side or the other, with probability `risk`. */
export function criticalValue(freedom: number | null, risk: number): number {
  return freedom === null ? normalQuantile(1 - risk / 2, risk / 2) : studentQuantile(freedom, 1 - risk)
}
