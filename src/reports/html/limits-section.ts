/** What the model leaves out, on every page: a figure is worth no more than what it is of. */
import { MODEL_LIMITS } from '../limits.js'
import { html, type Markup } from './markup.js'

export function limitsSection(): Markup {
  return html`<section id="limits">
<h2>What the model leaves out</h2>
<ul>${MODEL_LIMITS.map((sentence) => html`<li>${withCode(sentence)}</li>`)}</ul>
</section>`
}

/** What stands between backticks is code. */
const withCode = (sentence: string): readonly (Markup | string)[] =>
  sentence.split('`').map((piece, i) => (i % 2 === 0 ? piece : html`<code>${piece}</code>`))
