/** The questions that a comparison is read for, each with its answer in words and numbers. */
import type { Results } from '../results/results.js'

export interface Answer {
  readonly question: string
  /** Whole sentences, the answer first. */
  readonly answer: string
  /** What it rests on; null where the answer says all. */
  readonly table: AnswerTable | null
}

export interface AnswerTable {
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export function answersOf(_results: Results): readonly Answer[] {
  return []
}
