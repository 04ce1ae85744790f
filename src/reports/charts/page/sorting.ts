/**
 * Columns of the comparison that sort its rows: the best first, then the worst first, then as they stood. Rows without a value are last either way, and
 * equal ones stay in the order of the comparison. Values are those that the cells carry in full, not their texts.
 */

type Order = 'ascending' | 'descending'

export function startSorting(): void {
  const table = document.querySelector<HTMLTableElement>('#comparison')
  if (table === null) return
  const heads = [...table.querySelectorAll<HTMLTableCellElement>('thead th')]
  const bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }))
  for (const head of heads) {
    buttonOf(head).addEventListener('click', () => {
      const order = followingOrder(head)
      for (const other of heads) other.removeAttribute('aria-sort')
      if (order !== null) head.setAttribute('aria-sort', order)
      for (const { body, rows } of bodies) {
        body.append(...(order === null ? rows : sorted(rows, head, order)))
      }
    })
  }
}

/** A button that holds what the head held. */
function buttonOf(head: HTMLTableCellElement): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'sort'
  button.append(...head.childNodes)
  head.append(button)
  return button
}

function followingOrder(head: HTMLTableCellElement): Order | null {
  const first: Order = head.dataset['better'] === 'higher' ? 'descending' : 'ascending'
  const current = head.getAttribute('aria-sort')
  if (current === null) return first
  if (current !== first) return null
  return first === 'ascending' ? 'descending' : 'ascending'
}

function sorted(
  rows: readonly HTMLTableRowElement[],
  head: HTMLTableCellElement,
  order: Order,
): readonly HTMLTableRowElement[] {
  const direction = order === 'ascending' ? 1 : -1
  const keys = head.dataset['better'] === undefined ? placesOf(rows, head) : valuesOf(rows, head)
  const keyed = rows.map((row, i) => ({ row, key: keys[i] as number }))
  return keyed.sort((left, right) => compared(left.key, right.key, direction)).map(({ row }) => row)
}

/** NaN where there is none. */
function valuesOf(rows: readonly HTMLTableRowElement[], { cellIndex }: HTMLTableCellElement): readonly number[] {
  return rows.map((row) => Number(row.cells[cellIndex]?.dataset['value'] ?? Number.NaN))
}

/** Variants by the alphabet; values of an axis in the order in which the workload file has them, which knows that 10ms come before 1s. */
function placesOf(rows: readonly HTMLTableRowElement[], { cellIndex }: HTMLTableCellElement): readonly number[] {
  const texts = rows.map((row) => row.cells[cellIndex]?.textContent ?? '')
  const distinct = [...new Set(texts)]
  if (cellIndex === 0) distinct.sort()
  const places = new Map(distinct.map((text, place) => [text, place]))
  return texts.map((text) => places.get(text) as number)
}

function compared(left: number, right: number, direction: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right))
  return direction * (left - right)
}
