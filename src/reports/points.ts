/**
 * Points of the axes. Variants are compared with each other at one point, where they met the same workload in the same world; between
 * points it is the question that differs. An axis that has one value only is not worth a column.
 */
import { shortestEnding } from '../core/paths.js'
import type { Summary } from '../results/summary.js'
import { plain } from './text.js'

export interface Axis {
  readonly path: string
  /** The path's last part, or as many as tell it from the other axes; it begins with a word, not with an index. */
  readonly title: string
}

/** Whatever stands at a point: a summary, or a cell. */
type Placed = Pick<Summary, 'axes'>

export interface Point<T extends Placed = Summary> {
  /** `arrivals=poisson(2000/s), records=10`; empty where nothing varies. */
  readonly name: string
  readonly summaries: readonly T[]
}

const LONGEST_VALUE = 32

export function axesOf(summaries: readonly Placed[]): readonly Axis[] {
  const paths = [...new Set(summaries.flatMap((summary) => Object.keys(summary.axes)))]
  const varying = paths.filter((path) => new Set(summaries.map((summary) => valueText(summary, path))).size > 1)
  return varying.map((path) => ({ path, title: plain(shortestEnding(path, varying), LONGEST_VALUE) }))
}

/** In the order in which they come. */
export function pointsOf<T extends Placed>(summaries: readonly T[]): readonly Point<T>[] {
  const axes = axesOf(summaries)
  const groups = new Map<string, T[]>()
  for (const summary of summaries) {
    const key = JSON.stringify(axes.map(({ path }) => valueText(summary, path)))
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [summary])
    else group.push(summary)
  }
  return [...groups.values()].map((group) => ({ name: pointName(axes, group[0] as T), summaries: group }))
}

export function axisText(summary: Placed, { path }: Axis): string {
  return path in summary.axes ? plain(shortValue(summary.axes[path]), LONGEST_VALUE) : '-'
}

/** Of these axes alone: `records=10`. */
export function pointName(axes: readonly Axis[], summary: Placed): string {
  return axes.map((axis) => `${axis.title}=${axisText(summary, axis)}`).join(', ')
}

/** Exact, where `axisText` may be cut. */
function valueText(summary: Placed, path: string): string {
  return JSON.stringify(summary.axes[path]) ?? ''
}

/** `read 50% update 50%` of a mapping, items of a list, anything else as it is. */
function shortValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(shortValue).join(' ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${shortValue(inner)}`)
    .join(' ')
}
