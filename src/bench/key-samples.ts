/** Samples per second of every key distribution with its default options over 100,000 records, half for reads and half for writes. */
import { catalog } from '../catalog.js'
import { RandomStream } from '../core/random.js'
import type { KeyDistribution } from '../workload/keys/key-distribution.js'
import { Records } from '../workload/records.js'
import type { Effort } from './effort.js'
import type { Figure } from './figure.js'
import { type Repeated, repeat, SAMPLES } from './repeated.js'

const RECORDS = 100_000

export function keySamples(effort: Effort): Figure[] {
  const tasks = catalog.keyDistributions.all.map(taskOf)
  return repeat('M samples/s', tasks, effort)
}

function taskOf(distribution: KeyDistribution): Repeated {
  const chooser = distribution.create(new Records(RECORDS), distribution.options.parse({}))
  const random = RandomStream.ofSeed(1)
  const run = (samples: number): number => {
    let sum = 0
    for (let i = 0; i < samples; i += 2) sum += chooser.nextForRead(random) + chooser.nextForWrite(random)
    return sum
  }
  return { name: `keys ${distribution.name}`, batch: SAMPLES, run }
}
