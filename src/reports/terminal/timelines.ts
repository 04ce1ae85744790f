/**
 * How each variant fared second by second, as sparklines side by side with the faults under them. All variants are on one scale for each quantity. Where
 * there are more seconds than places, a place shows the worst of its seconds, so that no dip is smoothed away. Only the first point of the axes is shown,
 * and only where faults struck; results of before strikes were kept have none.
 */
import type { Results } from '../../results/results.js'
import type { Summary } from '../../results/summary.js'
import { pointsOf } from '../points.js'
import { plain } from '../text.js'
import { QUANTITIES, type Quantity } from './quantities.js'
import { markLine, sparkline } from './sparkline.js'
import { marksOf, type StrikeRow, strikeRows } from './strikes.js'
import { wrapped } from './wrapped.js'

const FEWEST_SECONDS = 8
const MOST_VARIANTS = 12
/** Of a line, the names take at most one part of so many. */
const NAME_PART = 3
const GAP = '  '
/** Of a sparkline; headings need them. */
const FEWEST_PLACES = 14

/** What one character stands for. */
interface Places {
  readonly count: number
  readonly seconds: number
}

interface Column {
  readonly title: string
  readonly scale: string
  /** One for each variant. */
  readonly lines: readonly string[]
}

/** Empty where there is nothing to show. */
export function timelinesText(results: Results, width: number): string {
  const [point, ...others] = pointsOf(results.summaries.filter(({ seeds }) => seeds.length > 0))
  if (point === undefined) return ''
  const shown = point.summaries.slice(0, MOST_VARIANTS)
  const seconds = Math.max(...shown.map(({ timeline }) => timeline.second.length))
  const strikes = strikeRows(shown)
  if (seconds < FEWEST_SECONDS || strikes.length === 0) return ''
  const names = shown.map(({ label }) => plain(label, Math.floor(width / NAME_PART)))
  const nameWidth = widest([...names, ...strikes.map(({ name }) => name)])
  const room = Math.floor((width - nameWidth) / QUANTITIES.length) - GAP.length
  if (room < FEWEST_PLACES) return wrapped('left out for want of width: how it went second by second', width)
  const places = placesFor(seconds, room)
  const notes = [...scaleNotes(strikes), ...leftOut(point.summaries.length - shown.length, others.length)]
  return [
    wrapped(introduction(point.name, places), width),
    ...rowsOf(names, nameWidth, shown, strikes, places),
    ...notes.map((note) => wrapped(note, width)),
  ].join('\n')
}

function placesFor(seconds: number, room: number): Places {
  const each = Math.ceil(seconds / room)
  return { count: Math.ceil(seconds / each), seconds: each }
}

function introduction(pointName: string, { seconds }: Places): string {
  const where = pointName === '' ? '' : ` at [${pointName}]`
  const each = seconds === 1 ? 'a second' : `the worst of ${seconds} s`
  return `The measured phase${where}, each character ${each}:`
}

function rowsOf(
  names: readonly string[],
  nameWidth: number,
  shown: readonly Summary[],
  strikes: readonly StrikeRow[],
  places: Places,
): readonly string[] {
  const columns = QUANTITIES.map((quantity) => columnOf(quantity, shown, places))
  const widths = [nameWidth, ...columns.map(({ title, scale }) => Math.max(widest([title, scale]), places.count))]
  const row = (texts: readonly string[]): string =>
    texts
      .map((text, i) => text + ' '.repeat((widths[i] as number) - lengthOf(text)))
      .join(GAP)
      .trimEnd()
  return [
    row(['', ...columns.map(({ title }) => title)]),
    row(['', ...columns.map(({ scale }) => scale)]),
    ...names.map((name, i) => row([name, ...columns.map(({ lines }) => lines[i] as string)])),
    ...strikes.map((strike) => {
      const marks = markLine(marksOf(strike, places.count, places.seconds))
      return row([strike.name, ...columns.map(() => marks)])
    }),
  ]
}

function columnOf(quantity: Quantity, shown: readonly Summary[], places: Places): Column {
  const rows = shown.map((summary) => worstOf(quantity, summary, places))
  const known = rows.flat().filter((value) => value !== null)
  if (known.length === 0) return { title: quantity.title, scale: 'too few samples', lines: rows.map(() => '') }
  const scale = quantity.scale(known)
  const lines = rows.map((row) => sparkline(row.map((value) => (value === null ? null : scale.heightOf(value)))))
  return { title: quantity.title, scale: scale.text, lines }
}

/** Of each place. */
function worstOf(quantity: Quantity, summary: Summary, { count, seconds }: Places): readonly (number | null)[] {
  return Array.from({ length: count }, (_, place) => {
    const values = Array.from({ length: seconds }, (_, i) => quantity.at(summary, place * seconds + i))
    const known = values.filter((value) => value !== null)
    return known.length === 0 ? null : quantity.worst(known)
  })
}

function scaleNotes(strikes: readonly StrikeRow[]): readonly string[] {
  const isSeldom = strikes.some((row) => row.strikes.some(({ isInAllSeeds }) => !isInAllSeeds))
  return [
    'p99: the higher of reads and writes, a typical seed; done: the mean over seeds',
    ...(isSeldom ? ['╌ struck in some of the seeds'] : []),
  ]
}

function leftOut(variants: number, points: number): readonly string[] {
  const told = [
    ...(variants > 0 ? [`${variants} more ${variants === 1 ? 'variant' : 'variants'}`] : []),
    ...(points > 0 ? [`${points} more ${points === 1 ? 'point' : 'points'} of the axes`] : []),
  ]
  return told.length === 0 ? [] : [`left out: ${told.join(' and ')}`]
}

const widest = (texts: readonly string[]): number => Math.max(...texts.map(lengthOf))

const lengthOf = (text: string): number => [...text].length
