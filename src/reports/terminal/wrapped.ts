/** Running text for a terminal. Widths are counted in characters, of which each is taken to fill one place. */
export const INDENT = '  '

/** Lines of at most `width` characters, the later ones indented; a longer word has lines of its own. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((long) => pieces(long, width - INDENT.length))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = INDENT + word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].join('\n')
}

function pieces(word: string, length: number): readonly string[] {
  const count = Math.max(1, Math.ceil(word.length / length))
  return Array.from({ length: count }, (_, i) => word.slice(i * length, (i + 1) * length))
}
