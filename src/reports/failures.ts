/** The cells of a result that failed, each with why and with the command that runs it again. */
import type { Results } from '../results/results.js'
import type { Place } from './report.js'
import { plain } from './text.js'

interface Failures {
  /** `2 of 10 cells failed` and the like; null if none did. */
  readonly sentence: string | null
  readonly shown: readonly { readonly what: string; readonly command: string }[]
}

const MOST_SHOWN = 10
const LONGEST_ERROR = 300

export function failuresOf(results: Results, place: Place): Failures {
  const failed = results.cells.filter((cell) => cell.error !== undefined)
  if (failed.length === 0) return { sentence: null, shown: [] }
  const verb = failed.length === 1 ? 'is' : 'are'
  const rest = failed.length > MOST_SHOWN ? `; the first ${MOST_SHOWN} are` : ''
  return {
    sentence: `${failed.length} of ${results.cells.length} cells failed and ${verb} left out${rest}:`,
    shown: failed.slice(0, MOST_SHOWN).map(({ id, error }) => ({
      what: `${plain(id)}: ${plain(error ?? '', LONGEST_ERROR)}`,
      command: place.replayCommand(id),
    })),
  }
}
