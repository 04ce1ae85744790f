/**
 * Latency against the offered rate as the one chart that GitHub draws from text (mermaid), where the rate is an axis. It has neither a logarithmic axis
 * nor a legend: the lines are listed in their order, the steps are those of the axis, and only rates at which every line has a value are drawn. Other
 * axes stay at their first point. Labels stand outside of the chart, which holds nothing but our own words and numbers.
 */
import { otherAxes, overRates } from '../../results/capacity.js'
import type { Results } from '../../results/results.js'
import type { Summary } from '../../results/summary.js'
import { digits } from '../figures.js'
import { listed, plain } from '../text.js'
import { codeLines, lineText } from './lines.js'

const OFFERED = 'throughput.offered'
const MOST_LINES = 6
const FEWEST_RATES = 3

/** Empty where the rate is no axis, or too little was measured. */
export function rateChartLines({ summaries }: Results): readonly string[] {
  const all = [...overRates(summaries).values()].map(byRate)
  const drawn = all.filter((line) => isAtFirstPoint(line, all)).slice(0, MOST_LINES)
  const measure = ['write.p99', 'read.p99'].find((name) => commonRates(drawn, name).length >= FEWEST_RATES)
  if (measure === undefined) return []
  const rates = commonRates(drawn, measure)
  const valueAt = (line: readonly Summary[], rate: string): string =>
    digits(line.find((summary) => rateOf(summary) === rate)?.measures[measure]?.value as number)
  const chart = [
    'xychart-beta',
    `  x-axis "offered, per s" [${rates.join(', ')}]`,
    `  y-axis "${measure.replace('.', ' ')}, ms"`,
    ...drawn.map((line) => `  line [${rates.map((rate) => valueAt(line, rate)).join(', ')}]`),
  ].join('\n')
  return [lineText(captionOf(measure, drawn, all.length)), '', ...codeLines(chart, 'mermaid')]
}

function captionOf(measure: string, drawn: readonly (readonly Summary[])[], total: number): string {
  const names = drawn.map(([first]) => plain(first?.label ?? '', 60))
  const rest = total > drawn.length ? ` ${total - drawn.length} more are in the table.` : ''
  const order = drawn.length === 1 ? '' : ', in the order of their lines'
  return `${measure.replace('.', ' ')} against the offered rate, whose steps are not to scale: ${listed(names, MOST_LINES)}${order}.${rest}`
}

function byRate(line: readonly Summary[]): readonly Summary[] {
  const offered = (summary: Summary): number => summary.measures[OFFERED]?.value ?? 0
  return line.toSorted((left, right) => offered(left) - offered(right))
}

function isAtFirstPoint([first]: readonly Summary[], all: readonly (readonly Summary[])[]): boolean {
  const point = (summary: Summary | undefined): string =>
    JSON.stringify(summary === undefined ? {} : otherAxes(summary))
  return point(first) === point(all[0]?.[0])
}

function commonRates(lines: readonly (readonly Summary[])[], measure: string): readonly string[] {
  const [first, ...others] = lines.map((line) =>
    line.filter(({ measures }) => measure in measures && OFFERED in measures).map(rateOf),
  )
  return [...new Set(first)].filter((rate) => others.every((rates) => rates.includes(rate)))
}

const rateOf = ({ measures }: Summary): string => digits(measures[OFFERED]?.value as number)
