/** One value of a chart in words, from the option alone, for charts whose tooltips say nothing of their own: `lww: ms 12.5, fresh reads 0.98`. */
import type { ChartOption } from '../echarts.js'
import { partsOf } from './overheard.js'

export function spokenPoint(option: ChartOption, seriesIndex: number, dataIndex: number): string {
  const series = partsOf(option['series'])[seriesIndex] ?? {}
  const value = valueIn((series['data'] as readonly unknown[])[dataIndex])
  const [x, y, ...others] = Array.isArray(value) ? value : [dataIndex, value]
  const axes = [
    onAxis(partsOf(option['xAxis'])[Number(series['xAxisIndex'] ?? 0)], x),
    onAxis(partsOf(option['yAxis'])[Number(series['yAxisIndex'] ?? 0)], y),
  ]
  return `${series['name'] ?? ''}: ${[...axes, ...others.map(String)].join(', ')}`
}

/** Whether a place in the data holds no value. */
export function isGap(item: unknown): boolean {
  const value = valueIn(item)
  const last: unknown = Array.isArray(value) ? value.at(-1) : value
  return last === null || last === undefined || last === '-' || Number.isNaN(last)
}

function valueIn(item: unknown): unknown {
  return item !== null && typeof item === 'object' && 'value' in item ? item.value : item
}

function onAxis(axis: Readonly<Record<string, unknown>> | undefined, value: unknown): string {
  const categories = axis?.['data']
  const text = Array.isArray(categories) && typeof value === 'number' ? (categories[value] ?? value) : value
  return [axis?.['name'], text].filter((part) => part !== undefined && part !== '').join(' ')
}
