/**
 * Gates decided: each on the value of every summary that it is for. What was not measured, or is only known to be at least so much where that
 * does not decide, is `unmeasured`, and counts as failed: a gate that nobody can check keeps nothing out. A result that lacks
 * cells decides no gate. Left out: intervals over seeds, and gates against another result.
 */
import { type Comparison, type Gate, isFor } from '../experiment/gates/gate.js'
import type { Summary, SummaryValue } from './summary.js'

export interface GateResult {
  /** As in the workload file. */
  readonly gate: string
  readonly measure: string
  readonly comparison: Comparison
  /** In the measure's unit, as `measured` is. */
  readonly bound: number
  /** The id of a summary. */
  readonly summary: string
  /** Null where there is no value. */
  readonly measured: number | null
  readonly verdict: 'pass' | 'fail' | 'unmeasured'
  /** Why it is unmeasured. */
  readonly reason?: string
}

/** In the order of gates, then of summaries; a gate that is for none of them has no result. */
export function decideGates(gates: readonly Gate[], summaries: readonly Summary[]): GateResult[] {
  return gates.flatMap((gate) =>
    summaries.filter(({ id, strategy }) => isFor(gate, id, strategy)).map((summary) => decide(gate, summary)),
  )
}

export const isPassed = ({ verdict }: GateResult): boolean => verdict === 'pass'

function decide({ text, measure, comparison, bound }: Gate, summary: Summary): GateResult {
  const value = summary.measures[measure]
  const asked = { gate: text, measure, comparison, bound, summary: summary.id }
  if (value === undefined) return { ...asked, measured: null, verdict: 'unmeasured', reason: whyAbsent(summary) }
  const measured = value.value
  const holds = holdsFor(value, comparison, bound)
  if (holds !== undefined) return { ...asked, measured, verdict: holds ? 'pass' : 'fail' }
  return { ...asked, measured, verdict: 'unmeasured', reason: 'it is at least that, which does not decide' }
}

/** `undefined` where the value is a lower bound that leaves it open. */
function holdsFor({ value, atLeast }: SummaryValue, comparison: Comparison, bound: number): boolean | undefined {
  const holds = compare(value, comparison, bound)
  const isUpper = comparison === '<' || comparison === '<='
  return atLeast && holds === isUpper ? undefined : holds
}

function compare(value: number, comparison: Comparison, bound: number): boolean {
  if (comparison === '<') return value < bound
  if (comparison === '<=') return value <= bound
  return comparison === '>' ? value > bound : value >= bound
}

function whyAbsent({ seeds }: Summary): string {
  return seeds.length === 0 ? 'no cell of it ran to its end' : 'it has no value: too few samples, or nothing to measure'
}
