/**
 * The histograms of every seed as one log of HdrHistogram (format 1.3), which its tools in any language read, plot and merge. A tag is one quantity of one
 * variant at one point of the axes; its intervals are the seeds, one after the other: the seed's number in the plan, times the longest duration of a
 * cell, is where its interval starts, so a reader can merge by tag or tell seeds apart by time. Virtual time has no date, so the log starts at 0.
 *
 * Times are in nanoseconds, and the column of maxima in milliseconds as Java's writer has it. hdr-histogram-js writes such logs too, but with a date of its own
 * making, an empty line and another unit of the maximum.
 */
import { z } from 'zod'
import type { CellEntry, StoredHistogram } from '../results/cell-result.js'
import { encodeHistogram } from '../results/histogram-text.js'
import { summaryId } from '../results/summary.js'
import type { ReportFormat } from './report.js'

const NANOSECONDS_PER_MILLISECOND = 1_000_000

type Histograms = Readonly<Record<string, StoredHistogram>>

export const hlog: ReportFormat = {
  name: 'hlog',
  extension: 'hlog',
  summary: 'the histograms as a log for HdrHistogram and its tools',
  async render(results, place) {
    const histograms = await place.histograms()
    const slots = slotsOf(results.cells)
    return [...headLines(slots, histograms), ...intervalLines(slots, histograms)].map((line) => `${line}\n`).join('')
  },
}

/** The part of the log that belongs to one seed; seconds. */
interface Slot {
  readonly seed: number
  readonly start: number
  readonly length: number
  readonly cells: readonly CellEntry[]
}

function slotsOf(cells: readonly CellEntry[]): readonly Slot[] {
  const bySeed = new Map<number, CellEntry[]>()
  for (const cell of cells) {
    const group = bySeed.get(cell.seed)
    if (group === undefined) bySeed.set(cell.seed, [cell])
    else group.push(cell)
  }
  const length = cells.reduce((longest, cell) => Math.max(longest, secondsOf(cell) ?? 0), 0) || 1
  return [...bySeed].map(([seed, group], i) => ({ seed, start: i * length, length, cells: group }))
}

function headLines(slots: readonly Slot[], histograms: ReadonlyMap<string, Histograms>): readonly string[] {
  const seeds = slots.map(({ seed, start }) => `${seed} at ${decimals(start)}`)
  return [
    '#[Histogram log format version 1.3]',
    '#[StartTime: 0.000 (seconds since epoch), Thu Jan 01 00:00:00 UTC 1970]',
    '#[maxValueUnitRatio: 1000000.0; times are nanoseconds and Interval_Max milliseconds. Counts, such as stale.versions, have a ratio of 1.0]',
    `#[Seeds, and the second where their intervals start: ${seeds.join(', ')}]`,
    ...givingUpLine(histograms),
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
  ]
}

function givingUpLine(histograms: ReadonlyMap<string, Histograms>): readonly string[] {
  const bounds = [...histograms.values()].flatMap((ofCell) =>
    Object.values(ofCell).flatMap(({ censoredFrom }) => censoredFrom ?? []),
  )
  if (bounds.length === 0) return []
  const from = decimals(bounds.reduce((least, bound) => Math.min(least, bound)) / NANOSECONDS_PER_MILLISECOND)
  return [`#[From ${from} ms on a value may be a client giving up: the operation took at least that long]`]
}

/** In the order of time, as readers of a part of a log expect; within a seed in the order of the plan. */
function* intervalLines(slots: readonly Slot[], histograms: ReadonlyMap<string, Histograms>): Generator<string> {
  const tags = new Tags()
  for (const { start, length, cells } of slots) {
    for (const cell of cells) {
      for (const [quantity, stored] of Object.entries(histograms.get(cell.id) ?? {})) {
        const { unit, hdr, max } = encodeHistogram(quantity, stored)
        const tag = tags.of(summaryId(cell), quantity)
        const shown = unit === 'ns' ? max / NANOSECONDS_PER_MILLISECOND : max
        yield `Tag=${tag},${decimals(start)},${decimals(secondsOf(cell) ?? length)},${decimals(shown)},${hdr}`
      }
    }
  }
}

const timed = z.looseObject({ phases: z.looseObject({ duration: z.number().positive() }) })

/** Of the measured phase; `undefined` where the result does not say. */
function secondsOf({ cell }: CellEntry): number | undefined {
  const duration = timed.safeParse(cell).data?.phases.duration
  return duration === undefined ? undefined : duration / 1e9
}

const decimals = (value: number): string => value.toFixed(3)

/** `variant/axis=value:read@us`: unique, and without what would end a field or a line of the log. */
class Tags {
  private readonly bySource = new Map<string, string>()
  private readonly taken = new Set<string>()

  of(summary: string, quantity: string): string {
    const source = JSON.stringify([summary, quantity])
    const known = this.bySource.get(source)
    if (known !== undefined) return known
    const safe = `${summary}:${quantity}`.replaceAll(/[\s,"\p{C}\p{Z}]+/gu, '_')
    let tag = safe
    for (let number = 2; this.taken.has(tag); number++) tag = `${safe}~${number}`
    this.taken.add(tag)
    this.bySource.set(source, tag)
    return tag
  }
}
