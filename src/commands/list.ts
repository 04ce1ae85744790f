/** `quorate list`: what is registered, straight from the registries. */
import { catalog } from '../catalog.js'
import { didYouMean } from '../core/did-you-mean.js'
import { UserError } from '../core/errors.js'
import { measureInfos } from '../measures/index.js'
import type { Commitment } from '../replication/replica.js'

interface Entry {
  readonly name: string
  readonly summary: string
  /** What it promises with its options as they are by default, a line for each weather. */
  readonly promises?: readonly string[]
  /** The zones that it can have. */
  readonly zones?: readonly string[]
  /** Where its figures come from. */
  readonly source?: string
}

type Lists = Readonly<Record<string, readonly Entry[]>>

/** No process: its operations come when its sessions are free. */
const CLOSED_LOOP: Entry = {
  name: 'closed',
  summary: 'sessions that wait for answers: closed(64 think 5ms), or, each keeping to a schedule, closed(64 at 2000/s)',
}

const LISTS: Lists = {
  strategies: catalog.strategies.all.map(({ name, summary, options, promises }) => ({
    name,
    summary,
    promises: promisesByWeather(promises(options.parse({}))),
  })),
  faults: catalog.faults.all,
  keys: catalog.keyDistributions.all,
  arrivals: [...catalog.arrivals.all, CLOSED_LOOP],
  laws: catalog.laws.all,
  topologies: catalog.topologies.all,
  hardware: catalog.nodeHardware.all,
  measures: measureInfos,
}

export const LIST_KINDS: readonly string[] = Object.keys(LISTS)

/** The text for standard output; of one kind, or of all. */
export function list(kind: string | undefined, format: string): string {
  const kinds = kind === undefined ? LIST_KINDS : [known(kind)]
  const chosen = kinds.map((name) => [name, LISTS[name] as readonly Entry[]] as const)
  if (format === 'json')
    return `${JSON.stringify(Object.fromEntries(chosen.map(([name, all]) => [name, all.map(plainEntry)])))}\n`
  return chosen.map(([name, entries]) => block(name, entries)).join('\n')
}

function known(kind: string): string {
  if (LIST_KINDS.includes(kind)) return kind
  const guess = didYouMean(kind, LIST_KINDS)
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`
  throw new UserError(`There is no list ${kind}${hint}; there are ${LIST_KINDS.join(', ')}.`)
}

/** Measures have a unit and an orientation besides, strategies their promises, topologies and hardware the source of their figures. */
function plainEntry(entry: Entry & { readonly unit?: string; readonly better?: string }): object {
  const { name, summary, unit, better, promises, zones, source } = entry
  const told = Object.entries({ unit, better, promises, zones, source }).filter(([, value]) => value !== undefined)
  return { name, summary, ...Object.fromEntries(told) }
}

function block(name: string, entries: readonly Entry[]): string {
  const width = Math.max(...entries.map((entry) => entry.name.length))
  const line = (first: string, second: string): string => `  ${first.padEnd(width)}  ${second}\n`
  const lines = entries.flatMap((entry) => [
    line(entry.name, entry.summary),
    ...(entry.promises ?? []).map((promise) => line('', `promises ${promise}`)),
    ...(entry.zones === undefined ? [] : [line('', `zones ${entry.zones.join(', ')}`)]),
    ...(entry.source === undefined ? [] : [line('', `source ${entry.source}`)]),
  ])
  return `${name}\n${lines.join('')}`
}

/** `converges, no-lost-merges under faults that keep disks`. */
function promisesByWeather(commitments: readonly Commitment[]): readonly string[] {
  const weathers = [...new Set(commitments.map(({ under }) => under))]
  return weathers.map((weather) => {
    const guarantees = commitments.filter(({ under }) => under === weather).map(({ guarantee }) => guarantee)
    return `${guarantees.join(', ')} under ${weather}`
  })
}
