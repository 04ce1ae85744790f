/** What a reader of the Markdown report unfolds: what the answers rest on, intervals, zones, seconds, notes, parameters. */
import { z } from 'zod'
import type { Results } from '../../results/results.js'
import { type Answer, answersOf } from '../answers.js'
import { gridOf } from '../grid.js'
import { settingsOf } from '../html/settings.js'
import { notesOf } from '../notes.js'
import { USUAL_VIEW } from '../report.js'
import { timelinesText } from '../terminal/timelines.js'
import { markdown, plain } from '../text.js'
import { presetTexts } from '../variant-presets.js'
import type { Block } from './blocks.js'
import { comparisonLines } from './comparison.js'
import { codeLines, detailsLines, items, lineText, tableLines } from './lines.js'

/** GitHub shows so many characters of a fence without scrolling. */
const FENCE_WIDTH = 100
const MOST_VARIANTS = 200

const INTERVALS =
  'In brackets: the interval over seeds, which covers the true value with at least 95%, or with fewer than six seeds the range.'
const ZONES = 'As the clients of each zone saw it. Bold: best of its zone.'

const variants = z.looseObject({
  variants: z.array(z.looseObject({ label: z.string(), options: z.unknown() })),
})

/** The first is dropped last. */
export function detailBlocks(results: Results): readonly Block[] {
  const grid = gridOf(results)
  const zones = gridOf(results, { ...USUAL_VIEW, by: 'zone' })
  const hasZones = zones.columns.length > 0
  const seconds = timelinesText(results, FENCE_WIDTH)
  return [
    ...answersOf(results).flatMap(answerBlocks),
    block('Intervals', 'the intervals', grid.columns.length === 0 ? [] : comparisonLines(grid, 'intervals', INTERVALS)),
    block('By zone', 'the figures by zone', hasZones ? comparisonLines(zones, 'figures', ZONES) : []),
    block('Second by second', 'the timelines', seconds === '' ? [] : codeLines(seconds, 'text')),
    block('Notes', 'the notes', items(notesOf(results))),
    block('Parameters of the variants', 'the parameters', parameterLines(results)),
  ].filter(({ lines }) => lines.length > 0)
}

function block(title: string, name: string, inside: readonly string[]): Block {
  return { name, lines: inside.length === 0 ? [] : detailsLines(title, inside), least: null }
}

/** Under the question in our own words; a fault's label is text of the workload file, so it stands inside. */
function answerBlocks({ question, table }: Answer, i: number): readonly Block[] {
  if (table === null) return []
  const rows = table.rows.map((row) => row.map(markdown))
  const name = ['Freshness and write latency', 'What the faults cost', 'Copies at acknowledgement and losses'][
    i
  ] as string
  const lines = [lineText(question), '', ...tableLines(table.heads.map(markdown), rows)]
  return [block(name, `the table of "${name.toLowerCase()}"`, lines)]
}

function parameterLines(results: Results): readonly string[] {
  const { spec } = results
  const read = variants.safeParse(spec).data?.variants ?? []
  const rest = read.length > MOST_VARIANTS ? ['', `${read.length - MOST_VARIANTS} more are in report.html.`] : []
  const rows = read.slice(0, MOST_VARIANTS).map(({ label, options }) => {
    const told = settingsOf(options).map(([name, value]) => `${name} ${value}`)
    return [markdown(plain(label, 60)), markdown(told.join(', '))]
  })
  if (rows.length === 0) return []
  const told = items(presetTexts(results).map(({ name, told: sentences }) => `Preset ${name}: ${sentences.join(' ')}`))
  return [
    ...tableLines(['variant', 'options, defaults included'], rows),
    ...rest,
    ...(told.length > 0 ? ['', ...told] : []),
  ]
}
