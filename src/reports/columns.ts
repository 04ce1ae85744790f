/**
 * The measures that a comparison shows, in the order of its columns. What does not fit is left out from the highest rank on; the verdict decides
 * each contest once. Unit and orientation come with the results, as for any measure.
 */
import type { Better } from '../measures/measure.js'
import type { Results } from '../results/results.js'
import type { Summary } from '../results/summary.js'
import { hasInterval } from './contest.js'
import { plain } from './text.js'

/** How a column's values are written. */
export type Kind = 'time' | 'share' | 'rate' | 'number'

interface Choice {
  readonly measure: string
  /** One or two lines of a heading. */
  readonly title: readonly string[]
  readonly rank: number
  /** In its place where operations were dropped: then the rates tell most. */
  readonly rankIfDropped?: number
  /** What the verdict decides; by the column of least rank for which two variants have an interval over seeds. */
  readonly contest?: string
  /** A condition of the comparison, which nobody wins. */
  readonly isCondition?: true
  /** Only where this other measure is known, or only where it is not. */
  readonly beside?: string
  readonly without?: string
}

export interface Column extends Choice {
  readonly kind: Kind
  readonly better: Better
}

export const DURABILITY = 'durable.copies.min'
export const CAPACITY = 'throughput.max'

const LONGEST_TITLE = 24

/** Told where operations may wait or be dropped; then rates are to be compared. */
const ACCEPTED = 'throughput.accepted'

const CHOICES: readonly Choice[] = [
  { measure: 'read.p50', title: ['read', 'p50'], rank: 8, contest: 'reads' },
  { measure: 'read.p99', title: ['read', 'p99'], rank: 1, contest: 'reads' },
  { measure: 'write.p50', title: ['write', 'p50'], rank: 9, contest: 'writes' },
  { measure: 'write.p99', title: ['write', 'p99'], rank: 2, contest: 'writes' },
  { measure: 'scan.p50', title: ['scan', 'p50'], rank: 9, contest: 'scans' },
  { measure: 'scan.p99', title: ['scan', 'p99'], rank: 2, contest: 'scans' },
  { measure: 'rmw.p99', title: ['r-m-w', 'p99'], rank: 15 },
  { measure: 'throughput.offered', title: ['offered'], rank: 7, rankIfDropped: 3, beside: ACCEPTED },
  { measure: ACCEPTED, title: ['accepted'], rank: 7, rankIfDropped: 3 },
  { measure: 'throughput.ok', title: ['done'], rank: 7, rankIfDropped: 3, beside: ACCEPTED },
  { measure: 'throughput.ok', title: ['done'], rank: 7, without: ACCEPTED },
  { measure: CAPACITY, title: ['sus-', 'tained'], rank: 0 },
  { measure: 'availability', title: ['avail-', 'able'], rank: 4, contest: 'availability' },
  { measure: 'stale.ratio', title: ['stale', 'reads'], rank: 3, contest: 'staleness' },
  { measure: 'stale.age.p99', title: ['stale', 'age p99'], rank: 11 },
  { measure: 'lost.ratio', title: ['lost', 'writes'], rank: 5, contest: 'loss' },
  { measure: 'lost.merges', title: ['lost', 'incr/add'], rank: 6, contest: 'merges' },
  { measure: 'conflicts.ratio', title: ['conflict-', 'ing'], rank: 13 },
  { measure: 'convergence.p99', title: ['converged', 'p99'], rank: 14 },
  { measure: 'diverged.keys', title: ['diverged', 'keys'], rank: 10 },
  { measure: DURABILITY, title: ['copies', 'at ack'], rank: 0, isCondition: true },
  { measure: 'wan.bytes-per-op', title: ['WAN', 'B/op'], rank: 12 },
]

/** Those of the columns that any variant has a value for. */
export function columnsOf(results: Results): readonly Column[] {
  const isDropping = results.summaries.some(({ measures }) => (measures['errors.dropped']?.value ?? 0) > 0)
  const infos = new Map(results.measures.map((info) => [info.name, info]))
  return CHOICES.flatMap((choice) => {
    const info = infos.get(choice.measure)
    const isKnown = (measure: string) => results.summaries.some(({ measures }) => measure in measures)
    const { measure, beside, without } = choice
    const isMeant = (beside === undefined || isKnown(beside)) && (without === undefined || !isKnown(without))
    if (info === undefined || !isKnown(measure) || !isMeant) return []
    const rank = isDropping ? (choice.rankIfDropped ?? choice.rank) : choice.rank
    const better = choice.isCondition ? 'neither' : (info.better as Better)
    return [{ ...choice, rank, kind: kindOf(info.unit), better }]
  })
}

/**
 * In place of these, those that a reader named, or all of a family: `read` means `read.p50`, `read.p99` and so on, `read@us` those of one zone. In the
 * order of asking, without what no variant has a value for.
 */
export function columnsNamed(results: Results, names: readonly string[]): readonly Column[] {
  const measures = new Set(names.flatMap((name) => measuresMeant(results, name)))
  const infos = new Map(results.measures.map((info) => [info.name, info]))
  return [...measures].map((measure, rank) => {
    const info = infos.get(bareName(measure)) as Results['measures'][number]
    return { measure, title: titleOf(measure), rank, kind: kindOf(info.unit), better: info.better as Better }
  })
}

/** The measures of these results that a name stands for; none where it is unknown or nothing was measured. */
export function measuresMeant({ measures, summaries }: Results, name: string): readonly string[] {
  const base = bareName(name)
  const zone = name.slice(base.length)
  const names = measures.map((info) => info.name)
  const family = names.includes(base) ? [base] : names.filter((one) => one.startsWith(`${base}.`))
  return family
    .map((one) => one + zone)
    .filter((one) => summaries.some((summary) => Object.hasOwn(summary.measures, one)))
}

/** `read.p99` of `read.p99@us`. */
export const bareName = (name: string): string => name.split('@', 1)[0] as string

/** A line for each part; a dot before a digit is a decimal point, as in `p99.9`. */
function titleOf(measure: string): readonly string[] {
  return plain(measure)
    .split(/\.(?!\d)|(?=@)/u)
    .map((part) => plain(part, LONGEST_TITLE))
}

export function kindOf(unit: string): Kind {
  if (unit === 'ms') return 'time'
  if (unit === 'per second') return 'rate'
  return unit === 'ratio' ? 'share' : 'number'
}

/** One column for each contest, in the order of the columns. */
export function contestedOf(columns: readonly Column[], summaries: readonly Summary[]): readonly Column[] {
  const isDecidable = ({ measure }: Column): boolean =>
    summaries.filter(({ measures }) => measures[measure] !== undefined && hasInterval(measures[measure])).length > 1
  return columns.filter(
    (column) =>
      column.contest !== undefined &&
      isDecidable(column) &&
      !columns.some((other) => other.contest === column.contest && other.rank < column.rank && isDecidable(other)),
  )
}

/** What a column is called in a sentence: `Read p99`. */
export function sentenceName({ title }: Column): string {
  const name = titleText(title)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** A heading in one line; a word that was parted is whole again. */
export function titleText(title: readonly string[]): string {
  return title.join(' ').replace('- ', '')
}
