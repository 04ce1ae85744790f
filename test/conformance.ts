/**
 * What every strategy is held to, whatever its mechanism (DESIGN.md, "Tests"): without faults it answers everything; the same cell gives the
 * same digest after other cells; each guarantee that it declares is kept under random faults of the weathers that it declares it for, and each that it
 * does not declare at all is seen to break; and under bad weather of every kind it neither throws nor answers with what nobody wrote. That messages are
 * conserved and every operation ends is asserted by the engine at the end of every cell.
 *
 * With `QUORATE_LONG=1` there are more seeds and storms. To hold a strategy to it, list its option sets in replication/conformance.test.ts.
 */
import { describe, expect, it } from 'vitest'
import { catalog } from '../src/catalog.js'
import type { Cell } from '../src/experiment/cell.js'
import type { History } from '../src/history/history.js'
import { COMPARE_AND_SET, type OperationName } from '../src/history/operation-kinds.js'
import { CONFLICT, OK } from '../src/history/outcomes.js'
import type { Guarantee, Strategy, Weather } from '../src/replication/replica.js'
import type { CellResult } from '../src/results/cell-result.js'
import { collect } from '../src/results/collect.js'
import { runCell, simulate } from '../src/runner/run-cell.js'
import { expectNothingFromNowhere } from './conformance/answers.js'
import {
  calmWorkload,
  impatientWorkload,
  stormyWorkload,
  WEATHERS,
  withConditionsAlone,
  withEveryOperation,
  workloadIn,
} from './conformance/workloads.js'
import { cellOf } from './runner/cells.js'

const LONG = process.env['QUORATE_LONG'] === '1'

/** Faults of the seed 1 let hardly anything through. */
const SEEDS = LONG ? [1, 2, 3] : [2]
/** What is rarely broken takes more of them to be seen. */
const MORE_SEEDS = Array.from({ length: 20 }, (_, i) => i + 1)
/** Those that have found something. */
const INSTRUCTIVE_STORMS = [48, 110, 189, 193]
const STORMS = LONG ? [1, 2, 3, 4, ...INSTRUCTIVE_STORMS] : INSTRUCTIVE_STORMS
const STORMS_OF_EVERY_OPERATION = LONG ? [1, 2] : [1]
/** Kinds of rows that no operation is named after: read-backs, and reads for what follows them. */
const KINDS_BESIDE = 2
/** Guarantees that are seen in the measures of any cell; `converges-when-used` is tested where it is known what was used last. */
type Checked = Exclude<Guarantee, 'converges-when-used' | 'no-lost-compare-and-sets'>

/**
 * `options` as in a workload file; the strategies there are `{ name: options }`. Where Paxos decides, whoever meets another proposer may time
 * out, so there `pace` makes hardly any meet, but in storms.
 */
export function conformance(name: string, options: string, pace = (workload: string) => workload): void {
  const strategy = `{ ${name}: ${options} }`

  describe(`${name} ${options}`, () => {
    it('answers every request while nothing fails', () => {
      const cell = cellOf(pace(calmWorkload(strategy, 1)))
      const { history } = simulate(cell)
      expect(new Set(history.kind.slice(0, history.count)).size).toBe(8)
      expect(rowsNotOk(history)).toEqual([])
      expectNothingFromNowhere(history, cell)
    })

    const inAllWeathers = once(() =>
      WEATHERS.map((weather) => SEEDS.map((seed) => observe(cellOf(pace(workloadIn(weather, strategy, seed)))))),
    )

    it('gives the same cell the same digest, after other cells too', () => {
      const [faulty, losesDisks] = [1, 2].map((weather) => inAllWeathers()[weather]?.[0] as Observed)
      expect(faulty?.digest).not.toBe(losesDisks?.digest)
      for (const { cell, digest } of [losesDisks, faulty] as readonly Observed[])
        expect(runCell(cell).digest).toBe(digest)
    })

    /** At full pace. */
    const violationsLater = (guarantee: Checked) => (weather: Weather, seed: number) =>
      violations(cellOf(workloadIn(weather, strategy, seed)), guarantee)

    it.each(['converges', 'no-stale-reads', 'no-lost-merges'] as const)(
      'keeps %s as far as it declares',
      (guarantee) => {
        const seen = inAllWeathers().map((cells) => cells.map((observed) => violationsIn(observed, guarantee)))
        const declared = weathersDeclared(cellOf(calmWorkload(strategy, 1)), guarantee)
        expect(seen.slice(0, declared)).toEqual(seen.slice(0, declared).map(() => SEEDS.map(() => 0)))
        if (declared > 0) return
        const isSeen = Math.max(...seen.flat()) > 0 || breaks(violationsLater(guarantee))
        expect(isSeen, 'what is not declared is seen to break').toBe(true)
      },
    )

    it('does retries once as far as it declares', () => {
      const declared = weathersDeclared(cellOf(calmWorkload(strategy, 1)), 'idempotent-retries')
      for (const weather of WEATHERS.slice(0, declared)) {
        const cells = SEEDS.map((seed) => cellOf(pace(impatientWorkload(weather, strategy, seed))))
        expect(cells.map((cell) => violations(cell, 'idempotent-retries'))).toEqual(SEEDS.map(() => 0))
      }
    })

    it('does every operation that it offers, in all weathers', () => {
      const offered = operationsOffered(strategy)
      const cells = WEATHERS.map((weather) =>
        cellOf(pace(withEveryOperation(workloadIn(weather, strategy, 1), offered))),
      )
      cells.forEach((cell, weather) => {
        const history = expectPromises(cell, weather)
        if (weather > 0) return
        expect(new Set(history.kind.slice(0, history.count)).size).toBe(KINDS_BESIDE + offered.length)
        expect(rowsNotOk(history).filter((id) => history.outcome[id] !== CONFLICT)).toEqual([])
      })
    })

    it.each(STORMS_OF_EVERY_OPERATION)('weathers storm %i with every operation that it offers', (storm) => {
      const losesDisks = storm % 2 === 0
      const workload = stormyWorkload(strategy, storm, losesDisks)
      expectWeathers(cellOf(withEveryOperation(workload, operationsOffered(strategy))), losesDisks)
    })

    if (operationsOffered(strategy).includes('compare-and-set')) {
      it('keeps no-lost-compare-and-sets as far as it declares', () => {
        const lostIn = (weather: Weather, seed: number) =>
          lostConditions(cellOf(pace(withConditionsAlone(workloadIn(weather, strategy, seed)))))
        const declared = weathersDeclared(cellOf(calmWorkload(strategy, 1)), 'no-lost-compare-and-sets')
        for (const weather of WEATHERS.slice(0, declared)) {
          expect(SEEDS.map((seed) => lostIn(weather, seed))).toEqual(SEEDS.map(() => 0))
        }
        if (declared === 0) expect(breaks(lostIn), 'what is not declared is seen to break').toBe(true)
      })
    }

    it.each(STORMS)('weathers storm %i', (storm) => {
      // Disks are lost in every other one.
      const losesDisks = STORMS.indexOf(storm) % 2 === 1
      expectWeathers(cellOf(stormyWorkload(strategy, storm, losesDisks)), losesDisks)
    })
  })
}

/** That a storm makes a cell neither throw nor answer from nowhere, nor break what is promised for such weather. */
export function expectWeathers(cell: Cell, losesDisks: boolean): void {
  const weather = losesDisks ? 'faults that spare one disk of each key' : 'faults that keep disks'
  expectPromises(cell, WEATHERS.indexOf(weather), ['converges', 'no-lost-merges'])
}

/** That the cell answers nothing from nowhere and breaks none of these of its promises for such weather. */
function expectPromises(
  cell: Cell,
  weather: number,
  guarantees: readonly Checked[] = ['converges', 'no-stale-reads', 'no-lost-merges'],
): History {
  const observed = observe(cell)
  expectNothingFromNowhere(observed.history, cell)
  for (const guarantee of guarantees) {
    if (weathersDeclared(cell, guarantee) > weather) expect(violationsIn(observed, guarantee), guarantee).toBe(0)
  }
  return observed.history
}

/** What a strategy can do as it stands in a workload file. */
export function operationsOffered(strategy: string): readonly OperationName[] {
  const { name, options } = cellOf(calmWorkload(strategy, 1)).strategy
  const { operations, refuses } = catalog.strategies.get(name) as Strategy
  return operations.filter((operation) => refuses?.(options, operation) === undefined)
}

/** Acknowledged compare-and-sets, of a cell that writes with nothing else, that are lost. */
export function lostConditions(cell: Cell): number {
  const { history, ratios } = observe(cell)
  const isDone = (id: number) => history.kind[id] === COMPARE_AND_SET && history.outcome[id] === OK
  // A weather may leave none to lose.
  if (!Array.from({ length: history.count }, (_, id) => id).some(isDone)) return 0
  return (ratios['lost.overwritten']?.[0] ?? Number.NaN) + (ratios['lost.rmw']?.[0] ?? Number.NaN)
}

/** Under how many weathers, from the mildest on, the guarantee is declared. */
function weathersDeclared(cell: Cell, guarantee: Guarantee): number {
  const promises = catalog.strategies.get(cell.strategy.name)?.promises(cell.strategy.options) ?? []
  const under = promises.filter((promise) => promise.guarantee === guarantee).map((promise) => promise.under)
  return Math.max(0, ...under.map((weather) => WEATHERS.indexOf(weather) + 1))
}

/** Whether any weather and seed has violations; asked for as few as it takes. */
function breaks(violationsBy: (weather: Weather, seed: number) => number): boolean {
  return MORE_SEEDS.some((seed) => WEATHERS.some((weather) => violationsBy(weather, seed) > 0))
}

interface Observed extends Pick<CellResult, 'measures' | 'ratios' | 'digest'> {
  readonly cell: Cell
  readonly history: History
}

function observe(cell: Cell): Observed {
  const { history, probes, digest } = simulate(cell)
  const { measures, ratios } = collect(cell, history, probes, digest)
  return { cell, history, measures, ratios, digest }
}

export function violations(cell: Cell, guarantee: Checked): number {
  return violationsIn(observe(cell), guarantee)
}

/** Diverged keys, stale reads, lost increments and adds, or effects that were applied twice. */
function violationsIn({ measures, ratios }: Observed, guarantee: Checked): number {
  switch (guarantee) {
    case 'converges':
      return measures['diverged.keys'] ?? 0
    case 'no-stale-reads':
      return ratios['stale.ratio']?.[0] ?? 0
    case 'no-lost-merges':
      return ratios['lost.merges']?.[0] ?? 0
    case 'idempotent-retries':
      return ratios['duplicated.ratio']?.[0] ?? 0
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

function rowsNotOk(history: History): readonly number[] {
  return Array.from({ length: history.count }, (_, id) => id).filter((id) => history.outcome[id] !== OK)
}
