/** Specs, cells and refusals for tests, from the text of a workload file as a user would write it. */
import { catalog } from '../../src/catalog.js'
import type { Cell } from '../../src/experiment/cell.js'
import { plan } from '../../src/experiment/plan.js'
import { parseSpec, type Spec } from '../../src/experiment/spec.js'
import { SpecError } from '../../src/experiment/spec-error.js'

export function specOf(text: string, ...settings: readonly string[]): Spec {
  return parseSpec(text, 'test.yaml', catalog, settings)
}

export function cellsOf(text: string, ...settings: readonly string[]): readonly Cell[] {
  return plan(specOf(text, ...settings))
}

export function cellOf(text: string, ...settings: readonly string[]): Cell {
  return cellsOf(text, ...settings)[0] as Cell
}

/** The message with which a file is refused; throws if it is not, or if anything but a `SpecError` is thrown. */
export function refusalOf(text: string, ...settings: readonly string[]): string {
  try {
    specOf(text, ...settings)
  } catch (thrown) {
    if (thrown instanceof SpecError) return thrown.message
    throw thrown
  }
  throw new Error('The file was not refused.')
}
