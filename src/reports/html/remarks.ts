/** What stands below the charts in sentences: how the workload came out, how its file was read, and which cells failed. */
import type { Results } from '../../results/results.js'
import { failuresOf } from '../failures.js'
import { notesOf } from '../notes.js'
import { remarksOf } from '../remarks.js'
import type { Place } from '../report.js'
import { plain } from '../text.js'
import { type Section, sectionOf } from './contents.js'
import { html } from './markup.js'

const LONGEST_COMMAND = 2000

/** Null where there are none. */
export function remarksSection(results: Results): Section | null {
  const remarks = [...remarksOf(results), ...notesOf(results)]
  if (remarks.length === 0) return null
  return sectionOf('remarks', 'Remarks', html`${remarks.map((remark) => html`<p>${remark}</p>`)}`)
}

/** Null if no cell failed. */
export function failuresSection(results: Results, place: Place): Section | null {
  const { sentence, shown } = failuresOf(results, place)
  if (sentence === null) return null
  const list = html`<p>${sentence}</p>
<ul>${shown.map(({ what, command }) => html`<li>${what}<pre><code>${plain(command, LONGEST_COMMAND)}</code></pre></li>`)}</ul>`
  return sectionOf('failures', 'Failures', list)
}
