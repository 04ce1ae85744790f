/** A chart's option whose tooltips tell what they say: so the sentence for those who do not see the tooltip is the tooltip, in the words of its chart. */
import type { ChartOption } from '../echarts.js'

export type Hear = (text: string) => void

type Formatter = (...given: readonly unknown[]) => unknown

export function overheard(option: ChartOption, hear: Hear): ChartOption {
  const series = partsOf(option['series'])
  return {
    ...option,
    tooltip: heardIn(option['tooltip'], hear),
    series: series.map((one) => ('tooltip' in one ? { ...one, tooltip: heardIn(one['tooltip'], hear) } : one)),
  }
}

function heardIn(tooltip: unknown, hear: Hear): unknown {
  if (tooltip === null || typeof tooltip !== 'object' || !('formatter' in tooltip)) return tooltip
  const { formatter } = tooltip
  if (typeof formatter !== 'function') return tooltip
  const telling: Formatter = (...given) => {
    const said: unknown = (formatter as Formatter)(...given)
    if (typeof said === 'string') hear(said)
    return said
  }
  return { ...tooltip, formatter: telling }
}

/** Of an option that may hold one part or several. */
export function partsOf(option: unknown): readonly Readonly<Record<string, unknown>>[] {
  return (Array.isArray(option) ? option : [option]).filter((part) => part !== null && typeof part === 'object')
}
