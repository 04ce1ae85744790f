/**
 * What the charts have in common: the legend, the room that it takes, axes in our colours, tooltips as text, and no animation, which would draw numbers
 * that are not there. Widths of text are guessed on the large side, the same everywhere, since Node has no fonts to measure.
 */

import { INK, PAPER, RULE, SOFT_INK, styleOf } from './colours.js'
import type { ChartOption } from './echarts.js'
import type { Series } from './series.js'

const LINE_PIXELS = 24
const SYMBOL_PIXELS = 50
const LONGEST_NAME = 48
/** Room below the legend, for the name of a panel or for what rises above it. */
const LEGEND_GAP = 20

const TOOLTIP = {
  backgroundColor: PAPER,
  borderColor: RULE,
  textStyle: { color: INK, fontSize: 12 },
  confine: true,
  // As text, whatever a label holds.
  renderMode: 'richText',
}

/** Of all charts. */
export const BASE: ChartOption = {
  animation: false,
  textStyle: { color: INK, fontFamily: 'system-ui, sans-serif', fontSize: 12 },
  tooltip: TOOLTIP,
}

/** What ECharts tells a tooltip about the mark that the pointer is at. */
export interface Pointed {
  readonly data: unknown
  readonly dataIndex: number
  readonly seriesName?: string
  readonly axisIndex?: number
}

/** Text, or a figure and the name that it belongs to, of which the name gives way. */
export type TooltipLine = string | readonly [figure: string, name: string]

/** As lines of text, of the first of what is pointed at, or of all. */
export function tooltipOf(
  trigger: 'item' | 'axis',
  width: number,
  lines: (pointed: Pointed, all: readonly Pointed[]) => readonly TooltipLine[],
): object {
  return {
    ...TOOLTIP,
    trigger,
    axisPointer: { type: 'line', lineStyle: { color: SOFT_INK, type: 'solid' }, label: { show: false } },
    formatter: (pointed: Pointed | readonly Pointed[]) => {
      const all = [pointed].flat() as readonly Pointed[]
      return lines(all[0] as Pointed, all)
        .map((line) => unstyled(lineText(line, width - 40)))
        .join('\n')
    },
  }
}

function lineText(line: TooltipLine, pixels: number): string {
  if (typeof line === 'string') return fitted(line, pixels)
  const figure = `${line[0]}  `
  return figure + fitted(line[1], pixels - textPixels(figure))
}

/** A brace of a label would begin a style in rich text: a word joiner after it keeps it a brace. */
const unstyled = (text: string): string => text.replaceAll('{', '{\u2060')

/** In full, as the results have it, but for the noise of binary fractions in percentages. */
export function exact(value: number, unit: 'ms' | '%' | 'per s'): string {
  if (unit === '%') return `${Number((100 * value).toPrecision(12))}%`
  return `${value} ${unit}`
}

/** Of a wide font of 12 pixels. */
export function textPixels(text: string): number {
  let pixels = 0
  for (const character of text) pixels += characterPixels(character)
  return pixels
}

function characterPixels(character: string): number {
  if (character > '\u2e7f') return 13
  if (/[fijlrtI .,:;|()[\]'!]/.test(character)) return 4.6
  if (/[MWm%@]/.test(character)) return 12
  return /[A-Z=≥w+~]/.test(character) ? 10 : 7.5
}

/** Cut in the middle, since names that begin alike often end apart. */
export function fitted(text: string, pixels: number): string {
  if (textPixels(text) <= pixels) return text
  const characters = [...text]
  let kept = characters.length - 1
  while (kept > 2 && textPixels(middleCut(characters, kept)) > pixels) kept--
  return middleCut(characters, kept)
}

function middleCut(characters: readonly string[], kept: number): string {
  const head = Math.ceil((2 * kept) / 3)
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`
}

/**
 * Of those that are too long with their number, which tells apart what was cut to the same; and of those named as a property of every object, under
 * which ECharts would look for its notes and find that property.
 */
export function legendName({ name, index }: Pick<Series, 'name' | 'index'>): string {
  const characters = [...name]
  const number = ` #${index + 1}`
  if (characters.length <= LONGEST_NAME) return name in {} ? `${name}${number}` : name
  return `${middleCut(characters, LONGEST_NAME - 1 - number.length)}${number}`
}

/** `top` is where the grid may begin. */
export function legendOf(
  series: readonly Pick<Series, 'name' | 'index'>[],
  width: number,
): { readonly legend: object; readonly top: number } {
  const shown = (name: string): string => fitted(name, width - SYMBOL_PIXELS)
  let lines = 1
  let used = 0
  for (const one of series) {
    const pixels = textPixels(shown(legendName(one))) + SYMBOL_PIXELS
    if (used > 0 && used + pixels > width) {
      lines++
      used = 0
    }
    used += pixels
  }
  const legend = {
    type: 'plain',
    top: 0,
    left: 0,
    width,
    padding: [4, 0],
    itemGap: 12,
    itemWidth: 28,
    textStyle: { color: INK, fontSize: 12 },
    inactiveColor: RULE,
    formatter: shown,
    data: series.map((one) => ({ name: legendName(one), textStyle: roomFor(shown(legendName(one))) })),
  }
  return { legend, top: lines * LINE_PIXELS + LEGEND_GAP }
}

/** As wide as it was reckoned; only a text with a background keeps to its width. */
const roomFor = (text: string): object => ({ width: textPixels(text), backgroundColor: 'transparent' })

/** A line in its series' colour, dash and marker. */
export function lineOf(series: Pick<Series, 'name' | 'index'>): object {
  const { colour, dash, marker } = styleOf(series)
  return {
    type: 'line',
    name: legendName(series),
    symbol: marker,
    symbolSize: 6,
    lineStyle: { color: colour, type: dash, width: 2 },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
  }
}

/** The place of a plot, as given: it does not give way to its labels, for which there is room. */
export function gridOf(place: object): object {
  return { outerBoundsMode: 'none', ...place }
}

/** What axes have in common; the rest of `option` goes before it. */
export function axisOf({
  axisLabel,
  ...option
}: {
  readonly axisLabel?: object
  readonly [name: string]: unknown
}): object {
  return {
    nameTextStyle: { color: SOFT_INK },
    axisLabel: { color: SOFT_INK, ...axisLabel },
    axisLine: { lineStyle: { color: SOFT_INK } },
    axisTick: { lineStyle: { color: SOFT_INK } },
    splitLine: { lineStyle: { color: RULE } },
    minorSplitLine: { show: false },
    nameLocation: 'middle',
    ...option,
  }
}
