/** What the bench prints: one measured quantity with its unit, as the median of several passes with the extremes beside it. */
import { assert } from '../core/assert.js'

export interface Figure {
  readonly name: string
  readonly unit: Unit
  readonly median: number
  readonly least: number
  readonly most: number
  readonly passes: number
}

/** A `ratio` is one rate over another. */
export type Unit = 'M events/s' | 'k operations/s' | 'M samples/s' | 'M trials/s' | 'bytes/operation' | 'ratio'

export function figureOf(name: string, unit: Unit, passes: readonly number[]): Figure {
  assert(passes.length > 0, `${name} has at least one pass.`)
  const sorted = [...passes].sort((left, right) => left - right)
  const middle = (sorted.length - 1) / 2
  return {
    name,
    unit,
    median: ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2,
    least: sorted[0] as number,
    most: sorted.at(-1) as number,
    passes: sorted.length,
  }
}
