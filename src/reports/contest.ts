/**
 * Who is ahead in one measure at one point of the axes. A variant is clearly better than another only if their intervals over seeds lie
 * apart, and their values print differently; so the front is everyone who is not clearly behind the best value, and where that is
 * everyone there is no winner. (Runs are paired by seed, so a paired test would tell more apart; this one errs towards silence.)
 *
 * A saturated variant takes no part: its figures say how long its queue had grown by the end of the run.
 */
import type { Better } from '../measures/measure.js'
import type { Summary, SummaryValue } from '../results/summary.js'
import { digits } from './figures.js'
import { pointsOf } from './points.js'

export interface Standing {
  /** Best first. */
  readonly front: readonly Summary[]
  /** Those clearly behind the best value, the worst last. */
  readonly behind: readonly Summary[]
  /** Saturated variants that would be clearly ahead of the front. */
  readonly excluded: readonly Summary[]
  /** Values differ, but no seed alone had samples enough for an interval: silence for want of evidence. */
  readonly lacksEvidence: boolean
}

export function standingOf(measure: string, better: Better, summaries: readonly Summary[]): Standing {
  const measured = summaries.filter((summary) => measure in summary.measures)
  const measuredIn = (summary: Summary): SummaryValue => summary.measures[measure] as SummaryValue
  const sign = better === 'higher' ? -1 : 1
  const contenders = measured
    .filter((summary) => !isSaturated(summary))
    .sort((left, right) => sign * (measuredIn(left).value - measuredIn(right).value))
  const best = contenders[0]
  if (best === undefined) return { front: [], behind: [], excluded: [], lacksEvidence: false }
  const isAhead = (one: Summary, other: Summary): boolean => isClearlyAhead(measuredIn(one), measuredIn(other), better)
  const front = contenders.filter((summary) => !isAhead(best, summary))
  const isUnlike = (summary: Summary): boolean => digits(measuredIn(summary).value) !== digits(measuredIn(best).value)
  return {
    front,
    behind: contenders.filter((summary) => isAhead(best, summary)),
    excluded: measured.filter((summary) => isSaturated(summary) && isAhead(summary, best)),
    lacksEvidence: front.some(isUnlike) && front.some((summary) => !hasInterval(measuredIn(summary))),
  }
}

/** Of each point of the axes at which somebody is clearly behind, the front. */
export function bestAtPoints(measure: string, better: Better, summaries: readonly Summary[]): readonly Summary[] {
  const standings = pointsOf(summaries).map((point) => standingOf(measure, better, point.summaries))
  return standings.flatMap(({ front, behind }) => (behind.length === 0 ? [] : front))
}

export function isSaturated(summary: Summary): boolean {
  return 'saturated' in summary.flags
}

function isClearlyAhead(one: SummaryValue, other: SummaryValue, better: Better): boolean {
  if (better === 'neither' || digits(one.value) === digits(other.value)) return false
  const [left, right] = [boundsOf(one), boundsOf(other)]
  return better === 'lower' ? left.high < right.low : left.low > right.high
}

/** Whether seeds alone had samples enough. */
export function hasInterval({ low, high }: SummaryValue): boolean {
  return low !== null && high !== null
}

/** Boundless where no seed alone says anything; open above where the value falls among clients giving up. */
function boundsOf({ value, low, high, atLeast }: SummaryValue): { readonly low: number; readonly high: number } {
  if (low === null || high === null) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  return { low: Math.min(low, value), high: atLeast ? Number.POSITIVE_INFINITY : Math.max(high, value) }
}
