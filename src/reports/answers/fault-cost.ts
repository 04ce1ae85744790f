/**
 * What faults cost each variant: how many of the operations begun in the seconds of a fault succeeded, and how many reads were stale, against all other
 * seconds (fault-toll.ts). Who loses least is told by the drop in availability to tenths of a percent, and where that is equal by the rise of
 * staleness to percents; sums over seconds have no intervals, so small differences mean little.
 */
import type { FaultToll, Tally } from '../../results/fault-toll.js'
import type { Results } from '../../results/results.js'
import type { Summary, SummaryValue } from '../../results/summary.js'
import { isSaturated } from '../contest.js'
import { percent, spokenFigure } from '../figures.js'
import { pointsOf } from '../points.js'
import { listed } from '../text.js'
import { type Answer, answerOver, nameOf, namesOf, type Outcome, plainAnswer, spoken } from './answer.js'
import { type Struck, struckIn, zonesIn } from './struck.js'

const HEADS = [
  'variant',
  'succeed during it',
  'otherwise',
  'stale during it',
  'otherwise',
  'read p99 during it',
  'otherwise',
  'write p99 during it',
  'otherwise',
]
const MOST_LABELS = 2

export function faultCost(results: Results): Answer {
  const { summaries } = results
  const struck = struckIn(results)
  if (struck.labels.length === 0) return plainAnswer('What does a lost zone cost?', noneStruck(summaries))
  const question = questionOf(struck, zonesIn(summaries))
  if (summaries.every(({ toll }) => toll === undefined)) return plainAnswer(question, withoutToll(summaries))
  return answerOver(question, HEADS, pointsOf(summaries), outcomeAt)
}

function questionOf({ names, labels }: Struck, zones: readonly string[]): string {
  if (labels.length > MOST_LABELS) return `What do strikes of ${listed(names)} cost?`
  const [label] = labels as [string]
  const lost = zones.find((zone) => [`partition ${zone}`, `zone-outage ${zone}`].includes(label))
  if (labels.length === 1 && lost !== undefined) return `What does losing the zone ${lost} cost (${label})?`
  return `What ${labels.length === 1 ? 'does' : 'do'} ${listed(labels)} cost?`
}

function noneStruck(summaries: readonly Summary[]): string {
  const zones = zonesIn(summaries)
  const fault =
    zones.length > 1
      ? `partition: { isolate: ${zones[0]}, at: 10s, for: 6s }`
      : 'crash: { node: any, at: 10s, for: 6s }'
  return `No fault struck in this workload, so it does not say. To see it, add to the file: faults: [{ ${fault} }]`
}

/** A result of before: it keeps no sums of the seconds that a fault touched. */
function withoutToll(summaries: readonly Summary[]): string {
  const kept = summaries.filter(({ measures }) => 'availability' in measures)
  const told = kept.map((summary) => `${spoken(summary, 'availability', 'ratio')} under ${nameOf(summary)}`)
  const rest = told.length === 0 ? '' : ` Over the whole run operations succeeded: ${listed(told, 5)}.`
  return `This result does not tell the seconds of a fault from the others; a new run does.${rest}`
}

// --- Who loses least ------------------------------------------------------------------------------------------------------

interface Counted {
  readonly summary: Summary
  readonly toll: FaultToll
}

function outcomeAt(summaries: readonly Summary[]): Outcome {
  const counted = summaries.flatMap((summary) => (summary.toll === undefined ? [] : [{ summary, toll: summary.toll }]))
  const ranked = counted.filter(({ summary }) => !isSaturated(summary)).sort((left, right) => compare(left, right))
  const least = ranked.filter((one) => compare(one, ranked[0] as Counted) === 0)
  const saturated = counted.filter(({ summary }) => isSaturated(summary)).map(({ summary }) => summary)
  return {
    sentences: [...sentencesOf(ranked, least), ...saturatedSentence(saturated)],
    name: namesOf(least.map(({ summary }) => summary)),
    rows: counted.map(rowOf),
  }
}

const saturatedSentence = (saturated: readonly Summary[]): readonly string[] =>
  saturated.length === 0 ? [] : [`Saturated, so not compared: ${namesOf(saturated)}.`]

/** The share that fails on top of what fails otherwise, then that of stale reads. */
function compare(left: Counted, right: Counted): number {
  return failing(left) - failing(right) || staling(left) - staling(right)
}

/** In tenths of a percent; all would succeed where there are no other seconds. */
const failing = ({ toll }: Counted): number => {
  const during = succeeding(toll.during)
  return during === null ? 0 : Math.round(1000 * Math.max(0, (succeeding(toll.otherwise) ?? 1) - during))
}

/** In percents, since nothing tells chance from difference here; none would be stale where there are no other seconds. */
const staling = ({ toll }: Counted): number =>
  Math.round(100 * Math.max(0, (stale(toll.during) ?? 0) - (stale(toll.otherwise) ?? 0)))

function sentencesOf(ranked: readonly Counted[], least: readonly Counted[]): readonly string[] {
  const most = ranked.at(-1)
  if (most === undefined) return ['No variant kept up.']
  const names = namesOf(least.map(({ summary }) => summary))
  if (least.length === ranked.length) return [`${ranked.length === 1 ? names : 'All alike'}: ${costText(least)}.`]
  const lose = least.length === 1 ? 'loses' : 'lose'
  return [`${names} ${lose} least: ${costText(least)}. ${nameOf(most.summary)} loses most: ${costText([most])}.`]
}

/** `during it 28.3% of operations succeed and 3% of reads are stale, otherwise 99.9% and 0.1%`. */
function costText(group: readonly Counted[]): string {
  const shares = (when: keyof FaultToll): readonly string[] => {
    const tallies = group.map(({ toll }) => toll[when])
    return [rangeOf(tallies, succeeding), rangeOf(tallies, stale)]
  }
  const [done, old] = shares('during') as [string, string]
  const otherwise = shares('otherwise').filter((share) => share !== '-')
  const reads = old === '-' ? '' : ` and ${old} of reads are stale`
  return `during it ${done} of operations succeed${reads}${otherwise.length === 0 ? '' : `, otherwise ${otherwise.join(' and ')}`}`
}

function rangeOf(tallies: readonly Tally[], of: (tally: Tally) => number | null): string {
  const shares = tallies.flatMap((tally) => of(tally) ?? []).sort((left, right) => left - right)
  const [least, most] = [shares[0], shares.at(-1)]
  if (least === undefined || most === undefined) return '-'
  return percent(least) === percent(most) ? `${percent(least)}%` : `${percent(least)}% to ${percent(most)}%`
}

const succeeding = ({ ok, offered }: Tally): number | null => (offered === 0 ? null : ok / offered)

const stale = ({ staleReads, eligibleReads }: Tally): number | null =>
  eligibleReads === 0 ? null : staleReads / eligibleReads

function rowOf({ summary, toll: { during, otherwise } }: Counted): readonly string[] {
  const both = (text: (tally: Tally) => string): readonly string[] => [text(during), text(otherwise)]
  return [
    `${nameOf(summary)}${isSaturated(summary) ? ' †' : ''}`,
    ...both((tally) => rangeOf([tally], succeeding)),
    ...both((tally) => rangeOf([tally], stale)),
    ...both(({ readP99 }) => time(readP99)),
    ...both(({ writeP99 }) => time(writeP99)),
  ]
}

const time = (milliseconds: number | null): string =>
  milliseconds === null ? '-' : spokenFigure('time', { value: milliseconds } as SummaryValue)
