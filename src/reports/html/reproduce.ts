/** How to get the same result again: the version, seeds and commands; and on what machine it ran, which no figure depends on. */
import type { Results } from '../../results/results.js'
import { exampleOf, WITHOUT_CELLS } from '../again.js'
import type { Place } from '../report.js'
import { plain } from '../text.js'
import { type Section, sectionOf } from './contents.js'
import { seedsText } from './facts.js'
import { html, type Markup } from './markup.js'
import { settingsOf } from './settings.js'
import { scrolling, textTable } from './tables.js'

const LONGEST_COMMAND = 2000
const MOST_FACTS = 40

export function reproduceSection(results: Results, place: Place): Section {
  const { command, ...environment } = results.environment
  const example = exampleOf(results)
  const rows = [
    ['version', `${plain(results.tool.name)} ${plain(results.tool.version)}`],
    ['seeds', seedsText(results)],
    ...settingsOf(environment).slice(0, MOST_FACTS),
  ]
  const caption = 'Version, seeds and machine'
  const content = html`<p>The same version, workload file and seeds give the same figures on any machine, with any number of threads.</p>
${commandParts('All of it', typeof command === 'string' ? command : null)}${commandParts(
  'One cell again',
  example === null ? null : place.replayCommand(example),
)}${scrolling(caption, textTable({ caption, heads: ['fact', 'value'], rows }))}
<p>${results.form === 'reference' ? WITHOUT_CELLS : `Files: result.json and histograms.jsonl in ${plain(place.folder)}.`}</p>`
  return sectionOf('reproduce', 'Reproduce', content)
}

function commandParts(title: string, command: string | null): Markup | null {
  return command === null
    ? null
    : html`<p>${title}:</p>
<pre><code>${plain(command, LONGEST_COMMAND)}</code></pre>
`
}
