/** `quorate list`: what is registered, straight from the registries. */
import { catalog } from '../catalog.js'
import { didYouMean } from '../core/did-you-mean.js'
import { UserError } from '../core/errors.js'
import { fixedOptions } from '../experiment/parts/preset-options.js'
import { measureInfos } from '../measures/index.js'
import { ONE_ZONE, type Preset } from '../presets/preset.js'
import type { Commitment, Strategy } from '../replication/replica.js'
import { wrapped } from '../reports/terminal/wrapped.js'

interface Entry {
  readonly name: string
  readonly summary: string
  /** What it promises with its options as they are by default, a line for each weather. */
  readonly promises?: readonly string[]
  /** The zones that it can have. */
  readonly zones?: readonly string[]
  /** The real system that a preset is of. */
  readonly system?: string
  /** The strategy whose options a preset fixes, and to what. */
  readonly strategy?: string
  readonly fixes?: readonly string[]
  /** What the rest of a workload file should say. */
  readonly suggests?: readonly string[]
  readonly limits?: string
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
  presets: catalog.presets.all.map(presetEntry),
  faults: catalog.faults.all.map(({ name, summary }) => ({ name, summary })),
  keys: catalog.keyDistributions.all,
  arrivals: [...catalog.arrivals.all, CLOSED_LOOP],
  laws: catalog.laws.all,
  topologies: catalog.topologies.all,
  hardware: catalog.nodeHardware.all,
  measures: measureInfos,
}

/** Of what stands below a name. */
const DETAIL_WIDTH = 110

export const LIST_KINDS: readonly string[] = Object.keys(LISTS)

/** The text for standard output; of one kind, or of all. */
export function list(kind: string | undefined, format: string): string {
  const kinds = kind === undefined ? LIST_KINDS : [known(kind)]
  const chosen = kinds.map((name) => [name, LISTS[name] as readonly Entry[]] as const)
  if (format === 'json')
    return `${JSON.stringify(Object.fromEntries(chosen.map(([name, all]) => [name, all.map(plainEntry)])))}\n`
  return chosen.map(([name, entries]) => block(name, entries)).join('\n')
}

function presetEntry({ name, summary, system, strategy, promises, limits, suggests, source, options }: Preset): Entry {
  const plugin = catalog.strategies.get(strategy) as Strategy
  const fixes = fixedOptions(plugin, options(ONE_ZONE))
  return { name, summary, system, strategy, fixes, promises, suggests, limits, source }
}

function known(kind: string): string {
  if (LIST_KINDS.includes(kind)) return kind
  const guess = didYouMean(kind, LIST_KINDS)
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`
  throw new UserError(`There is no list ${kind}${hint}; there are ${LIST_KINDS.join(', ')}.`)
}

/** Measures have a unit and an orientation besides; the rest is what some have to tell and others not. */
function plainEntry({ name, summary, ...rest }: Entry & { readonly unit?: string; readonly better?: string }): object {
  const { unit, better, system, strategy, fixes, promises, suggests, limits, zones, source } = rest
  const parts = { unit, better, system, strategy, fixes, promises, suggests, limits, zones, source }
  const told = Object.entries(parts).filter(([, value]) => value !== undefined)
  return { name, summary, ...Object.fromEntries(told) }
}

function block(name: string, entries: readonly Entry[]): string {
  const width = Math.max(...entries.map((entry) => entry.name.length))
  const line = (first: string, second: string): string => `  ${first.padEnd(width)}  ${second}\n`
  const lines = entries.flatMap((entry) => [
    line(entry.name, entry.summary),
    ...detailsOf(entry)
      .flatMap((detail) => wrapped(detail, DETAIL_WIDTH).split('\n'))
      .map((text) => line('', text)),
  ])
  return `${name}\n${lines.join('')}`
}

function detailsOf(entry: Entry): readonly string[] {
  const { system, strategy, fixes, promises = [], suggests = [], limits, zones, source } = entry
  return [
    ...(system === undefined ? [] : [`of ${system}`]),
    ...(fixes === undefined ? [] : [`fixes of ${strategy}, in one zone of three nodes: ${fixes.join(' ')}`]),
    ...promises.map((promise) => `promises ${promise}`),
    ...suggests.map((text) => `suggests ${text}`),
    ...(limits === undefined ? [] : [`limits: ${limits}`]),
    ...(zones === undefined ? [] : [`zones ${zones.join(', ')}`]),
    ...(source === undefined ? [] : [`source ${source}`]),
  ]
}

/** `converges, no-lost-merges under faults that keep disks`. */
function promisesByWeather(commitments: readonly Commitment[]): readonly string[] {
  const weathers = [...new Set(commitments.map(({ under }) => under))]
  return weathers.map((weather) => {
    const guarantees = commitments.filter(({ under }) => under === weather).map(({ guarantee }) => guarantee)
    return `${guarantees.join(', ')} under ${weather}`
  })
}
