/** Lines of GitHub's Markdown. What goes in is plain text and stays text, wherever in a line it stands. */
import { markdown } from '../text.js'

/** At the start of a line, or of an item: where a dash or a number would begin a list, and a row of them a rule. */
export function lineText(text: string): string {
  return markdown(text.trim()).replace(/^(\d*)([-+=.)])/u, '$1\\$2')
}

export const items = (texts: readonly string[]): readonly string[] => texts.map((text) => `- ${lineText(text)}`)

/** Heads and cells are Markdown already; the first `names` columns are words, the others figures. */
export function tableLines(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  names = heads.length,
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map((_, i) => (i < names ? '---' : '---:'))), ...rows.map(line)]
}

/** Fenced with more backticks than it holds in a row. */
export function codeLines(text: string, language: string): readonly string[] {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, text, fence]
}

/** Collapsed; the blank lines have GitHub read what is inside as Markdown, which it does not for `title`. */
export function detailsLines(title: string, inside: readonly string[]): readonly string[] {
  return ['<details>', `<summary>${title}</summary>`, '', ...inside, '', '</details>']
}
