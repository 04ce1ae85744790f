/**
 * The gates of a result, before anything else as k6 has its thresholds: how many failed, then each with what was measured and under which variant, the
 * worst first. What failed is listed in full, what passed by its worst value. Gates that nothing was held to are named too.
 */
import { z } from 'zod'
import { type GateResult, isPassed } from '../results/gates.js'
import type { Results } from '../results/results.js'
import type { Summary, SummaryValue } from '../results/summary.js'
import { bareName, kindOf } from './columns.js'
import { spokenFigure } from './figures.js'
import { pointsOf } from './points.js'
import { plain } from './text.js'

export interface GateReport {
  readonly sentence: string
  readonly lines: readonly GateLine[]
}

export interface GateLine {
  readonly mark: '✓' | '✗'
  readonly text: string
  /** Each failure, where there are several. */
  readonly details: readonly string[]
}

const gated = z.looseObject({ gates: z.array(z.looseObject({ text: z.string() })) })

/** Null for a workload without gates. */
export function gatesOf(results: Results): GateReport | null {
  const spec = gated.safeParse(results.spec)
  const asked = spec.success ? spec.data.gates.map(({ text }) => text) : []
  if (asked.length === 0) return null
  if (results.partial) return { sentence: 'Gates: not decided, because cells are missing.', lines: [] }
  const groups = asked.map((text) => results.gates.filter(({ gate }) => gate === text))
  const held = groups.filter((group) => group.length > 0)
  const leftOut = asked.filter((_, i) => groups[i]?.length === 0)
  const name = namesIn(results)
  return {
    sentence: [countSentence(held), ...leftOutSentence(leftOut)].join(' '),
    lines: held.map((group) => lineOf(group, name, results)),
  }
}

function countSentence(held: readonly (readonly GateResult[])[]): string {
  const failed = held.filter((group) => !group.every(isPassed)).length
  if (held.length === 0) return 'Gates: none was decided.'
  if (failed > 0) return `Gates: ${failed} of ${held.length} failed.`
  return held.length === 1 ? 'Gates: passed.' : `Gates: all ${held.length} passed.`
}

function leftOutSentence(gates: readonly string[]): readonly string[] {
  return gates.length === 0
    ? []
    : [`Left out, because none of their cells ran: ${gates.map((text) => plain(text)).join('; ')}.`]
}

function lineOf(group: readonly GateResult[], name: (id: string) => string, results: Results): GateLine {
  const gate = plain((group[0] as GateResult).gate)
  const failed = worstFirst(group.filter((one) => !isPassed(one)))
  const tell = (one: GateResult): string => measuredText(one, results) + name(one.summary) + reasonText(one)
  if (failed.length === 0) {
    const others = group.length > 1 ? `, the worst of ${group.length}` : ''
    return { mark: '✓', text: `${gate}: ${tell(worstFirst(group)[0] as GateResult)}${others}`, details: [] }
  }
  const count = group.length > 1 ? `fails for ${failed.length} of ${group.length}` : ''
  if (failed.length > 1) return { mark: '✗', text: `${gate} ${count}:`, details: failed.map(tell) }
  const only = tell(failed[0] as GateResult)
  return { mark: '✗', text: `${gate}: ${only}${count === '' ? '' : `; ${count}`}`, details: [] }
}

/** What is not measured comes last. */
function worstFirst(group: readonly GateResult[]): readonly GateResult[] {
  const sign = group[0]?.comparison.startsWith('<') ? -1 : 1
  const badness = ({ measured }: GateResult): number => (measured === null ? Number.POSITIVE_INFINITY : sign * measured)
  return group.toSorted((left, right) => (badness(left) === badness(right) ? 0 : badness(left) - badness(right)))
}

/** `51.2 ms under `, exactly where it would print as its bound. */
function measuredText({ measure, measured, bound, summary }: GateResult, { measures, summaries }: Results): string {
  const value = summaries.find(({ id }) => id === summary)?.measures[measure]
  if (measured === null || value === undefined) return 'not measured under '
  const info = measures.find(({ name }) => name === bareName(measure))
  const kind = kindOf(info?.unit ?? '')
  const figure = spokenFigure(kind, value)
  const looksEqual = measured !== bound && figure === spokenFigure(kind, { ...value, value: bound } as SummaryValue)
  const unit = info?.unit === 'bytes' ? ' B' : ''
  return `${figure}${unit}${looksEqual ? ` (exactly ${measured} ${plain(info?.unit ?? '')})` : ''} under `
}

const reasonText = ({ reason }: GateResult): string => (reason === undefined ? '' : ` (${plain(reason)})`)

/** A summary by its label and, where the axes vary, its point. */
function namesIn({ summaries }: Results): (id: string) => string {
  const names = new Map<string, string>()
  for (const point of pointsOf(summaries)) {
    const where = point.name === '' ? '' : ` at [${point.name}]`
    for (const summary of point.summaries) names.set(summary.id, labelOf(summary) + where)
  }
  return (id) => names.get(id) ?? plain(id)
}

const labelOf = ({ label }: Summary): string => plain(label, 60)
