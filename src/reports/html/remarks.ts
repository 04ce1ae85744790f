/** What stands below the charts in sentences: how the workload came out, how its file was read, and which cells failed. */
import type { Results } from '../../results/results.js'
import { failuresOf } from '../failures.js'
import { notesOf } from '../notes.js'
import { remarksOf } from '../remarks.js'
import type { Place } from '../report.js'
import { plain } from '../text.js'
import { html, type Markup } from './markup.js'

const LONGEST_COMMAND = 2000

export function remarksSection(results: Results): Markup | null {
  const remarks = [...remarksOf(results), ...notesOf(results)]
  if (remarks.length === 0) return null
  return html`<section id="remarks">
<h2>Remarks</h2>
${remarks.map((remark) => html`<p>${remark}</p>`)}
</section>`
}

/** Null if no cell failed. */
export function failuresSection(results: Results, place: Place): Markup | null {
  const { sentence, shown } = failuresOf(results, place)
  if (sentence === null) return null
  return html`<section id="failures">
<h2>Failures</h2>
<p>${sentence}</p>
<ul>${shown.map(({ what, command }) => html`<li>${what}<pre><code>${plain(command, LONGEST_COMMAND)}</code></pre></li>`)}</ul>
</section>`
}
