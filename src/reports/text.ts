/**
 * Text from workload files and results, made safe for a terminal and for Markdown: result files may come from anywhere, so a label may
 * hold line ends, escape sequences, or characters that turn the direction of writing.
 */
const LONGEST = 120

/** One line, with � for whatever would not print as itself, cut with … beyond `longest` characters. */
export function plain(text: string, longest = LONGEST): string {
  const start = text.slice(0, 4 * longest)
  const characters = [...start.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, '�')]
  if (characters.length <= longest && start.length === text.length) return characters.join('')
  return `${characters.slice(0, longest - 1).join('')}…`
}

/** As running text of GitHub's Markdown; `text` is plain. */
export function markdown(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;' }
  return text.replaceAll(/[\\`*_[\]|~#]/g, '\\$&').replaceAll(/[&<>@]/g, (found) => entities[found] as string)
}

/** `a`, `a and b`, `a, b and c`, and beyond `longest` names `a, b, c and 4 more`. */
export function listed(names: readonly string[], longest = 4): string {
  const shown = names.length > longest ? [...names.slice(0, longest), `${names.length - longest} more`] : names
  if (shown.length < 2) return shown.join('')
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
