/** `workload.read-back`: which share of the acknowledged writes is read again, and how long after: a law, or a list of times. */
import { DURATION_UNITS, LONGEST_DURATION, LONGEST_DURATION_TEXT } from '../../core/units.js'
import type { CellReadBack } from '../cell.js'
import { readDuration, type Section } from '../file/section.js'
import { describe, type List } from '../file/tree.js'

export const MOST_TIMES = 100

export function readReadBack(section: Section): CellReadBack {
  const share = section.percent('share', 1)
  const after = section.value('after')
  const read = {
    share,
    after: after?.kind === 'list' ? readTimes(section, after) : section.law('after', 'time', '0ms'),
  }
  section.end()
  return read
}

function readTimes(section: Section, { items }: List): readonly number[] {
  const isFine = items.length > 0 && items.length <= MOST_TIMES
  if (!isFine) {
    const wanted = `after lists 1 to ${MOST_TIMES} times, or is a law, such as uniform(0ms 50ms)`
    section.complain('after', `${wanted}; here are ${items.length} times`)
  }
  return items.map((item) => {
    const nanos = item.kind === 'leaf' ? readDuration(item.value) : undefined
    if (nanos !== undefined && nanos >= 0 && nanos <= LONGEST_DURATION) return nanos
    const wanted = `durations with a unit (${DURATION_UNITS}), such as 5ms, each at most ${LONGEST_DURATION_TEXT}`
    section.reading.problems.add(item.place, `after lists ${wanted}, not ${describe(item)}`)
    return 0
  })
}
