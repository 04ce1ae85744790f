/**
 * A series is one variant at one point of the axes: a row of the table, and a line or a mark of every chart, under the same number and so in the same
 * colour, dash and marker everywhere. They stand in the order of the comparison: point after point.
 */
import type { Results } from '../../results/results.js'
import type { Summary } from '../../results/summary.js'
import { axesOf, axisText, pointsOf } from '../points.js'
import { plain } from '../text.js'

export interface Series {
  readonly index: number
  /** Of its summary. */
  readonly id: string
  readonly label: string
  /** The label, and the point where axes vary: `lww [records=10]`. */
  readonly name: string
  readonly strategy: string
  /** By title of the axis, those that vary. */
  readonly axes: Readonly<Record<string, string>>
}

const LONGEST_LABEL = 60

/** In the order of `seriesOf`: what a chart keeps for each series is taken from here. */
export function summariesInOrder(results: Results): readonly Summary[] {
  return pointsOf(results.summaries).flatMap(({ summaries }) => summaries)
}

export function seriesOf(results: Results): readonly Series[] {
  const axes = axesOf(results.summaries)
  return pointsOf(results.summaries)
    .flatMap((point) => point.summaries.map((summary) => ({ summary, pointName: point.name })))
    .map(({ summary, pointName }, index) => {
      const label = plain(summary.label, LONGEST_LABEL)
      return {
        index,
        id: summary.id,
        label,
        name: pointName === '' ? label : `${label} [${pointName}]`,
        strategy: plain(summary.strategy, LONGEST_LABEL),
        axes: Object.fromEntries(axes.map((axis) => [axis.title, axisText(summary, axis)])),
      }
    })
}
