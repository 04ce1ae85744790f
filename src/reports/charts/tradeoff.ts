/**
 * What freshness costs: one mark for each series, stale reads against p99 latency, in a panel for writes and one for reads. Every strategy pays for one of
 * them with another; what none of its numbers excuses is dominated.
 */
import type { Results } from '../../results/results.js'
import type { Summary, SummaryValue } from '../../results/summary.js'
import { isSaturated } from '../contest.js'
import { pointsOf } from '../points.js'
import type { Chart, TableCell } from './chart.js'
import { isDominated, type Measured, type TradeoffData, type TradeoffPart } from './dominance.js'
import { tradeoffHeight, tradeoffOption } from './tradeoff-drawing.js'

export const tradeoff: Chart<TradeoffData> = {
  name: 'tradeoff',
  title: 'Stale reads against latency',
  explanation:
    'Each mark is one variant: further left it answers faster, further down fewer reads are stale, so lower left is better. The step line joins the variants that no other beats in both; fainter marks are beaten by another in everything, that is in writes, in reads and in staleness. Thin crosses are intervals over seeds, and one that reaches the right edge belongs to a percentile at which clients gave up. Hollow marks were saturated and take no part.',
  most: 60,
  data(results: Results) {
    const points = pointsOf(results.summaries)
    const series = points.flatMap(({ summaries }, point) => summaries.map((summary) => partOf(summary, point)))
    return series.every((part) => part === null) ? null : { points: points.map(({ name }) => name), series }
  },
  height: tradeoffHeight,
  option: tradeoffOption,
  table(drawing) {
    const parts = drawing.series.map(({ index }) => drawing.data.series[index] as TradeoffPart)
    return {
      heads: [
        'variant',
        ...[
          'write p99, ms',
          'from',
          'to',
          'read p99, ms',
          'from',
          'to',
          'share of stale reads',
          'from',
          'to',
          'dominated',
        ],
      ],
      rows: drawing.series.map((one, i) => rowOf(one.name, parts[i] as TradeoffPart, parts)),
    }
  },
}

function partOf(summary: Summary, point: number): TradeoffPart | null {
  const { measures } = summary
  const stale = measuredIn(measures['stale.ratio'])
  const write = measuredIn(measures['write.p99'])
  const read = measuredIn(measures['read.p99'])
  if (stale === null || (write === null && read === null)) return null
  return { point, write, read, stale, saturated: isSaturated(summary) }
}

function measuredIn(measured: SummaryValue | undefined): Measured | null {
  if (measured === undefined) return null
  const { value, low, high, atLeast } = measured
  return { value, low, high, atLeast: atLeast === true }
}

function rowOf(name: string, part: TradeoffPart, parts: readonly TradeoffPart[]): TableCell[] {
  const standing = part.saturated ? 'saturated' : isDominated(part, parts) ? 'yes' : 'no'
  return [name, ...cellsOf(part.write), ...cellsOf(part.read), ...cellsOf(part.stale), standing]
}

function cellsOf(measured: Measured | null): TableCell[] {
  if (measured === null) return [null, null, null]
  const { value, low, high, atLeast } = measured
  return [atLeast ? `≥ ${value}` : value, low, high]
}
