/**
 * When a fault strikes, for all faults alike. `at` and `for` script one strike; with `every` strikes repeat, that long from the end of one to the
 * beginning of the next, and the first begins at `at` or, without it, after a first draw of `every`; `times` bounds them. `for` and
 * `every` are laws, so exponential ones make the alternating renewal process of a component that fails and is repaired at rates.
 */
import { z } from 'zod'
import { LimitError } from '../core/errors.js'
import type { Nanos } from '../core/ids.js'
import type { Random } from '../core/random.js'
import { duration } from '../core/schema.js'
import { compile } from '../distributions/index.js'
import { timeLaw } from '../distributions/law-option.js'
import { parseLaw } from '../distributions/parse.js'

/** More than these are a mistake in a unit, and would fill the memory. */
const MOST_STRIKES = 1_000_000

export interface Timing {
  readonly at?: Nanos | undefined
  readonly for: string
  readonly every?: string | undefined
  readonly times?: number | undefined
}

export interface Occurrence {
  readonly from: Nanos
  readonly to: Nanos
}

export const timing = {
  at: duration().optional(),
  for: timeLaw(),
  every: timeLaw().optional(),
  times: z.int().min(1).optional(),
}

/** A sentence that says why these times are impossible, or `undefined`. */
export function timingComplaint(name: string, times: Timing): string | undefined {
  if (times.at === undefined && times.every === undefined)
    return `${name} needs at, when it strikes, or every, how long after the end of one strike the next begins`
  if (times.every === undefined)
    return times.times === undefined ? undefined : 'times: it bounds how often every repeats, and every is not given'
  const cycle = parseLaw(times.every, 'time').mean + parseLaw(times.for, 'time').mean
  return cycle > 0 ? undefined : 'every: strikes without length or distance would never end'
}

/** Those that begin before `length`, in order. */
export function occurrences(times: Timing, length: Nanos, random: Random): readonly Occurrence[] {
  const lasting = compile(times.for, 'time')
  const between = times.every === undefined ? null : compile(times.every, 'time')
  const most = between === null ? 1 : (times.times ?? Number.POSITIVE_INFINITY)
  const found: Occurrence[] = []
  let from = times.at ?? between?.at(random.next()) ?? length
  while (from < length && found.length < most) {
    if (found.length === MOST_STRIKES) throw new LimitError(`A fault strikes more than ${MOST_STRIKES} times.`)
    const to = from + lasting.at(random.next())
    found.push({ from, to })
    from = between === null ? length : to + between.at(random.next())
  }
  return found
}
