/**
 * P(fresh) against the time since the latest acknowledged write of the key, the t-visibility of Bailis et al. 2012 as clients saw it. Results of before
 * intervals were kept are drawn without them.
 */
import type { Results } from '../../results/results.js'
import type { Chart, ChartData, Drawing } from './chart.js'
import { axisOf, BASE, legendOf, lineOf } from './frame.js'
import { summariesInOrder } from './series.js'

/** Columns of equal length. */
export interface FreshPart {
  /** Milliseconds since the acknowledgement. */
  readonly t: readonly number[]
  readonly fresh: readonly number[]
}

export const visibility: Chart<ChartData<FreshPart>> = {
  name: 'visibility',
  title: 'Fresh reads against time since the write',
  explanation:
    'Each line tells which share of reads was fresh among those that came so long after the latest acknowledged write of their key. The further left a line reaches the top, the sooner a write is seen.',
  most: 10,
  data(results: Results) {
    const series = summariesInOrder(results).map(({ curves }) => {
      const curve = curves['visibility']
      if (curve === undefined || curve.length === 0) return null
      return { t: curve.map(({ x }) => x), fresh: curve.map(({ value }) => value) }
    })
    return series.every((part) => part === null) ? null : { series }
  },
  height: () => 380,
  option({ data, series, width }) {
    const { legend, top } = legendOf(series, width)
    return {
      ...BASE,
      legend,
      grid: { left: 60, right: 20, top, bottom: 50 },
      xAxis: axisOf({ type: 'log', name: 'ms since the write was acknowledged', nameGap: 30, min: 0.001 }),
      yAxis: axisOf({ type: 'value', name: 'fresh reads', nameGap: 44, max: 1 }),
      series: series.map((one) => {
        const part = data.series[one.index] as FreshPart
        const points = part.t.map((t, i) => [Math.max(t, 0.001), part.fresh[i]])
        return { ...lineOf(one), step: 'end', showSymbol: false, data: points }
      }),
    }
  },
  table({ data, series }: Drawing<ChartData<FreshPart>>) {
    return {
      heads: ['variant', 'ms since the write', 'fresh reads'],
      rows: series.flatMap((one) => {
        const part = data.series[one.index] as FreshPart
        return part.t.map((t, i) => [one.name, t, part.fresh[i] as number])
      }),
    }
  },
}
