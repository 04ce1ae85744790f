/**
 * What a point of the axes is made of, as names and values to read: the resolved topology, clients, workload and faults with every default. Quantities
 * get their units back, in the words of a workload file; what all zones share is told once, and equal ways there and back as one link. The spec comes
 * from outside and may hold anything: what has another shape than ours is told as it is.
 */
import { z } from 'zod'
import { formatDuration } from '../../core/units.js'
import { plain } from '../text.js'

/** `mark-down` and `5s`. */
export type Setting = readonly [name: string, value: string]

export interface Part {
  readonly title: string
  readonly settings: readonly Setting[]
}

const point = z.looseObject({
  zones: z.unknown().optional(),
  links: z.unknown().optional(),
  client: z.unknown().optional(),
  workload: z.unknown().optional(),
  phases: z.unknown().optional(),
  faults: z.unknown().optional(),
})
export type SpecPoint = z.infer<typeof point>

const points = z.looseObject({ points: z.array(point) })

export function pointsIn(spec: unknown): readonly SpecPoint[] {
  return points.safeParse(spec).data?.points ?? []
}

export function partsOf({ zones, links, client, workload, phases, faults }: SpecPoint): readonly Part[] {
  return [
    { title: 'Zones', settings: zoneSettings(zones) },
    { title: 'Links, one way', settings: linkSettings(links, zoneNames(zones)) },
    { title: 'Clients', settings: settingsOf(client) },
    { title: 'Workload', settings: settingsOf(workload) },
    { title: 'Phases', settings: settingsOf(phases) },
    { title: 'Faults', settings: settingsOf(faults) },
  ]
}

// --- Topology -------------------------------------------------------------------------------------------------------------

const named = z.array(z.looseObject({ name: z.string() }))

const zoneNames = (zones: unknown): readonly string[] => named.safeParse(zones).data?.map(({ name }) => name) ?? []

function zoneSettings(zones: unknown): readonly Setting[] {
  const read = named.safeParse(zones).data
  if (read === undefined) return settingsOf(zones)
  const settings = read.map(({ name: _, node, ...zone }) => ({ own: settingsOf(zone), node: settingsOf(node) }))
  const first = settings[0]?.node ?? []
  const isShared = settings.every(({ node }) => JSON.stringify(node) === JSON.stringify(first))
  const name = (i: number): string => plain(read[i]?.name ?? '')
  const prefixed = (i: number, list: readonly Setting[]): Setting[] =>
    list.map(([key, value]) => [`${name(i)}.${key}`, value])
  return [
    ...settings.flatMap(({ own }, i) => prefixed(i, own)),
    ...(isShared ? first.map(([key, value]): Setting => [`node.${key}`, value]) : []),
    ...(isShared ? [] : settings.flatMap(({ node }, i) => prefixed(i, node))),
  ]
}

const matrix = z.array(z.array(z.record(z.string(), z.unknown())))

function linkSettings(links: unknown, names: readonly string[]): readonly Setting[] {
  const read = matrix.safeParse(links).data
  if (read === undefined) return settingsOf(links)
  const name = (i: number): string => plain(names[i] ?? String(i + 1))
  return read.flatMap((row, from) =>
    row.flatMap((link, to): Setting[] => {
      const [text, back] = [linkText(link), linkText(read[to]?.[from] ?? {})]
      if (from === to) return [[`in ${name(from)}`, text]]
      if (text !== back) return [[`${name(from)} to ${name(to)}`, text]]
      return from < to ? [[`${name(from)} and ${name(to)}`, text]] : []
    }),
  )
}

/** One delay where all legs have the same. */
function linkText({ write, writeAck, read, readReply, ...rest }: Readonly<Record<string, unknown>>): string {
  const isOne = [writeAck, read, readReply].every((leg) => leg === write)
  const delays = isOne ? [valueText([], write)] : settingsOf({ write, writeAck, read, readReply }).map(pairText)
  const others = settingsOf(rest).filter(([key, value]) => !(value === 'none' || (key === 'loss' && value === '0%')))
  return [...delays, ...others.map(([key, value]) => (key === 'transport' ? value : pairText([key, value])))].join(', ')
}

const pairText = ([key, value]: Setting): string => `${key} ${value}`

// --- Anything -------------------------------------------------------------------------------------------------------------

const plugin = z.looseObject({ name: z.string(), options: z.record(z.string(), z.unknown()) })

/** The leaves of any value, named by their paths; a plug-in with its options is one. */
export function settingsOf(value: unknown, path: readonly string[] = []): readonly Setting[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null || isPlainList(value))
    return [settingOf(path, valueText(path, value))]
  const used = plugin.safeParse(value).data
  if (used === undefined) return innerSettings(value, path)
  const { name, options, ...rest } = used
  return [settingOf(path, plugInText(name, options)), ...innerSettings(rest, path)]
}

function innerSettings(value: object, path: readonly string[]): readonly Setting[] {
  const name = Array.isArray(value) ? (index: string) => String(Number(index) + 1) : words
  return Object.entries(value).flatMap(([key, inner]) => settingsOf(inner, [...path, name(key)]))
}

const settingOf = (path: readonly string[], text: string): Setting => [plain(path.join('.')) || 'value', text]

const isPlainList = (value: object): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item !== 'object' || item === null)

/** `markDown` as a workload file has it: `mark-down`. */
const words = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function valueText(path: readonly string[], value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'number') return numberText(path, value)
  if (Array.isArray(value)) return plain(value.map((item) => valueText(path, item)).join(', '))
  return plain(String(value))
}

function plugInText(name: string, options: Readonly<Record<string, unknown>>): string {
  const texts = innerSettings(options, []).map(pairText)
  return plain(texts.length === 0 ? name : `${name}(${texts.join(', ')})`, 240)
}

// --- Units ----------------------------------------------------------------------------------------------------------------

const TIMES =
  /^(timeout|backoff|mark-down|warmup|duration|settle|after|at|stagger|step|offset|over|window|every|retry|gossip|young|old|grace)$/
const SHARES = /^(clients|jitter|budget|loss|share|locality)$/
const RATES = /^(rate|base|from|to|least|most|per-second)$/

function numberText(path: readonly string[], value: number): string {
  const name = path.at(-1) ?? ''
  const figure = (scaled: number): string => String(Number(scaled.toPrecision(12)))
  // Copies of each zone, by its name.
  if (path.at(-2) === 'n') return figure(value)
  if (TIMES.test(name) || path.at(-2) === 'timeouts') return formatDuration(value)
  if (SHARES.test(name) || path.at(-2) === 'operations') return `${figure(100 * value)}%`
  if (RATES.test(name)) return `${figure(value)}/s`
  if (name === 'drift') return `${figure(1e6 * value)}ppm`
  if (name === 'drift-ppm') return `${figure(value)}ppm`
  return name === 'bandwidth' || name === 'throttle' ? `${figure(value)}B/s` : figure(value)
}
