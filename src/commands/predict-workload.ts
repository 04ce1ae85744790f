/**
 * The model of a prediction from a workload file or a result: the legs of its links, where its clients are, where its strategy places copies, and n, r
 * and w of its quorum variants. A write begins in a zone with the share of the clients that live there, and so does, independently, a
 * read. Coordinators are taken to stand in the zones of their clients and to hold no copy, as in WARS.
 */
import { fromOrigins, LEGS, legsOf, type WarsCase, type WarsLegs } from '../advice/wars/model.js'
import { catalog } from '../catalog.js'
import { UserError } from '../core/errors.js'
import { RandomStream } from '../core/random.js'
import { LawError } from '../distributions/law-error.js'
import type { Cell } from '../experiment/cell.js'
import { readWorkloadFile } from '../experiment/file/workload-file.js'
import { plan } from '../experiment/plan.js'
import { parseSpec, type Spec } from '../experiment/spec.js'
import { buildWorld } from '../experiment/world.js'
import { listed, plain } from '../reports/text.js'
import { readResults } from '../results/result-file.js'
import { wholeOption } from './options.js'
import { type LegOptions, MOST_REPLICAS, refuseLaws } from './predict-laws.js'
import type { AskedQuorum, Question } from './predict-question.js'

/** Keys whose places stand for all. */
const KEYS_LOOKED_AT = 2048

interface QuorumCell {
  readonly cell: Cell
  readonly n: number
  readonly quorum: AskedQuorum
  /** Whether reads go to all replicas, as in the model. */
  readonly asksAll: boolean
}

export function questionOfFile(file: string, options: LegOptions): Question {
  refuseLaws(options, '--file')
  return questionOfCells(file, plan(parseSpec(readWorkloadFile(file), file, catalog)), options)
}

export async function questionOfResult(path: string, options: LegOptions): Promise<Question> {
  refuseLaws(options, '--from')
  const { cells, spec } = await readResults(path)
  const kept = cells.flatMap(({ cell }) => cell ?? [])
  return questionOfCells(path, kept.length > 0 ? kept : plannedBy(spec, path), options)
}

/** References keep no cells, but what they were planned from. */
function plannedBy(spec: unknown, path: string): readonly Cell[] {
  try {
    return plan(spec as Spec)
  } catch {
    throw new UserError(`${plain(path)} does not say of which cells it is: name its workload file with --file.`)
  }
}

function questionOfCells(path: string, cells: readonly Cell[], options: LegOptions): Question {
  const name = plain(path)
  const found = cells.flatMap(quorumCellOf)
  if (found.length === 0) throw new UserError(`${name} has no variant with n, r and w that WARS could tell about.`)
  const n = options.n === undefined ? (found[0] as QuorumCell).n : wholeOption('--n', options.n, MOST_REPLICAS)
  const ofSize = found.filter((one) => one.n === n)
  const [first] = ofSize
  if (first === undefined) throw new UserError(`${name} has no quorum of --n ${n}; it has n ${listed(sizesOf(found))}.`)
  const alike = ofSize.filter((one) => placeOf(one) === placeOf(first))
  return {
    about: `${name}, ${n} replicas`,
    model: { cases: attempt(name, () => casesOf(first.cell)) },
    quorums: byPair(alike).map(([first]) => first.quorum),
    notes: [
      'Taken are the delays of the links, the shares of the clients by zone, the places of the copies, and n, r and w of the variants.',
      'Not taken are service times, queues, losses, bandwidths, faults, repair and the hop between client and coordinator; a coordinator stands in the zone of its client.',
      ...leftOut(cells, found, ofSize, alike),
    ],
  }
}

/** What a reader might look for in vain, or hold for more than it is. */
function leftOut(
  cells: readonly Cell[],
  found: readonly QuorumCell[],
  ofSize: readonly QuorumCell[],
  alike: readonly QuorumCell[],
): string[] {
  const known = new Set(found.map(({ cell }) => cell.label))
  const unknown = [...new Set(cells.map(({ label }) => label))].filter((label) => !known.has(label))
  const sizes = sizesOf(found.filter((one) => !ofSize.includes(one)))
  const asking = [...new Set(alike.filter(({ asksAll }) => !asksAll).map(({ cell }) => cell.label))]
  return [
    ...(asking.length > 0
      ? [
          `The model asks all replicas and takes the first R replies; ${listed(asking.map(named))} ask R replicas only and wait for the slowest, so their reads take longer than told.`,
        ]
      : []),
    ...toldTogether(alike),
    ...(unknown.length > 0
      ? [`Variants without a number of replicas to wait for are left out: ${listed(unknown.map(named))}.`]
      : []),
    ...(sizes.length > 0 ? [`Quorums of n ${listed(sizes)} are left out: --n chooses them.`] : []),
    ...(alike.length < ofSize.length
      ? [
          `Quorums with other links or other places of copies are left out; what is told is that of ${plain(alike[0]?.cell.id ?? '')}.`,
        ]
      : []),
  ]
}

const named = (label: string): string => plain(label)

const sizesOf = (cells: readonly QuorumCell[]): string[] => [...new Set(cells.map(({ n }) => String(n)))]

/** None for a strategy without quorums, and for levels that mean certain replicas and not a number of any. */
function quorumCellOf(cell: Cell): QuorumCell[] {
  const options = cell.strategy.options as Readonly<Record<string, unknown>>
  const levels = (options['levels'] ?? {}) as Readonly<Record<string, unknown>>
  const n = copiesOf(options['n'])
  const r = countOf(levels['read'] ?? options['r'], n)
  const w = countOf(levels['update'] ?? options['w'], n)
  if (n > MOST_REPLICAS || r === undefined || w === undefined) return []
  return [{ cell, n, quorum: { r, w, label: cell.label }, asksAll: options['contact'] !== 'quorum' }]
}

/** In all, or by zone. */
function copiesOf(n: unknown): number {
  const counts = typeof n === 'object' && n !== null ? Object.values(n) : [n]
  return counts.reduce((sum: number, count: unknown) => sum + (typeof count === 'number' ? count : Number.NaN), 0)
}

function countOf(needed: unknown, n: number): number | undefined {
  const levels: Readonly<Record<string, number>> = {
    ONE: 1,
    TWO: 2,
    THREE: 3,
    QUORUM: Math.floor(n / 2) + 1,
    ALL: n,
  }
  const count = typeof needed === 'string' && Object.hasOwn(levels, needed) ? levels[needed] : needed
  return typeof count === 'number' && count >= 1 && count <= n ? count : undefined
}

/** What the model of a cell depends on. */
function placeOf({ cell: { zones, links, strategy } }: QuorumCell): string {
  const places = zones.map(({ nodes, clients }) => [nodes, clients])
  const legs = links.map((row) => row.map(({ write, writeAck, read, readReply }) => [write, writeAck, read, readReply]))
  const { n } = strategy.options as { readonly n: unknown }
  return JSON.stringify([strategy.name, n, places, legs])
}

/** Those with the same R and W together, of which the model says the same. */
function byPair(cells: readonly QuorumCell[]): readonly (readonly [QuorumCell, ...QuorumCell[]])[] {
  const pairs = new Map<string, [QuorumCell, ...QuorumCell[]]>()
  for (const one of cells) {
    const pair = `${one.quorum.r} ${one.quorum.w}`
    const others = pairs.get(pair)
    if (others === undefined) pairs.set(pair, [one])
    else others.push(one)
  }
  return [...pairs.values()]
}

/** Variants that do not stand in the table, because another does that the model cannot tell from them. */
function toldTogether(cells: readonly QuorumCell[]): string[] {
  return byPair(cells).flatMap((alike) => {
    const [label, ...others] = [...new Set(alike.map(({ cell }) => cell.label))] as [string, ...string[]]
    if (others.length === 0) return []
    return [`What is told of ${named(label)} goes for ${listed(others.map(named))} too, with the same R and W.`]
  })
}

function casesOf(cell: Cell): readonly WarsCase[] {
  const legs = cell.zones.map((_, client) => cell.zones.map((__, zone) => legsBetween(cell, client, zone)))
  const cases = placesOf(cell).flatMap(({ share, zones }) => {
    const origins = cell.zones.flatMap(({ clients }, client) => {
      const from = legs[client] as readonly WarsLegs[]
      return clients > 0 ? [{ share: clients, replicas: zones.map((zone) => from[zone] as WarsLegs) }] : []
    })
    return fromOrigins(origins).cases.map((one) => ({ ...one, share: one.share * share }))
  })
  return merged(cases)
}

function legsBetween({ links }: Cell, client: number, zone: number): WarsLegs {
  const there = (links[client] as Cell['links'][number])[zone] as Cell['links'][number][number]
  const back = (links[zone] as Cell['links'][number])[client] as Cell['links'][number][number]
  return legsOf({ write: there.write, ack: back.writeAck, read: there.read, reply: back.readReply })
}

/** The zones of a key's copies, and how many of the keys have them so. */
function placesOf(cell: Cell): readonly { readonly share: number; readonly zones: readonly number[] }[] {
  const strategy = catalog.strategies.get(cell.strategy.name)
  if (strategy === undefined) throw new UserError(`There is no strategy ${plain(cell.strategy.name)}.`)
  const world = buildWorld(cell)
  const random = RandomStream.ofSeed(cell.seed).fork('placement')
  const placement = strategy.place(cell.strategy.options, world, random)
  const keys = Math.min(KEYS_LOOKED_AT, world.keys)
  const counts = new Map<string, number>()
  for (let key = 0; key < keys; key++) {
    const zones = placement.replicas(key).map((node) => world.zoneOf[node] as number)
    const place = zones.sort((a, b) => a - b).join(' ')
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  return [...counts].map(([place, count]) => ({ share: count / keys, zones: place.split(' ').map(Number) }))
}

/** Cases that differ in the order of their replicas are one. */
function merged(cases: readonly WarsCase[]): readonly WarsCase[] {
  const byKey = new Map<string, WarsCase>()
  for (const one of cases) {
    const key = one.replicas
      .map((legs) => LEGS.map((leg) => legs[leg].text).join('\n'))
      .sort()
      .join('\n\n')
    byKey.set(key, { ...one, share: one.share + (byKey.get(key)?.share ?? 0) })
  }
  return [...byKey.values()]
}

/** A result may come from anywhere. */
function attempt<T>(name: string, action: () => T): T {
  try {
    return action()
  } catch (thrown) {
    if (thrown instanceof LawError) throw new UserError(`${name} has a delay that is no law: ${thrown.message}`)
    throw thrown
  }
}
