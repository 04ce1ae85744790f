/** The numbers under a chart, anew for another choice: the same cells that the page came with, in the same table. */
import type { ChartTable } from '../chart.js'

export function fillTable(table: HTMLTableElement, { heads, rows }: ChartTable): void {
  const head = table.tHead ?? table.createTHead()
  const body = table.tBodies[0] ?? table.createTBody()
  head.replaceChildren(rowOf(heads.map((text) => cellOf('th', text))))
  for (const cell of head.querySelectorAll('th')) cell.scope = 'col'
  body.replaceChildren(...rows.map((row) => rowOf(row.map((cell) => cellOf('td', String(cell ?? ''))))))
}

function rowOf(cells: readonly HTMLElement[]): HTMLTableRowElement {
  const row = document.createElement('tr')
  row.append(...cells)
  return row
}

function cellOf(tag: 'th' | 'td', text: string): HTMLElement {
  const cell = document.createElement(tag)
  cell.textContent = text
  return cell
}
