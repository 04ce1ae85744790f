/**
 * A gate: the bound that a measure of some summaries must keep, or the run fails (`quorate run` ends with exit code 3). It is decided on
 * the summary's value alone; gates on intervals and against another result are left out.
 */

export const COMPARISONS = ['<', '<=', '>', '>='] as const

export type Comparison = (typeof COMPARISONS)[number]

export interface Gate {
  /** As in the file. */
  readonly text: string
  /** With its zone, if it names one: `read.p99@us`. */
  readonly measure: string
  readonly comparison: Comparison
  /** In the measure's unit. */
  readonly bound: number
  readonly where: GateScope
}

/** Which summaries a gate is for; null and none for all. */
export interface GateScope {
  readonly strategy: string | null
  /** Its slug. */
  readonly variant: string | null
  /** As they stand in ids: `operations=read=50%_update=50%`. */
  readonly axes: readonly string[]
}

/** Whether the gate is for a cell or a summary; `id` is its id, `strategy` the name of its strategy. */
export function isFor({ where }: Gate, id: string, strategy: string): boolean {
  const [variant, ...rest] = id.split('/')
  if (where.strategy !== null && where.strategy !== strategy) return false
  if (where.variant !== null && where.variant !== variant) return false
  return where.axes.every((axis) => rest.includes(axis))
}
