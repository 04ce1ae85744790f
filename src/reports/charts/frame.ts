/** What the charts have in common: the legend, the room that it takes, axes in our colours, and no animation, which would draw numbers that are not there. */

import { INK, PAPER, RULE, SOFT_INK, styleOf } from './colours.js'
import type { ChartOption } from './echarts.js'
import type { Series } from './series.js'

const LINE_PIXELS = 22
const CHARACTER_PIXELS = 7
const SYMBOL_PIXELS = 48
const LONGEST_NAME = 48

/** Of all charts. */
export const BASE: ChartOption = {
  animation: false,
  textStyle: { color: INK, fontFamily: 'system-ui, sans-serif', fontSize: 12 },
  tooltip: {
    backgroundColor: PAPER,
    borderColor: RULE,
    textStyle: { color: INK, fontSize: 12 },
    confine: true,
    // As text, whatever a label holds.
    renderMode: 'richText',
  },
}

export function legendName({ name }: Series): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
}

/** `top` is where the grid may begin. */
export function legendOf(series: readonly Series[], width: number): { readonly legend: object; readonly top: number } {
  let lines = 1
  let used = 0
  for (const one of series) {
    const pixels = legendName(one).length * CHARACTER_PIXELS + SYMBOL_PIXELS
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
    itemGap: 16,
    itemWidth: 28,
    textStyle: { color: INK, fontSize: 12 },
    data: series.map((one) => legendName(one)),
  }
  return { legend, top: lines * LINE_PIXELS + 30 }
}

/** A line in its series' colour, dash and marker. */
export function lineOf(series: Series): object {
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

/** What axes have in common; the rest of `option` goes before it. */
export function axisOf(option: object): object {
  return {
    nameTextStyle: { color: SOFT_INK },
    axisLabel: { color: SOFT_INK },
    axisLine: { lineStyle: { color: SOFT_INK } },
    axisTick: { lineStyle: { color: SOFT_INK } },
    splitLine: { lineStyle: { color: RULE } },
    minorSplitLine: { show: false },
    nameLocation: 'middle',
    ...option,
  }
}
