/** The comparison as a table: figures with the best in bold, or each figure with its interval. */
import type { Figure, Grid, GridColumn } from '../grid.js'
import { markdown } from '../text.js'
import { tableLines } from './lines.js'

/** The table, then what its marks mean; `legend` for what is to be said of it besides. */
export function comparisonLines(grid: Grid, shown: 'figures' | 'intervals', legend = ''): readonly string[] {
  const { heads, names, columns, hasMarks, hasSaturated } = grid
  const text = shown === 'figures' ? figureText : intervalText
  const rows = names.map((row, i) => [...row.map(markdown), ...columns.map(({ figures }) => text(figures[i]))])
  const best = 'Bold: best, or not clearly behind the best (intervals over seeds overlap).'
  const notes = [
    ...(legend === '' ? [] : [legend]),
    ...(hasMarks && shown === 'figures' && legend === '' ? [best] : []),
    ...(hasSaturated ? ['†: saturated.'] : []),
  ]
  return [
    ...(legend === '' ? [] : [notes.join(' '), '']),
    ...tableLines([...heads.map(markdown), ...columns.map(titleOf)], rows, heads.length),
    ...(notes.length === 0 || legend !== '' ? [] : ['', notes.join(' ')]),
  ]
}

function titleOf({ name, unit }: GridColumn): string {
  return markdown([name, unit].filter((part) => part !== '').join(', '))
}

function figureText(figure: Figure | undefined): string {
  if (figure === undefined) return ''
  return figure.isBest ? `**${markdown(figure.text)}**` : markdown(figure.text)
}

function intervalText(figure: Figure | undefined): string {
  return figure === undefined ? '' : markdown(`${figure.text} ${figure.interval}`.trim())
}
