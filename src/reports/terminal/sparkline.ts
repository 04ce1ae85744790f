/**
 * A row of numbers as blocks of eight heights (Tufte's sparkline), and marks under them for stretches of the same row. A number that is not there is
 * a blank, never a low block.
 */
const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** Heights are shares of the whole, 0 to 1. */
export function sparkline(heights: readonly (number | null)[]): string {
  return heights.map((height) => (height === null ? ' ' : blockOf(height))).join('')
}

function blockOf(height: number): string {
  const step = Math.floor(height * BLOCKS.length)
  return BLOCKS[Math.max(0, Math.min(BLOCKS.length - 1, step))] as string
}

/** How much of a place is marked. */
export type Mark = 'none' | 'some' | 'all'

/** `╶──╴` where all of a stretch is, `╌` where some of it is. */
export function markLine(marks: readonly Mark[]): string {
  return marks
    .map((mark, i) => (mark === 'all' ? strokeOf(marks[i - 1], marks[i + 1]) : mark === 'some' ? '╌' : ' '))
    .join('')
}

function strokeOf(before: Mark | undefined, after: Mark | undefined): string {
  if (before === 'all') return after === 'all' ? '─' : '╴'
  return after === 'all' ? '╶' : '─'
}
