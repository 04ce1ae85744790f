/** What may become of a workload file, whatever it holds: cells that can be, or a refusal that says where. Anything else is a bug and passes through. */
import { expect } from 'vitest'
import { catalog } from '../../src/catalog.js'
import { UserError } from '../../src/core/errors.js'
import { compile } from '../../src/distributions/index.js'
import type { Cell } from '../../src/experiment/cell.js'
import { workloadText } from '../../src/experiment/file/workload-file.js'
import { plan } from '../../src/experiment/plan.js'
import { parseSpec } from '../../src/experiment/spec.js'
import { buildWorld } from '../../src/experiment/world.js'

const WORKLOAD = 'workloads/test.yaml'
export const PROPERTIES = 'workloads/ycsb/test.properties'
/** A screen or two for each of the fifty mistakes that are told at most. */
const LONGEST_MESSAGE = 70_000

/** The cells, or nothing if the file is refused. `name` says of what kind it is. */
export function cellsOrRefusal(
  file: Uint8Array | string,
  settings: readonly string[] = [],
  name = WORKLOAD,
): readonly Cell[] {
  try {
    const text = typeof file === 'string' ? file : workloadText(name, file)
    return plan(parseSpec(text, name, catalog, settings))
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown
    expect(thrown.message).toMatch(/^((around )?workloads\/[\w./]+:\d+:\d+|--set .*): ./s)
    expect(thrown.message.length).toBeLessThan(LONGEST_MESSAGE)
    return []
  }
}

export function expectPossible(cells: readonly Cell[]): void {
  expect(new Set(cells.map((cell) => cell.id)).size).toBe(cells.length)
  const [cell] = cells
  if (cell === undefined) return
  expect(JSON.parse(JSON.stringify(cell))).toEqual(cell)
  for (const { node } of cell.zones) for (const law of [node.read, node.write]) compile(law, 'time')
  for (const link of cell.links.flat()) for (const law of [link.write, link.read]) compile(law, 'time')
  compile(cell.workload.values, 'bytes')
  expect(buildWorld(cell).zones).toHaveLength(cell.zones.length)
}
