/**
 * Which variants are shown and drawn. The form chooses rows of the comparison, by strategy and by value of each axis; a box in each row takes its variant
 * out of the charts alone. The boxes belong to the form, so that its reset puts everything back; where there is no form, they work without it.
 */
import type { Series } from '../series.js'

interface Row {
  readonly series: Series
  readonly element: HTMLTableRowElement
  readonly box: HTMLInputElement
}

export function startFilters(series: readonly Series[], choose: (chosen: readonly Series[]) => void): void {
  const form = document.querySelector<HTMLFormElement>('form#filters')
  const rows = rowsOf(series)
  const apply = (): void => {
    const isWanted = wantedBy(form)
    for (const { series, element } of rows) element.hidden = !isWanted(series)
    const shown = series.filter(isWanted)
    const off = new Set(rows.filter(({ box }) => !box.checked).map(({ series }) => series.index))
    const drawn = shown.filter(({ index }) => !off.has(index))
    tell(form, series.length, shown.length, drawn.length)
    choose(drawn)
  }
  for (const { box } of rows) box.addEventListener('change', apply)
  form?.addEventListener('change', apply)
  form?.addEventListener('submit', (event) => event.preventDefault())
  // The fields change after the event.
  form?.addEventListener('reset', () => requestAnimationFrame(apply))
  if (form) form.hidden = false
  apply()
}

function rowsOf(series: readonly Series[]): readonly Row[] {
  const elements = document.querySelectorAll<HTMLTableRowElement>('#comparison tr[data-series]')
  return [...elements].flatMap((element) => {
    const one = series[Number(element.dataset['series'])]
    return one === undefined ? [] : [{ series: one, element, box: boxIn(element, one) }]
  })
}

function boxIn(row: HTMLTableRowElement, { name }: Series): HTMLInputElement {
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.className = 'draw'
  box.defaultChecked = true
  box.title = 'draw in the charts'
  box.setAttribute('form', 'filters')
  box.setAttribute('aria-label', `Draw ${name} in the charts`)
  row.cells[0]?.prepend(box)
  return box
}

function wantedBy(form: HTMLFormElement | null): (series: Series) => boolean {
  if (form === null) return () => true
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name=strategy]')]
  const strategies = new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value))
  const selects = [...form.querySelectorAll<HTMLSelectElement>('select[data-axis]')].filter(({ value }) => value !== '')
  return ({ strategy, axes }) =>
    (boxes.length === 0 || strategies.has(strategy)) &&
    selects.every((select) => axes[select.dataset['axis'] as string] === select.value)
}

function tell(form: HTMLFormElement | null, all: number, shown: number, drawn: number): void {
  const output = form?.querySelector('output')
  if (!output) return
  const counts = `${shown} of ${all} shown`
  if (shown === 0) output.textContent = `${counts}: no variant fits this choice.`
  else output.textContent = drawn === shown ? counts : `${counts}, ${drawn} drawn`
}
