/** Links to what stands below the comparison. */
import { html, type Markup } from './markup.js'

/** A part of the page that has a heading of its own. */
export interface Section {
  readonly id: string
  readonly title: string
  /** The whole element. */
  readonly markup: Markup
}

export function contentsOf(sections: readonly Section[]): Markup {
  return html`<nav id="contents" aria-label="Contents"><ul>${sections.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>
`
}

/** With its title as the heading. */
export function sectionOf(id: string, title: string, content: Markup): Section {
  return {
    id,
    title,
    markup: html`<section id="${id}">
<h2>${title}</h2>
${content}
</section>
`,
  }
}
