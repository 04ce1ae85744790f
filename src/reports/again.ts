/** Which cell of a result shows how a cell is run again. A reference has told its cells and not kept them, so none of its cells can be. */
import type { Results } from '../results/results.js'

export const WITHOUT_CELLS = 'This is a reference without its cells, which a run of the workload file has.'

/** The id of the first cell that ran to its end; null where there is none, or none to run again. */
export function exampleOf({ form, cells }: Results): string | null {
  if (form === 'reference') return null
  return cells.find((cell) => cell.error === undefined)?.id ?? null
}
