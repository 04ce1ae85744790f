/**
 * Figures that need no partner: tinybench repeats each, by processor time, after a warm-up. A task does a batch per pass, long
 * against the resolution of the clock, and returns what it drew, so that the work cannot be optimised away.
 */
import { Bench } from 'tinybench'
import { assert } from '../core/assert.js'
import { cpuMilliseconds } from './cpu-time.js'
import type { Effort } from './effort.js'
import { type Figure, figureOf, type Unit } from './figure.js'

/** A batch where one sample takes nanoseconds. */
export const SAMPLES = 100_000

export interface Repeated {
  readonly name: string
  /** Events or samples of one pass. */
  readonly batch: number
  run(batch: number): unknown
}

/** Rates in millions a second. */
export function repeat(unit: Unit & `M ${string}`, tasks: readonly Repeated[], effort: Effort): Figure[] {
  const bench = new Bench({
    now: cpuMilliseconds,
    time: effort.milliseconds,
    iterations: effort.leastPasses,
    warmupTime: effort.milliseconds / 5,
    warmupIterations: 1,
    retainSamples: true,
    throws: true,
  })
  for (const { name, batch, run } of tasks) bench.add(name, () => run(batch))
  return bench.runSync().map(({ name, result }, i) => {
    assert(result.state === 'completed', `${name} ran to its end.`)
    const { batch } = tasks[i] as Repeated
    const passes = result.latency.samples ?? []
    return figureOf(
      name,
      unit,
      passes.map((milliseconds) => batch / milliseconds / 1000),
    )
  })
}
