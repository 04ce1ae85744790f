/** Arrivals of a process alone, as a load would ask for them while nothing hastens it. */
import { RandomStream } from '../../../src/core/random.js'
import { parseDuration, SECOND } from '../../../src/core/units.js'
import { arrivals } from '../../../src/workload/arrivals/index.js'

const stream = (seed: number) => RandomStream.ofSeed(seed).fork('arrival process')

export interface Recorded {
  /** Seconds from the start of the load. */
  readonly times: readonly number[]
  readonly expected: number
}

/** `given` are options as a workload file has them; phases are durations. */
export function record(name: string, given: object, warmup: string, duration: string, seed = 1): Recorded {
  const plugin = arrivals.get(name)
  if (plugin === undefined) throw new Error(`There are no arrivals ${name}.`)
  const options = plugin.options.parse(given)
  const phases = { warmup: parseDuration(warmup) as number, duration: parseDuration(duration) as number }
  const process = plugin.create(options, phases, stream(seed))
  const random = RandomStream.ofSeed(seed).fork('arrivals')
  const times: number[] = []
  const end = phases.warmup + phases.duration
  for (let at = process.gap(random); at < end; at += process.gap(random)) {
    if (process.arrives(at, random)) times.push(at / SECOND)
  }
  return { times, expected: plugin.expected(options, phases, stream(seed)) }
}

/** How many lie in [from, to), in seconds. */
export function countIn({ times }: Recorded, from: number, to: number): number {
  return times.filter((at) => at >= from && at < to).length
}
