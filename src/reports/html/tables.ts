/** Tables of texts, and the regions in which what is too wide scrolls, so that the page itself never does; a keyboard reaches them as well. */
import { type Content, html, type Markup } from './markup.js'

const LONGEST_UNBROKEN = 20

export interface TextTable {
  /** For those who cannot see what stands around it. */
  readonly caption: string
  readonly heads: readonly string[]
  /** The first of each row says what the row is. */
  readonly rows: readonly (readonly string[])[]
}

export function textTable({ caption, heads, rows }: TextTable): Markup {
  return html`<table><caption class="unseen">${caption}</caption><thead><tr>${heads.map(
    (head) => html`<th scope="col">${head}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ([first = '', ...others]) =>
      html`<tr><th scope="row"><bdi>${first}</bdi></th>${others.map(cellOf)}</tr>
`,
  )}</tbody></table>`
}

/** A figure with its unit is not broken where a table has to scroll anyway. */
const cellOf = (text: string): Markup =>
  text.length <= LONGEST_UNBROKEN ? html`<td class="short">${text}</td>` : html`<td>${text}</td>`

export function scrolling(label: string, content: Content): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${content}</div>`
}
