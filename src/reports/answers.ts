/**
 * The three questions that a comparison is read for, each answered in words and numbers from the summaries alone: which variant for fresh reads, what a
 * lost zone costs, and whether one copy at acknowledgement is safe. An answer says what it does not know; it never calls a thing safe
 * because nothing happened to it.
 */
import type { Results } from '../results/results.js'
import type { Answer } from './answers/answer.js'
import { faultCost } from './answers/fault-cost.js'
import { freshReads } from './answers/fresh-reads.js'
import { oneCopy } from './answers/one-copy.js'

export type { Answer } from './answers/answer.js'

/** None where no cell ran to its end. */
export function answersOf(results: Results): readonly Answer[] {
  const ended = results.summaries.filter((summary) => summary.seeds.length > 0)
  if (ended.length === 0) return []
  const told = { ...results, summaries: ended }
  return [freshReads(told), faultCost(told), oneCopy(told)]
}
