/**
 * HTML by template: whatever is put into one is text and is escaped, unless it is markup that another template made. So a label that holds tags,
 * quotes or a script is shown as it is, and forgetting to escape is not possible.
 */
export class Markup {
  constructor(readonly text: string) {}
}

export type Content = string | number | Markup | null | readonly Content[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** `html\`<td>${value}</td>\``; null and empty lists leave nothing. */
export function html(pieces: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(
    pieces.map((piece, i) => piece + (i < contents.length ? textOf(contents[i] as Content) : '')).join(''),
  )
}

function textOf(content: Content): string {
  if (content === null) return ''
  if (content instanceof Markup) return content.text
  if (typeof content === 'object') return content.map(textOf).join('')
  return String(content).replaceAll(/[&<>"']/g, (found) => ENTITIES[found] as string)
}

/** Plain data for a `script` of type application/json, which ends at no character of it. */
export function jsonMarkup(data: unknown): Markup {
  return new Markup(JSON.stringify(data).replaceAll('<', '\\u003c'))
}
