/**
 * The same cell gives the same digest wherever it runs: alone and after other cells, in this thread and in a worker of the built program, with
 * either event queue, with one job and with two. Two Node versions are compared by `.ci/same-digests`, because that needs the network.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Results } from '../../src/results/results.js'
import { runCell } from '../../src/runner/run-cell.js'
import { cellsOf } from '../runner/cells.js'
import { runByProgram } from './workload-run.js'

/** Every strategy, two seeds, a partition. */
const SMOKE = readFileSync('workloads/smoke.yaml', 'utf8')

describe('the digest of a cell', () => {
  const cells = cellsOf(SMOKE)
  const afterOthers = cells.map((cell) => runCell(cell))

  it('is the same alone and after other cells', () => {
    cells.forEach((cell, i) => {
      expect(runCell(cell).digest).toBe(afterOthers[i]?.digest)
    })
    const backwards = [...cells].reverse().map((cell) => runCell(cell).digest)
    expect(backwards.reverse()).toEqual(afterOthers.map((result) => result.digest))
  })

  it('is the same with either event queue', () => {
    cells.forEach((cell, i) => {
      expect(runCell(cell, { queue: 'heap' }).digest).toBe(afterOthers[i]?.digest)
    })
  })

  it('differs between seeds and between strategies', () => {
    expect(new Set(afterOthers.map((result) => result.digest)).size).toBe(cells.length)
  })

  it('is the same in worker threads, and so are all results with one job and with two', async () => {
    const [one, two] = await Promise.all([runByProgram(SMOKE, 1), runByProgram(SMOKE, 2)])
    expect(outsideEnvironment(one)).toBe(outsideEnvironment(two))
    expect(one.cells.map((cell) => cell.digest)).toEqual(afterOthers.map((result) => result.digest))
    expect(one.cells.map((cell) => cell.measures)).toEqual(afterOthers.map((result) => result.measures))
  })
})

/** As text, so that the order of names counts too. */
function outsideEnvironment(results: Results): string {
  return JSON.stringify({ ...results, environment: null })
}
