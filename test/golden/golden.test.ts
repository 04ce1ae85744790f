/**
 * Golden cells: what small cells of every strategy measure, and their digests, to the last digit. Any change of the engine's results shows here,
 * meant or not. If it is meant, look at the difference, then rewrite the lines with `npx vitest run test/golden --update` and say in the
 * commit why results change.
 */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { catalog } from '../../src/catalog.js'
import type { CellResult } from '../../src/results/cell-result.js'
import { runCell } from '../../src/runner/run-cell.js'
import { cellsOf } from '../runner/cells.js'

const cellsIn = (name: string) => cellsOf(readFileSync(new URL(`${name}.yaml`, import.meta.url), 'utf8'))

it('there is a golden cell of every strategy', () => {
  expect(
    cellsIn('cells')
      .map((cell) => cell.strategy.name)
      .sort(),
  ).toEqual([...catalog.strategies.names].sort())
})

it.each(['cells', 'operations', 'conditions'])('golden %s give the lines that are committed', async (name) => {
  const lines = cellsIn(name).map((cell) => `${JSON.stringify(resultLine(runCell(cell)))}\n`)
  await expect(lines.join('')).toMatchFileSnapshot(`${name}.jsonl`)
})

/** What was measured, without the cell itself, which cells.yaml says. */
function resultLine({ id, operations, measures, atLeast, ratios, flags, digest }: CellResult): object {
  return { id, digest, operations, measures, atLeast, ratios, flags }
}
