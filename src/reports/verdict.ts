/**
 * The comparison in words with numbers: who is best at what, whether that was at equal durability, and what weakens it (saturation, few seeds,
 * missing cells). Each sentence stands for itself, so that every report can list them.
 */
import { otherAxes, overRates } from '../results/capacity.js'
import type { Results } from '../results/results.js'
import type { Summary, SummaryValue } from '../results/summary.js'
import { CAPACITY, type Column, columnsOf, contestedOf, DURABILITY, sentenceName } from './columns.js'
import { isSaturated, type Standing, standingOf } from './contest.js'
import { spokenFigure } from './figures.js'
import { type Point, pointsOf } from './points.js'
import { listed, plain } from './text.js'

/** Below, an interval is the range over seeds (DESIGN.md, "Over seeds"). */
const FEWEST_SEEDS = 6
const MOST_POINTS_NAMED = 3
const MOST_DURABILITIES = 3

/** Whole sentences, the most important first. */
export function verdictOf(results: Results): readonly string[] {
  const ended = results.summaries.filter((summary) => summary.seeds.length > 0)
  if (ended.length === 0)
    return ['No cell ran to its end, so there is nothing to compare.', ...partialSentence(results)]
  const points = pointsOf(ended)
  return [
    ...capacitySentences(columnsOf(results), ended),
    ...contestSentences(columnsOf(results), points),
    ...durabilitySentence(ended),
    ...saturationSentence(ended),
    ...seedsSentence(ended),
    ...partialSentence(results),
  ]
}

const nameOf = (summary: Summary): string => plain(summary.label, 60)

const namesOf = (summaries: readonly Summary[]): string => listed([...new Set(summaries.map(nameOf))])

const measuredIn = (summary: Summary, { measure }: Column): SummaryValue => summary.measures[measure] as SummaryValue

// --- What is sustained ----------------------------------------------------------------------------------------------------

/** Of all variants at once, since their rates are points of an axis. */
function capacitySentences(columns: readonly Column[], summaries: readonly Summary[]): string[] {
  const column = columns.find(({ measure }) => measure === CAPACITY)
  const ranges = [...overRates(summaries).values()]
  // Nobody is kept out for being saturated at some rate: this is what the measure is about.
  const variants = ranges.map(([first]) => ({ ...(first as Summary), flags: {}, axes: otherAxes(first as Summary) }))
  const sustaining = variants.filter(({ measures }) => CAPACITY in measures)
  const none = variants.filter((variant) => !sustaining.includes(variant))
  const failing = none.length === 0 ? [] : [`${namesOf(none)} did not sustain even the smallest rate that was tried.`]
  if (column === undefined || ranges.every((range) => range.length < 2)) return failing
  return [...sustainedSentence(column, sustaining), ...failing]
}

function sustainedSentence(column: Column, sustaining: readonly Summary[]): string[] {
  const [only, ...others] = sustaining
  if (only === undefined) return []
  if (others.length > 0) return contestSentence(column, pointsOf(sustaining))
  return [`${sentenceName(column)}: ${nameOf(only)} sustains ${spokenFigure(column.kind, measuredIn(only, column))}.`]
}

// --- Who is best ----------------------------------------------------------------------------------------------------------

function contestSentences(columns: readonly Column[], points: readonly Point[]): string[] {
  if (points.every(({ summaries }) => summaries.length < 2)) {
    return ['Only one variant ran, so there is none to compare it with.']
  }
  const summaries = points.flatMap((point) => point.summaries)
  return contestedOf(columns, summaries).flatMap((column) => contestSentence(column, points))
}

interface Round {
  readonly point: Point
  readonly standing: Standing
}

function contestSentence(column: Column, points: readonly Point[]): string[] {
  const rounds = points
    .map((point) => ({ point, standing: standingOf(column.measure, column.better, point.summaries) }))
    .filter(({ standing }) => standing.front.length + standing.behind.length > 1)
  if (rounds.length === 0) return []
  const [first] = rounds as [Round, ...Round[]]
  const outcome = points.length === 1 ? outcomeOf(column, first.standing) : outcomesOf(column, rounds)
  return [`${sentenceName(column)}: ${outcome}${excludedClause(column, rounds)}.`]
}

function outcomeOf(column: Column, { front, behind, lacksEvidence }: Standing): string {
  const last = behind.at(-1)
  if (lacksEvidence) return `too few samples in each seed for a verdict (${rangeText(column, front)})`
  if (last === undefined) return evenText(column, front)
  const verb = front.length === 1 ? 'is' : 'are'
  const worst = `${nameOf(last)} is worst with ${spokenFigure(column.kind, measuredIn(last, column))}`
  return `${namesOf(front)} ${verb} best with ${rangeText(column, front)}; ${worst}`
}

function evenText(column: Column, summaries: readonly Summary[]): string {
  const range = rangeText(column, summaries)
  return range.includes(' to ') ? `no clear difference (${range})` : `all are equal at ${range}`
}

/** The same outcome at several points is told once. */
function outcomesOf(column: Column, rounds: readonly Round[]): string {
  const groups = new Map<string, Round[]>()
  for (const round of rounds) {
    const key = outcomeName(round.standing)
    groups.set(key, [...(groups.get(key) ?? []), round])
  }
  return [...groups].map(([name, group]) => groupText(column, name, group, groups.size === 1)).join('; ')
}

function outcomeName({ front, behind, lacksEvidence }: Standing): string {
  if (lacksEvidence) return 'too few samples in each seed for a verdict'
  return behind.length === 0 ? '' : `best: ${namesOf(front)}`
}

function groupText(column: Column, name: string, rounds: readonly Round[], isEverywhere: boolean): string {
  const front = rounds.flatMap(({ standing }) => standing.front)
  const outcome = name === '' ? evenText(column, front) : `${name} (${rangeText(column, front)})`
  return `${isEverywhere ? 'at every point of the axes' : placesText(rounds)} ${outcome}`
}

function placesText(rounds: readonly Round[]): string {
  return `at ${listed(
    rounds.map(({ point }) => `[${point.name}]`),
    MOST_POINTS_NAMED,
  )}`
}

function rangeText(column: Column, summaries: readonly Summary[]): string {
  const values = summaries.map((summary) => measuredIn(summary, column)).sort((left, right) => left.value - right.value)
  if (column.kind === 'share' && values.at(-1)?.value === 0) return spokenFigure(column.kind, fewest(values))
  const [low, high] = [values[0], values.at(-1)].map((value) => spokenFigure(column.kind, value as SummaryValue))
  if (low === high) return low as string
  // The unit once where both have the same: `14.3 to 15.8 ms`.
  const unit = / \D+$/.exec(high as string)?.[0] ?? ''
  const isSameUnit = (column.kind === 'time' || column.kind === 'rate') && (low as string).endsWith(unit)
  return `${isSameUnit ? (low as string).slice(0, -unit.length) : low} to ${high}`
}

/** Of several values of none, the one that leaves the most room. */
function fewest(values: readonly SummaryValue[]): SummaryValue {
  return values.reduce((least, value) => (value.n < least.n ? value : least))
}

function excludedClause(column: Column, rounds: readonly Round[]): string {
  const excluded = rounds.flatMap(({ standing }) => standing.excluded)
  if (excluded.length === 0) return ''
  const told = excluded.map(
    (summary) => `${nameOf(summary)} with ${spokenFigure(column.kind, measuredIn(summary, column))}`,
  )
  return ` (better but saturated: ${listed(told, MOST_POINTS_NAMED)})`
}

// --- Under which conditions -----------------------------------------------------------------------------------------------

/** Said either way: nothing is compared at different durability in silence. */
function durabilitySentence(summaries: readonly Summary[]): string[] {
  const groups = new Map<number, Summary[]>()
  for (const summary of summaries) {
    const copies = summary.measures[DURABILITY]?.value
    if (copies !== undefined) groups.set(copies, [...(groups.get(copies) ?? []), summary])
  }
  if (groups.size === 0) return []
  const sorted = [...groups].sort(([left], [right]) => left - right)
  const counted = (copies: number): string => `${copies} ${copies === 1 ? 'copy' : 'copies'}`
  if (sorted.length === 1) {
    return [`Durability is equal: every acknowledged write was on at least ${counted((sorted[0] as [number, []])[0])}.`]
  }
  const told = sorted.map(([copies, group]) => `${counted(copies)} under ${namesOf(group)}`)
  const text = told.length > MOST_DURABILITIES ? `${told[0]}, and up to ${told.at(-1)}` : told.join('; ')
  return [`Compared at different durability: an acknowledged write was on at least ${text}.`]
}

function saturationSentence(summaries: readonly Summary[]): string[] {
  const names = new Set(summaries.filter(isSaturated).map(nameOf))
  if (names.size === 0) return []
  const theirs = summaries.filter((summary) => names.has(nameOf(summary)))
  const where = theirs.every(isSaturated) ? 'and cannot be best' : 'at some points of the axes and cannot be best there'
  return [`${namesOf(theirs)} did not keep up with what was asked (saturated, †) ${where}.`]
}

function seedsSentence(summaries: readonly Summary[]): string[] {
  const fewest = Math.min(...summaries.map((summary) => summary.seeds.length))
  if (fewest >= FEWEST_SEEDS) return []
  if (fewest === 1) return ['With one seed nothing tells a difference from chance.']
  return [`With fewer than ${FEWEST_SEEDS} seeds an interval is the range over seeds and promises nothing.`]
}

function partialSentence(results: Results): string[] {
  return results.partial
    ? [`Partial: the run was ended after ${results.cells.length} cells, and others are missing.`]
    : []
}
