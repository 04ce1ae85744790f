/** `replay(FILE)`: arrivals from a file of timestamps beside the workload file, whose gaps become part of the cell. */
import { messageOf } from '../../core/errors.js'
import { encodeGaps, type GapText } from '../../workload/arrivals/gap-text.js'
import type { Section } from '../file/section.js'
import { MOST_TIMESTAMPS, readGaps } from '../file/timestamps.js'
import type { Call } from './call.js'

/** Room for long lines, of which only the first column counts. */
const LARGEST_FILE = 100 * MOST_TIMESTAMPS

/** `undefined` after a complaint. */
export function readReplay(workload: Section, { argument = '', argumentAt, leaf }: Call): GapText | undefined {
  const name = argument.trim()
  const start = leaf.textStart === undefined ? leaf.place.start : leaf.textStart + argumentAt + argument.indexOf(name)
  const complain = (sentence: string): undefined => {
    workload.reading.problems.add({ ...leaf.place, start }, sentence)
    return undefined
  }
  if (name === '') return complain('replay takes a file with a timestamp on each line, such as replay(arrivals.csv)')
  let contents: string
  try {
    contents = workload.reading.laws.contents(name, LARGEST_FILE)
  } catch (thrown) {
    return complain(`Cannot read ${JSON.stringify(name)}: ${messageOf(thrown)}`)
  }
  try {
    return encodeGaps(readGaps(contents, name))
  } catch (thrown) {
    return complain(messageOf(thrown))
  }
}
