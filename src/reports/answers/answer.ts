/**
 * What an answer is, and how one is told where axes vary: each of a few points for itself, and of many the first, with how many others
 * come out the same. An outcome is the same if the same variants are named for the same reason, whatever the figures.
 */
import type { Summary, SummaryValue } from '../../results/summary.js'
import { kindOf } from '../columns.js'
import { spokenFigure } from '../figures.js'
import type { Point } from '../points.js'
import { listed, plain } from '../text.js'

export interface Answer {
  readonly question: string
  /** One, or one for each point that is told. */
  readonly answers: readonly PointAnswer[]
  /** Sentences on the whole. */
  readonly beside: readonly string[]
  /** What it rests on; null where the answer says all. */
  readonly table: AnswerTable | null
}

export interface PointAnswer {
  /** The point; empty where axes do not vary, or do not matter. */
  readonly at: string
  /** Whole sentences, the answer first. */
  readonly text: string
}

export interface AnswerTable {
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What comes out at one point. */
export interface Outcome {
  readonly sentences: readonly string[]
  /** Equal at points that come out the same. */
  readonly name: string
  readonly rows: readonly (readonly string[])[]
}

const MOST_POINTS = 3
const LONGEST_LABEL = 60

export function answerOver(
  question: string,
  heads: readonly string[],
  points: readonly Point[],
  outcomeAt: (summaries: readonly Summary[]) => Outcome,
): Answer {
  const outcomes = points.map(({ name, summaries }) => ({ point: name, ...outcomeAt(summaries) }))
  const told = outcomes.slice(0, outcomes.length > MOST_POINTS ? 1 : MOST_POINTS)
  const rows = told.flatMap((outcome) => outcome.rows.map((row) => (points.length > 1 ? [outcome.point, ...row] : row)))
  return {
    question,
    answers: told.map(({ point, sentences }) => ({ at: point, text: shortened(sentences, told.length).join(' ') })),
    beside: othersSentence(outcomes.slice(told.length), outcomes[0]?.name),
    table: rows.length === 0 ? null : { heads: points.length > 1 ? ['at', ...heads] : heads, rows },
  }
}

/** Of several points each says what matters most, so that all stand on one screen; the table has the rest. */
const shortened = (sentences: readonly string[], points: number): readonly string[] =>
  points > 1 ? sentences.slice(0, 1) : sentences

/** One that holds whatever varies. */
export function plainAnswer(question: string, text: string): Answer {
  return { question, answers: [{ at: '', text }], beside: [], table: null }
}

function othersSentence(others: readonly Outcome[], first: string | undefined): readonly string[] {
  if (others.length === 0) return []
  const same = others.filter(({ name }) => name === first).length
  if (same === others.length) return [`The ${others.length} other points come out the same way.`]
  if (same === 0) return [`The ${others.length} other points differ.`]
  return [`Of the ${others.length} other points ${same} come out the same way and ${others.length - same} differ.`]
}

export const nameOf = ({ label }: Summary): string => plain(label, LONGEST_LABEL)

export const namesOf = (summaries: readonly Summary[]): string => listed([...new Set(summaries.map(nameOf))], 3)

/** With its unit, as the measure has it; `-` where there is none. */
export function spoken(summary: Summary, measure: string, unit: 'ms' | 'ratio' | 'count'): string {
  const value = summary.measures[measure]
  return value === undefined ? '-' : spokenFigure(kindOf(unit), value)
}

/** From the smallest to the largest: `12.9% to 15.4%`. */
export function spokenRange(values: readonly SummaryValue[], unit: 'ms' | 'ratio'): string {
  const sorted = values.toSorted((left, right) => left.value - right.value || left.n - right.n)
  const [least, most] = [sorted[0], sorted.at(-1)].map((value) => spokenFigure(kindOf(unit), value as SummaryValue))
  return least === most || sorted.at(-1)?.value === 0 ? (least as string) : `${least} to ${most}`
}

/** The values of one measure, of those that have it. */
export function valuesOf(summaries: readonly Summary[], measure: string): readonly SummaryValue[] {
  return summaries.flatMap(({ measures }) => measures[measure] ?? [])
}
