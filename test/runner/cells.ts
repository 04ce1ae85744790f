/** Cells for tests, from the text of a workload file as a user would write it. */
import { catalog } from '../../src/catalog.js'
import type { Cell } from '../../src/experiment/cell.js'
import { plan } from '../../src/experiment/plan.js'
import { parseSpec } from '../../src/experiment/spec.js'

export function cellsOf(text: string): readonly Cell[] {
  return plan(parseSpec(text, 'test.yaml', catalog))
}

export function cellOf(text: string): Cell {
  return cellsOf(text)[0] as Cell
}
