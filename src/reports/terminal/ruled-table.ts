/** Tables for a terminal: headings on a rule, two spaces between columns, no borders and no colours, so that they read the same in a pipe. */
import Table from 'cli-table3'

export const GAP = 2

/** For headings that stand on the rule, of columns at given widths or of their own. */
export const RULED = {
  chars: {
    ...Object.fromEntries(
      ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
        .concat('left', 'left-mid', 'right', 'right-mid')
        .map((name) => [name, '']),
    ),
    mid: '─',
    'mid-mid': '─'.repeat(GAP),
    middle: ' '.repeat(GAP),
  },
  rowAligns: ['bottom' as const],
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
}

/** The first `names` columns begin at the left, the others end at the right. */
export function ruledTable(heads: readonly string[], rows: readonly (readonly string[])[], names: number): string {
  const table = new Table({
    head: [...heads],
    colAligns: heads.map((_, i) => (i < names ? ('left' as const) : ('right' as const))),
    ...RULED,
  })
  table.push(...rows.map((row) => [...row]))
  return withoutEnds(table.toString())
}

/** Without blanks at the ends of lines. */
export function withoutEnds(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
