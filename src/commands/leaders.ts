/**
 * Who is ahead while a run goes on: by the median over seeds of what single cells measured, among the seeds that all variants have ended, at the point of the
 * axes of which most cells have ended. It is a glimpse and no verdict, which pools the seeds and looks at their intervals. As there, a saturated variant
 * cannot be best.
 */
import { digits, percent } from '../reports/figures.js'
import { type Point, pointsOf } from '../reports/points.js'
import { plain } from '../reports/text.js'
import type { CellEntry } from '../results/cell-result.js'
import { median } from '../results/pooled-timeline.js'

/** What is known of a cell before it runs. */
export type PlannedCell = Pick<CellEntry, 'id' | 'variant' | 'label' | 'axes' | 'seed'>

export type EndedCell = PlannedCell & Pick<CellEntry, 'measures' | 'atLeast' | 'flags'>

export interface Leaders {
  /** Of the point; empty where nothing varies. */
  readonly point: string
  readonly seeds: number
  readonly ofSeeds: number
  readonly leads: readonly Lead[]
}

export interface Lead {
  readonly title: string
  /** Best first; all that measured it where they are even. */
  readonly labels: readonly string[]
  readonly isEven: boolean
  readonly figure: string
}

interface Contest {
  readonly measure: string
  readonly title: string
  readonly textOf: (value: number) => string
}

const inMilliseconds = (value: number): string => `${digits(value)} ms`
const inPercent = (value: number): string => `${percent(value)}%`

/** Less is better in each. */
const CONTESTS: readonly Contest[] = [
  { measure: 'read.p99', title: 'read p99', textOf: inMilliseconds },
  { measure: 'write.p99', title: 'write p99', textOf: inMilliseconds },
  { measure: 'stale.ratio', title: 'stale reads', textOf: inPercent },
  { measure: 'lost.ratio', title: 'lost writes', textOf: inPercent },
]

const LONGEST_LABEL = 60

/** Null before each of at least two variants has ended a seed that the others have ended too. */
export function leadersOf(planned: readonly PlannedCell[], ended: readonly EndedCell[]): Leaders | null {
  const byId = new Map(ended.map((cell) => [cell.id, cell]))
  const point = fullestOf(pointsOf(planned), byId)
  if (point === undefined) return null
  const variants = grouped(point.summaries, ({ variant }) => variant)
  const seeds = grouped(point.summaries, ({ seed }) => seed)
  const common = [...seeds.values()].filter((cells) => cells.every(({ id }) => byId.has(id)))
  if (variants.size < 2 || common.length === 0) return null
  const compared = common.flat().flatMap(({ id }) => byId.get(id) ?? [])
  const rivals = [...grouped(compared, ({ variant }) => variant).values()].filter(
    (cells) => !cells.some(({ flags }) => flags.includes('saturated')),
  )
  const leads = CONTESTS.flatMap((contest) => leadOf(contest, rivals))
  return { point: point.name, seeds: common.length, ofSeeds: seeds.size, leads }
}

function fullestOf(
  points: readonly Point<PlannedCell>[],
  ended: ReadonlyMap<string, EndedCell>,
): Point<PlannedCell> | undefined {
  const countOf = ({ summaries }: Point<PlannedCell>): number => summaries.filter(({ id }) => ended.has(id)).length
  const counts = points.map(countOf)
  return points[counts.indexOf(Math.max(...counts))]
}

/** None where fewer than two have measured it. */
function leadOf({ measure, title, textOf }: Contest, rivals: readonly (readonly EndedCell[])[]): Lead[] {
  const standings = rivals.flatMap((cells) => {
    const value = median(cells.flatMap(({ measures }) => measures[measure] ?? []))
    const isAtLeast = cells.some(({ atLeast }) => atLeast.includes(measure))
    const label = plain(cells[0]?.label ?? '', LONGEST_LABEL)
    return value === null ? [] : [{ label, value, figure: `${isAtLeast ? '≥ ' : ''}${textOf(value)}` }]
  })
  const [best] = standings.sort((left, right) => left.value - right.value)
  if (best === undefined || standings.length < 2) return []
  const labels = standings.filter(({ figure }) => figure === best.figure).map(({ label }) => label)
  return [{ title, labels, isEven: labels.length === standings.length, figure: best.figure }]
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
