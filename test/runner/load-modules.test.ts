/** Modules of the user's on their way from a file beside the workload file, through the cell, to the replicas. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { catalog } from '../../src/catalog.js'
import type { Cell } from '../../src/experiment/cell.js'
import { plan } from '../../src/experiment/plan.js'
import { parseSpec } from '../../src/experiment/spec.js'
import { loadModules } from '../../src/runner/load-modules.js'
import { simulate } from '../../src/runner/run-cell.js'

const WORKLOAD = `
duration: 2s
topology: { zones: { a: { nodes: 3 } }, links: { local: 10ms } }
workload: { records: 1, operations: { update: 50%, read: 50% }, arrivals: poisson(100/s) }
strategies: [ { quorum: { versions: dotted, merge: { module: merge.js } } } ]
`

describe('a module that merges siblings', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quorate-'))
  })

  afterEach(() => rm(folder, { recursive: true, force: true }))

  async function cellWith(text: string): Promise<Cell> {
    await writeFile(join(folder, 'merge.js'), text)
    return plan(parseSpec(WORKLOAD, join(folder, 'workload.yaml'), catalog))[0] as Cell
  }

  it('goes into the cell, which needs no file any more', async () => {
    const cell = await cellWith('export const merge = (siblings) => Math.max(...siblings.map(({ id }) => id))')
    await rm(join(folder, 'merge.js'))
    await loadModules(JSON.parse(JSON.stringify(cell)) as Cell)
    const { history } = simulate(cell)
    const merged = [...history.siblings].filter(([, count]) => count > 1).map(([read]) => read)
    expect(merged.length).toBeGreaterThan(20)
    // A list of siblings would be below all ids.
    expect(merged.every((read) => (history.observed[read] as number) >= 0)).toBe(true)
  })

  it('is named if it is no module, or none that can be had', async () => {
    const broken = await cellWith('export const merge = (')
    await expect(loadModules(broken)).rejects.toThrow('merge.js cannot be loaded: ')
    await rm(join(folder, 'merge.js'))
    expect(() => plan(parseSpec(WORKLOAD, join(folder, 'workload.yaml'), catalog))).toThrow(
      'merge: Cannot read "merge.js": there is no such file or folder',
    )
  })
})
