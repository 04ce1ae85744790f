/**
 * Which variant gives 99.9% fresh reads at the lowest write p99. A variant is fresh enough if the whole interval of its stale share is, and probably fresh
 * enough if only its value is; those that are not saturated then compete by write p99 as in the verdict. Freshness is that of all
 * eligible reads of the workload, faults included; where nobody is fresh enough, the answer tells after what time reads would be, which is measured
 * outside of faults.
 */
import type { Results } from '../../results/results.js'
import type { Summary, SummaryValue } from '../../results/summary.js'
import { DURABILITY } from '../columns.js'
import { isSaturated, standingOf } from '../contest.js'
import { digits } from '../figures.js'
import { pointsOf } from '../points.js'
import { listed } from '../text.js'
import { type Answer, answerOver, nameOf, namesOf, type Outcome, plainAnswer, spoken } from './answer.js'

const STALE = 'stale.ratio'
const WRITES = 'write.p99'
const READS = 'read.p99'
const FRESH_FROM = 'visibility.p99.9'

const QUESTION = 'Which one for 99.9% fresh reads at the lowest write p99?'
const HEADS = ['fresh reads', 'lowest write p99', 'write p99', 'read p99', 'stale reads', 'available']
/** Shares of stale reads that are borne. */
const ASKED = 0.001
const TARGETS: readonly (readonly [string, number])[] = [
  ['99%', 0.01],
  ['99.9%', ASKED],
  ['99.99%', 0.0001],
  ['none stale', 0],
]
/** Of sums of many decimals. */
const ROUNDING = 1e-12

export function freshReads({ summaries }: Results): Answer {
  const lacks = [STALE, WRITES].filter((measure) => !summaries.some(({ measures }) => measure in measures))
  if (lacks.length > 0) {
    const what = lacks.includes(STALE) ? 'reads of what was written before' : 'writes enough for a p99'
    return plainAnswer(QUESTION, `This workload has no ${what}, so it does not say.`)
  }
  return answerOver(QUESTION, HEADS, pointsOf(summaries), outcomeAt)
}

function outcomeAt(summaries: readonly Summary[]): Outcome {
  const pick = pickOf(summaries, ASKED)
  return {
    sentences: [
      ...(pick === null ? freshestSentences(summaries) : pickSentences(pick, summaries)),
      ...saturatedSentence(summaries),
    ],
    name: pick === null ? 'none' : `${pick.isSure} ${namesOf(pick.front)}`,
    rows: TARGETS.map(([name, share]) => rowOf(name, pickOf(summaries, share))),
  }
}

// --- Who is fresh enough --------------------------------------------------------------------------------------------------

interface Pick {
  /** Of those with the lowest write p99, the lowest first; intervals overlap. */
  readonly front: readonly [Summary, ...Summary[]]
  readonly behind: readonly Summary[]
  /** Whether their whole intervals are fresh enough, and not their values alone. */
  readonly isSure: boolean
  /** Those who are fresh enough by their values alone. */
  readonly unsure: readonly Summary[]
}

/** Null if nobody is even probably so fresh. */
function pickOf(summaries: readonly Summary[], share: number): Pick | null {
  const probable = summaries.filter(({ measures }) => (measures[STALE]?.value ?? 1) <= share + ROUNDING)
  const sure = probable.filter(
    ({ measures }) => share === 0 || highOf(measures[STALE] as SummaryValue) <= share + ROUNDING,
  )
  const unsure = probable.filter((summary) => !sure.includes(summary))
  for (const group of [sure, unsure]) {
    const { front, behind } = standingOf(WRITES, 'lower', group)
    const [best, ...ties] = front.toSorted(byLatency)
    if (best !== undefined) return { front: [best, ...ties], behind, isSure: group === sure, unsure }
  }
  return null
}

/** Writes as they print, then reads. */
function byLatency({ measures: left }: Summary, { measures: right }: Summary): number {
  const printed = (measures: Summary['measures']): number => Number(digits(measures[WRITES]?.value ?? 0))
  const reads = (measures: Summary['measures']): number => measures[READS]?.value ?? Number.MAX_VALUE
  return printed(left) - printed(right) || reads(left) - reads(right)
}

const highOf = ({ value, high }: SummaryValue): number =>
  high === null ? Number.POSITIVE_INFINITY : Math.max(value, high)

function rowOf(target: string, pick: Pick | null): readonly string[] {
  if (pick === null) return [target, 'none', '-', '-', '-', '-']
  const [best] = pick.front
  const figures = [
    spoken(best, WRITES, 'ms'),
    spoken(best, READS, 'ms'),
    spoken(best, STALE, 'ratio'),
    spoken(best, 'availability', 'ratio'),
  ]
  return [target, `${pick.isSure ? '' : 'probably '}${namesOf(pick.front)}`, ...figures]
}

// --- In words -------------------------------------------------------------------------------------------------------------

function pickSentences(pick: Pick, summaries: readonly Summary[]): readonly string[] {
  const { front, isSure } = pick
  const [best, ...ties] = front
  const copies = best.measures[DURABILITY]?.value
  const beside = [
    `write p99 ${tail(best, WRITES, 'write.p50')}`,
    `read p99 ${tail(best, READS, 'read.p50')}`,
    `stale ${spoken(best, STALE, 'ratio')}`,
    `available ${spoken(best, 'availability', 'ratio')}`,
    ...(copies === undefined ? [] : [`${copies} ${copies === 1 ? 'copy' : 'copies'} at acknowledgement`]),
  ].filter((part) => !part.endsWith(' -'))
  return [
    `${isSure ? '' : 'Probably '}${nameOf(best)}: ${beside.join(', ')}.`,
    ...(ties.length === 0 ? [] : [`Not clearly slower: ${namesOf(ties)}.`]),
    ...fasterSentence(pick),
    ...runnerUpSentence(pick, summaries),
  ]
}

/** Beside what is only known to be at least the timeout stands the median. */
function tail(summary: Summary, measure: string, median: string): string {
  const half = summary.measures[measure]?.atLeast ? spoken(summary, median, 'ms') : '-'
  return `${spoken(summary, measure, 'ms')}${half === '-' ? '' : ` (p50 ${half})`}`
}

function fasterSentence({ front: [best], unsure }: Pick): readonly string[] {
  const faster = standingOf(WRITES, 'lower', [best, ...unsure]).front
  return faster.includes(best) ? [] : [`Faster, and only probably so fresh: ${namesOf(faster)}.`]
}

function runnerUpSentence({ front, behind }: Pick, summaries: readonly Summary[]): readonly string[] {
  const [next] = behind
  if (next !== undefined) return [`Runner-up: ${nameOf(next)}, write p99 ${spoken(next, WRITES, 'ms')}.`]
  const others = summaries.filter((summary) => !front.includes(summary))
  const [closest] = standingOf(STALE, 'lower', others).front
  if (front.length > 1 || closest === undefined) return []
  return [`No other surely does; closest is ${nameOf(closest)}, stale ${spoken(closest, STALE, 'ratio')}.`]
}

function freshestSentences(summaries: readonly Summary[]): readonly string[] {
  const freshest = standingOf(STALE, 'lower', summaries).front[0]
  if (freshest === undefined) return ['None reaches it.']
  const writes = spoken(freshest, WRITES, 'ms')
  const first = `None reaches it; freshest is ${nameOf(freshest)}, stale ${spoken(freshest, STALE, 'ratio')}, write p99 ${writes}.`
  const times = summaries.filter(({ measures }) => FRESH_FROM in measures)
  const told = times.map((summary) => `${spoken(summary, FRESH_FROM, 'ms')} under ${nameOf(summary)}`)
  return times.length === 0
    ? [first]
    : [first, `Outside of faults reads are 99.9% fresh so long after a write: ${listed(told, 3)}.`]
}

function saturatedSentence(summaries: readonly Summary[]): readonly string[] {
  const saturated = summaries.filter(isSaturated)
  return saturated.length === 0 ? [] : [`Saturated, so not recommended: ${namesOf(saturated)}.`]
}
