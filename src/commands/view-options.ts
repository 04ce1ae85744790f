/**
 * What reports are asked to show, as `run` and `report` take it. Everything is refused before anything is made that can be: a measure, a zone or a chart
 * that there is not, and a chart in a format that draws none.
 */
import { didYouMean } from '../core/did-you-mean.js'
import { UserError } from '../core/errors.js'
import { reports } from '../reports/index.js'
import type { View } from '../reports/report.js'
import { svgChart } from '../reports/svg.js'
import { plain } from '../reports/text.js'
import { programName } from './invocation.js'

export interface ViewOptions {
  readonly format: string
  readonly wide?: boolean | undefined
  readonly measures?: string | undefined
  readonly by?: 'zone' | undefined
  readonly chart?: string | undefined
}

/** What `--format` accepts. */
export const REPORT_FORMATS = reports.names

export const FORMAT_HELP = `what to print: ${reports.all.map(({ name, summary }) => `${name}, ${summary}`).join('; ')}`

/** The measures and zones that can be named. */
export interface Measured {
  readonly measures: readonly string[]
  readonly zones: readonly string[]
}

export function viewOf({ format, wide, measures, by, chart }: ViewOptions, measured: Measured, date?: string): View {
  if (chart !== undefined && format !== svgChart.name)
    throw new UserError(
      '--chart is for --format svg, which draws one chart; the page of --format html has all of them.',
    )
  return {
    wide: wide === true,
    measures: measures === undefined ? null : namedMeasures(measures, measured),
    by: by ?? null,
    chart: chart ?? null,
    date: date ?? null,
  }
}

function namedMeasures(text: string, measured: Measured): readonly string[] {
  const names = text.split(/[\s,]+/).filter((name) => name !== '')
  const families = new Set(measured.measures.flatMap(familiesOf))
  for (const name of names) {
    const at = name.indexOf('@')
    const measure = at < 0 ? name : name.slice(0, at)
    const allowed = at < 0 ? [...measured.measures, ...families] : measured.measures
    if (!allowed.includes(measure))
      throw unknown('measure', measure, allowed, `${programName()} list measures prints them`)
    const zone = at < 0 ? undefined : name.slice(at + 1)
    if (zone !== undefined && !measured.zones.includes(zone))
      throw unknown('zone', zone, measured.zones, zonesText(measured))
  }
  if (names.length > 0) return names
  throw new UserError(
    '--measures takes names of measures, of families or of measures in a zone: read.p99,lost,write.p99@us.',
  )
}

/** `lost` and `lost.overwritten` of `lost.overwritten.seen`. */
function familiesOf(measure: string): readonly string[] {
  const parts = measure.split('.')
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'))
}

function zonesText({ zones }: Measured): string {
  return zones.length === 0 ? 'there are none' : `there are ${zones.map((zone) => plain(zone)).join(', ')}`
}

function unknown(what: string, name: string, allowed: readonly string[], advice: string): UserError {
  const guess = didYouMean(name, allowed)
  const hint = guess === undefined ? '' : ` (did you mean ${plain(guess)}?)`
  return new UserError(`--measures: there is no ${what} ${plain(name)}${hint}; ${advice}.`)
}
