/**
 * What every strategy is held to, whatever its mechanism (DESIGN.md, "Tests"): without faults it answers everything; the same cell gives the
 * same digest after other cells; each guarantee that it declares is kept under random schedules of partitions and crashes, and each that it does
 * not declare is seen to break; and under bad weather of every kind it neither throws nor answers with what nobody wrote. That messages are
 * conserved and every operation ends is asserted by the engine at the end of every cell.
 *
 * To hold a strategy to it, list its option sets in replication/conformance.test.ts.
 */
import { describe, expect, it } from 'vitest'
import { catalog } from '../src/catalog.js'
import type { Cell } from '../src/experiment/cell.js'
import type { History } from '../src/history/history.js'
import { OK } from '../src/history/outcomes.js'
import type { Guarantee } from '../src/replication/replica.js'
import { collect } from '../src/results/collect.js'
import { runCell, simulate } from '../src/runner/run-cell.js'
import { expectNothingFromNowhere } from './conformance/answers.js'
import { calmWorkload, faultyWorkload, stormyWorkload } from './conformance/workloads.js'
import { cellOf } from './runner/cells.js'

const SEEDS = [1, 2, 3, 4, 5, 6]
/** The first ones, and those that have found something. */
const STORMS = [...Array.from({ length: 6 }, (_, i) => i + 1), 48, 110, 189, 193]
const GUARANTEES = ['converges', 'no-stale-reads', 'no-lost-merges'] as const satisfies readonly Guarantee[]

/** `options` as in a workload file; the strategies there are `{ name: options }`. */
export function conformance(name: string, options: string): void {
  const strategy = `{ ${name}: ${options} }`

  describe(`${name} ${options}`, () => {
    it('answers every request while nothing fails', () => {
      const cell = cellOf(calmWorkload(strategy, 1))
      const { history } = simulate(cell)
      expect(new Set(history.kind.slice(0, history.count)).size).toBe(8)
      expect(rowsNotOk(history)).toEqual([])
      expectNothingFromNowhere(history, cell)
    })

    it('gives the same cell the same digest, after other cells too', () => {
      const cells = [faultyWorkload(strategy, 1), faultyWorkload(strategy, 2)].map(cellOf)
      const digests = cells.map((cell) => runCell(cell).digest)
      expect(digests[0]).not.toBe(digests[1])
      expect([...cells].reverse().map((cell) => runCell(cell).digest)).toEqual([...digests].reverse())
    })

    it.each(GUARANTEES)('keeps or breaks %s as it declares', (guarantee) => {
      const broken = SEEDS.map((seed) => violations(cellOf(workloadFor(guarantee, strategy, seed)), guarantee))
      if (declares(cellOf(calmWorkload(strategy, 1)), guarantee)) expect(broken).toEqual(SEEDS.map(() => 0))
      else expect(Math.max(...broken)).toBeGreaterThan(0)
    })

    it.each(STORMS)('weathers storm %i', (storm) => {
      const cell = cellOf(stormyWorkload(strategy, storm))
      expectNothingFromNowhere(simulate(cell).history, cell)
      for (const guarantee of GUARANTEES) {
        // Reads may be stale in a storm; the promise is for fair weather.
        if (guarantee === 'no-stale-reads' || !declares(cell, guarantee)) continue
        expect(violations(cell, guarantee), guarantee).toBe(0)
      }
    })
  })
}

/** Stale reads are promised away without faults, the rest with them. */
function workloadFor(guarantee: Checked, strategy: string, seed: number): string {
  return guarantee === 'no-stale-reads' ? calmWorkload(strategy, seed) : faultyWorkload(strategy, seed)
}

function declares(cell: Cell, guarantee: Guarantee): boolean {
  const promises = catalog.strategies.get(cell.strategy.name)?.promises(cell.strategy.options) ?? []
  // Reads are compared in fair weather; the other promises are put under faults, and those for fair weather alone stay out of it.
  return promises.some(
    (promise) =>
      promise.guarantee === guarantee && (guarantee === 'no-stale-reads' || promise.under !== 'fair weather'),
  )
}

/** What the suite holds strategies to so far. */
type Checked = (typeof GUARANTEES)[number]

/** Diverged keys, stale reads, or lost increments and adds. */
export function violations(cell: Cell, guarantee: Checked): number {
  const { history, probes, digest } = simulate(cell)
  const { measures, ratios } = collect(cell, history, probes, digest)
  switch (guarantee) {
    case 'converges':
      return measures['diverged.keys'] ?? 0
    case 'no-stale-reads':
      return ratios['stale.ratio']?.[0] ?? 0
    case 'no-lost-merges':
      return ratios['lost.merges']?.[0] ?? 0
  }
}

function rowsNotOk(history: History): readonly number[] {
  return Array.from({ length: history.count }, (_, id) => id).filter((id) => history.outcome[id] !== OK)
}
