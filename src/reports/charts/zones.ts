/** What clients of each zone saw: a matrix of variants and zones for each measure. Zones are told apart by where the client is, not where the data is. */
import type { Results } from '../../results/results.js'
import { isSaturated } from '../contest.js'
import { scaleOf, tableFigure } from '../figures.js'
import { plain } from '../text.js'
import type { Chart, ChartData, Drawing } from './chart.js'
import { type HeatCell, type HeatPanel, type HeatStyle, heatHeight, heatOption } from './heat.js'
import { type ChartMeasure, type KnownValue, knownValue, VALUE_HEADS, valueRow, valueText } from './known-value.js'
import { type Series, summariesInOrder } from './series.js'
import { labelWidthFor } from './shapes.js'

const MEASURES: readonly ChartMeasure[] = [
  { measure: 'read.p99', title: 'read p99', kind: 'time' },
  { measure: 'write.p99', title: 'write p99', kind: 'time' },
  { measure: 'availability', title: 'available', kind: 'share' },
  { measure: 'stale.ratio', title: 'stale reads', kind: 'share' },
]

interface ZonesPart {
  readonly saturated: boolean
  /** By measure and zone, in the order of both. */
  readonly values: readonly (readonly (KnownValue | null)[])[]
}

interface ZonesData extends ChartData<ZonesPart> {
  readonly zones: readonly string[]
}

const LONGEST_ZONE = 24

export const zones: Chart<ZonesData> = {
  name: 'zones',
  title: 'What each zone sees',
  explanation:
    'Each row is a variant, each column the zone in which clients are; the number is the measured value, and the stronger the colour, the worse it is within its panel. ' +
    'A row of unlike cells is a variant that serves one zone at the cost of another, often since its leader lives there. ' +
    '† marks a saturated variant, whose latencies say only how long the run was.',
  most: 24,
  data(results) {
    const summaries = summariesInOrder(results)
    const names = zonesIn(results)
    if (names.length === 0) return null
    const series = summaries.map((summary) => {
      const values = MEASURES.map(({ measure }) => names.map((zone) => knownValue(summary, `${measure}@${zone}`)))
      return values.flat().every((value) => value === null) ? null : { saturated: isSaturated(summary), values }
    })
    return { series, zones: names.map((zone) => plain(zone, LONGEST_ZONE)) }
  },
  height: (drawing) => heatHeight(panelsOf(drawing), styleOf(drawing), drawing.width),
  option: (drawing) => heatOption(panelsOf(drawing), styleOf(drawing), drawing.width),
  table({ data, series }) {
    return {
      heads: ['variant', 'zone', ...VALUE_HEADS],
      rows: series.flatMap((one) =>
        data.zones.flatMap((zone, j) =>
          MEASURES.flatMap((measure, i) => {
            const value = valueAt(data, one, i, j)
            return value === null ? [] : [[one.name, zone, ...valueRow(measure, value)]]
          }),
        ),
      ),
    }
  },
}

/** In the order in which the results have them. */
function zonesIn({ summaries }: Results): readonly string[] {
  const prefixes = MEASURES.map(({ measure }) => `${measure}@`)
  const names = summaries.flatMap(({ measures }) =>
    Object.keys(measures).flatMap((name) => {
      const prefix = prefixes.find((one) => name.startsWith(one))
      return prefix === undefined ? [] : [name.slice(prefix.length)]
    }),
  )
  return [...new Set(names)]
}

function valueAt({ series }: ZonesData, { index }: Series, measure: number, zone: number): KnownValue | null {
  return series[index]?.values[measure]?.[zone] ?? null
}

function rowNames({ data, series }: Drawing<ZonesData>): readonly string[] {
  return series.map(({ name, index }) => (data.series[index]?.saturated ? `${name} †` : name))
}

function styleOf(drawing: Drawing<ZonesData>): HeatStyle {
  const labelWidth = labelWidthFor(rowNames(drawing), drawing.width)
  return { heading: null, labelWidth, labels: 'first', columnsAt: 'top', cellHeight: 26 }
}

function panelsOf(drawing: Drawing<ZonesData>): readonly HeatPanel[] {
  const { data, series } = drawing
  const rows = rowNames(drawing)
  return MEASURES.flatMap((measure, i) => {
    const { title, kind } = measure
    const values = series.flatMap((one) => data.zones.flatMap((_, j) => valueAt(data, one, i, j)?.value ?? []))
    if (values.length === 0) return []
    const scale = scaleOf(kind, values)
    const cells = series.flatMap((one, row) =>
      data.zones.flatMap((zone, column): HeatCell[] => {
        const value = valueAt(data, one, i, column)
        if (value === null) return []
        const figure = tableFigure(kind, { ...value, coverage: null }, scale)
        return [
          {
            column,
            row,
            badness: measure.measure === 'availability' ? 1 - value.value : value.value,
            text: figure,
            shortText: figure.replace(/ \(.*/, ''),
            tip: [one.name, `zone ${zone}`, valueText(measure, value)],
          },
        ]
      }),
    )
    return [
      {
        title: `${title}, ${scale.unit}`,
        note: null,
        columns: data.zones,
        rows,
        cells,
        line: [],
      },
    ]
  })
}
