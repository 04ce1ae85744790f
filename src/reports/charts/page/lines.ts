/** What of a chart a reader can go along, from its option alone; and of a tooltip what concerns the line that the reader is on. */
import type { ChartOption } from '../echarts.js'
import { partsOf } from './overheard.js'

export interface Line {
  /** ECharts' number of the series. */
  readonly index: number
  readonly name: string
  /** Of the values that are there. */
  readonly points: readonly number[]
}

/** Without what is drawn for the eye alone (`silent`, or no tooltip), has no data, or was switched off in the legend. */
export function linesOf(option: ChartOption, isOff: (name: string) => boolean): readonly Line[] {
  return partsOf(option['series']).flatMap((series, index) => {
    const { silent, tooltip, data } = series
    const name = String(series['name'] ?? '')
    const isSeen = silent !== true && (tooltip as { show?: boolean } | undefined)?.show !== false && !isOff(name)
    const points = Array.isArray(data) ? data.flatMap((item, i) => (isGap(item) ? [] : [i])) : []
    return isSeen && points.length > 0 ? [{ index, name, points }] : []
  })
}

function isGap(item: unknown): boolean {
  const value: unknown = item !== null && typeof item === 'object' && 'value' in item ? item.value : item
  const last: unknown = Array.isArray(value) ? value.at(-1) : value
  return last === null || last === undefined || last === '-' || Number.isNaN(last)
}

/** The heading, and of the lines that follow those that end in the name, if any does; else all. */
export function spokenOf(tooltip: string, name: string): string {
  // Word joiners keep braces of labels from being styles.
  const [heading, ...others] = tooltip
    .replaceAll('\u2060', '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const own = others.filter((line) => line.endsWith(name))
  return [heading, ...(name !== '' && own.length > 0 ? own : others)].join('; ')
}
