/** Results as they are found on disk: each with its folder, a name unlike the others', and how its cells run again. */
import { basename, dirname, join, resolve } from 'node:path'
import { assert } from '../core/assert.js'
import { overlaidId } from '../reports/overlay.js'
import type { Place } from '../reports/report.js'
import { listed } from '../reports/text.js'
import type { StoredHistogram } from '../results/cell-result.js'
import { readHistograms, readResults } from '../results/result-file.js'
import type { Results } from '../results/results.js'
import { replayCommand } from './invocation.js'

export interface FoundResults {
  readonly name: string
  readonly results: Results
  /** What `replay` is given: the folder, or a file of another name than usual. */
  readonly path: string
  readonly folder: string
}

export async function findResults(paths: readonly string[]): Promise<readonly FoundResults[]> {
  const names = resultNames(paths)
  const found: FoundResults[] = []
  for (const [i, path] of paths.entries()) {
    const folder = isFile(path) ? dirname(path) : path.replace(/(?<=.)\/+$/, '')
    const isUsual = !isFile(path) || basename(path) === 'result.json'
    found.push({ name: names[i] as string, results: await readResults(path), path: isUsual ? folder : path, folder })
  }
  return found
}

export function placeOf(found: readonly FoundResults[], width: number): Place {
  const folder = listed(
    found.map((one) => one.folder),
    Number.POSITIVE_INFINITY,
  )
  const [only] = found
  if (only !== undefined && found.length === 1) {
    return placeIn(folder, only.path, width)
  }
  const origins = new Map(
    found.flatMap(({ name, results, path }) =>
      results.cells.map(({ id }) => [overlaidId(name, id), { path, id }] as const),
    ),
  )
  return {
    width,
    folder,
    replayCommand(cell) {
      const origin = origins.get(cell)
      assert(origin !== undefined, 'a report asks for cells of its results.')
      return replayCommand(origin.path, origin.id)
    },
    histograms: () => histogramsOf(found),
  }
}

/** Of one result in a folder; `path` is what `replay` is given. */
export const placeIn = (folder: string, path: string, width: number): Place => ({
  width,
  folder,
  replayCommand: (cell) => replayCommand(path, cell),
  histograms: () => readHistograms(folder),
})

async function histogramsOf(found: readonly FoundResults[]): ReturnType<Place['histograms']> {
  const all = new Map<string, Readonly<Record<string, StoredHistogram>>>()
  for (const { name, folder } of found) {
    for (const [id, ofCell] of await readHistograms(folder)) all.set(overlaidId(name, id), ofCell)
  }
  return all
}

const isFile = (path: string): boolean => path.endsWith('.json')

/** The folder's name (of `X/result.json`, X), with its parent's where two are called the same, and with a number where that does not help. */
export function resultNames(paths: readonly string[]): readonly string[] {
  const places = paths.map((path) => {
    const whole = resolve(path)
    if (!isFile(path)) return whole
    return basename(path) === 'result.json' ? dirname(whole) : whole.slice(0, -'.json'.length)
  })
  const short = places.map((place) => basename(place) || 'result')
  const long = places.map((place, i) => join(basename(dirname(place)), short[i] as string))
  const used = new Set<string>()
  return short.map((name, i) => {
    const isShared = short.some((other, j) => other === name && j !== i)
    const wanted = isShared ? (long[i] as string) : name
    let unique = wanted
    for (let number = 2; used.has(unique); number++) unique = `${wanted}-${number}`
    used.add(unique)
    return unique
  })
}
