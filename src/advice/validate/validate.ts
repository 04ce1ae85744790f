/**
 * Measures the parts of a table on a pool of threads and judges the rows together. Every part has dice of its own, forked by its name from the one
 * seed, so the table is the same whatever the number of threads, and a family's findings are the same alone or among others;
 * only its tolerances are narrower alone, for there are fewer rows to fail.
 */
import { Piscina } from 'piscina'
import { RandomStream } from '../../core/random.js'
import { type Finding, judge, type Row } from './check.js'
import type { Family, Part } from './family.js'
import type { PartTask } from './worker.js'

export interface ValidateOptions {
  readonly families: readonly Family[]
  readonly isFull: boolean
  readonly seed: number
  readonly jobs: number
  /** Called after each part. */
  onPart(ended: number, all: number): void
  /** What tests put in place of the worker's file. */
  readonly worker?: URL
}

interface Placed {
  readonly family: Family
  readonly part: Part
}

export async function validate(options: ValidateOptions): Promise<readonly Row[]> {
  const placed = options.families.flatMap((family) => family.parts.map((part) => ({ family, part })))
  const found = await measureAll(placed, options)
  return judge(
    placed.flatMap((one) =>
      (found.get(one) as readonly Finding[]).map((finding) => [one.family.name, finding] as const),
    ),
  )
}

/** The longest begin first, so that no thread is left with one at the end. */
async function measureAll(
  placed: readonly Placed[],
  options: ValidateOptions,
): Promise<ReadonlyMap<Placed, readonly Finding[]>> {
  const { jobs, worker } = options
  const filename = (worker ?? new URL('./worker.js', import.meta.url)).href
  const pool = new Piscina<PartTask, readonly Finding[]>({ filename, minThreads: jobs, maxThreads: jobs })
  const found = new Map<Placed, readonly Finding[]>()
  const measure = async (one: Placed): Promise<void> => {
    found.set(one, await pool.run(taskOf(one, options)))
    options.onPart(found.size, placed.length)
  }
  try {
    const bySize = [...placed].sort((left, right) => right.part.seconds - left.part.seconds)
    await Promise.all(bySize.map(measure))
  } finally {
    await pool.destroy()
  }
  return found
}

function taskOf({ family, part }: Placed, { seed, isFull }: ValidateOptions): PartTask {
  const own = RandomStream.ofSeed(seed).fork(`${family.name}/${part.name}`).next()
  return { family: family.name, part: part.name, isFull, seed: own }
}
