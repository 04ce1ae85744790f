/**
 * What is wrong with a workload file or a setting: all of it at once, in the order of the text, each with `file:line:column`, what was
 * wrong and what is allowed, and the line itself.
 */
import { UserError } from '../core/errors.js'
import type { Problem } from './file/problems.js'

/** Nobody reads more at a time. */
const MOST_SHOWN = 50

export class SpecError extends UserError {
  /** What is wrong, without the places. */
  readonly sentences: readonly string[]

  constructor(problems: readonly Problem[]) {
    const sorted = problems.toSorted(
      (a, b) => a.place.source.rank - b.place.source.rank || a.place.start - b.place.start,
    )
    const shown = sorted
      .slice(0, MOST_SHOWN)
      .map(({ place, sentence }) => place.source.complaintAt(place.start, sentence))
    if (sorted.length > MOST_SHOWN) shown.push(`And ${sorted.length - MOST_SHOWN} more.`)
    super(shown.join('\n'))
    this.sentences = sorted.map((problem) => problem.sentence)
  }
}
