/** What the model leaves out, on every page: a figure is worth no more than what it is of. */
import { MODEL_LIMITS } from '../limits.js'
import { type Section, sectionOf } from './contents.js'
import { html, type Markup } from './markup.js'

export function limitsSection(): Section {
  const items = MODEL_LIMITS.map((sentence) => html`<li>${withCode(sentence)}</li>`)
  return sectionOf('limits', 'What the model leaves out', html`<ul>${items}</ul>`)
}

/** What stands between backticks is code. */
const withCode = (sentence: string): readonly (Markup | string)[] =>
  sentence.split('`').map((piece, i) => (i % 2 === 0 ? piece : html`<code>${piece}</code>`))
