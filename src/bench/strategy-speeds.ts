/**
 * Simulated operations per second of every strategy with its default options, end to end: with every measure, and with latency alone.
 * Strategies take turns, pass by pass. By now V8 has met them all, as a worker has that runs the cells of a
 * comparison, so that each is a little slower than it would be alone.
 */
import { catalog } from '../catalog.js'
import type { Cell } from '../experiment/cell.js'
import { latency } from '../measures/latency.js'
import { collect } from '../results/collect.js'
import { runCell, simulate } from '../runner/run-cell.js'
import { cellOf, HALF_READS } from './cells.js'
import { ratePerSecond } from './cpu-time.js'
import type { Effort } from './effort.js'
import { type Figure, figureOf } from './figure.js'

const WAYS: readonly { readonly name: string; run(cell: Cell): unknown }[] = [
  { name: 'every measure', run: runCell },
  { name: 'latency alone', run: runWithLatency },
]

export function strategySpeeds(effort: Effort): Figure[] {
  const { names } = catalog.strategies
  for (const name of names) for (const { run } of WAYS) run(cellOf(name, HALF_READS, effort.warmUpOperations / 2))
  const speeds = names.flatMap((strategy) => WAYS.map((way) => new Speed(strategy, way, effort.operationsPerPass)))
  for (let pass = 0; pass < effort.strategyPasses; pass++) for (const speed of speeds) speed.pass()
  return speeds.map((speed) => speed.figure())
}

class Speed {
  private readonly passes: number[] = []
  private readonly cell: Cell

  constructor(
    strategy: string,
    private readonly way: (typeof WAYS)[number],
    private readonly operations: number,
  ) {
    this.cell = cellOf(strategy, HALF_READS, operations)
  }

  pass(): void {
    this.passes.push(ratePerSecond(this.operations, () => this.way.run(this.cell)) / 1e3)
  }

  figure(): Figure {
    return figureOf(`${this.cell.label}, ${this.way.name}`, 'k operations/s', this.passes)
  }
}

function runWithLatency(cell: Cell): void {
  const { history, probes, digest } = simulate(cell)
  collect(cell, history, probes, digest, [latency])
}
