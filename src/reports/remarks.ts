/** What stands below the table, a sentence or a paragraph each: what the workload came out as, what struck, where figures come from. */
import type { Results } from '../results/results.js'
import { faultsSentence } from './faults.js'
import { presetSentences } from './presets.js'
import { realisedSentence } from './realised.js'

export function remarksOf(results: Results): readonly string[] {
  const told = [realisedSentence(results), faultsSentence(results), ...presetSentences(results)]
  return told.filter((sentence) => sentence !== null)
}
