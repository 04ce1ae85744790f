/**
 * A workload file, read and checked whole before anything runs (DESIGN.md, "A workload file"). Everything but `strategies` has a
 * default. What the design names and this version does not have (axes, presets, gates, fail-over) is refused, not ignored.
 */
import type { Catalog } from '../catalog.js'
import { UserError } from '../core/errors.js'
import type { Plugin, Registry } from '../core/plugin.js'
import { MILLISECOND, parseDuration, parseRate, RATE_UNITS, SECOND } from '../core/units.js'
import { OPERATION_NAMES, type OperationName } from '../history/operation-kinds.js'
import type { Strategy } from '../replication/replica.js'
import type {
  CellArrivals,
  CellClient,
  CellLink,
  CellNode,
  CellPhases,
  CellPlugin,
  CellReadBack,
  CellWorkload,
  CellZone,
} from './cell.js'
import { Section, SpecFile, show, suggestion } from './reader.js'
import { buildWorld } from './world.js'

export interface Spec {
  readonly name: string
  readonly about: string
  readonly seeds: readonly number[]
  readonly zones: readonly CellZone[]
  readonly links: readonly (readonly CellLink[])[]
  readonly client: CellClient
  readonly workload: CellWorkload
  readonly variants: readonly Variant[]
  readonly faults: readonly CellPlugin[]
  readonly phases: CellPhases
  readonly eventLimit: number
}

export interface Variant extends CellPlugin {
  /** `quorum n=3 r=2 w=1`: every option that is not the default or that varies. */
  readonly label: string
}

const LOCAL_LAW = 'lognormal(0.25ms 0.3)'
const MOST_VARIANTS = 10_000
const NODE: CellNode = {
  concurrency: 4,
  read: 'exponential(0.2ms)',
  write: 'exponential(0.3ms)',
  queue: 1000,
  clock: { offset: '0ms', driftPpm: 0 },
}

/** Throws `SpecError` with everything that is wrong. */
export function parseSpec(text: string, fileName: string, catalog: Catalog, settings: readonly string[] = []): Spec {
  if (settings.length > 0) throw new UserError('--set is not built yet.')
  const file = new SpecFile(fileName, text.replace(/^\uFEFF/, ''))
  const root = new Section(file, [], file.root ?? undefined, 'A workload file')
  const named = root.raw('name')
  const { zones, links } = readTopology(root)
  const spec = {
    name: typeof named === 'string' && /^[\w.-]+$/.test(named) ? named : 'workload',
    about: show(root.raw('about') ?? ''),
    seeds: readSeeds(root),
    zones,
    links,
    client: readClient(root.section('client')),
    workload: readWorkload(root.section('workload'), catalog),
    phases: {
      warmup: root.duration('warmup', 2 * SECOND),
      duration: root.duration('duration', 20 * SECOND),
      settle: root.duration('settle', 60 * SECOND),
    },
    eventLimit: root.whole('event-limit', 1_000_000_000, 1, 2 ** 52),
  }
  if (named !== undefined && spec.name !== named)
    root.complain('name', 'name is letters, digits, dots, dashes and underscores')
  if (spec.phases.duration === 0) root.complain('duration', 'duration is longer than 0s')
  const skipImpossible = root.raw('skip-impossible') === true
  const world = buildWorld(spec)
  const variants = readStrategies(root, catalog.strategies, spec.workload, world, skipImpossible)
  const faults = readPlugins(root, 'faults', catalog.faults, world)
  root.end('a workload file')
  file.throwIfProblems()
  return { ...spec, variants, faults }
}

function readSeeds(root: Section): readonly number[] {
  const value = root.raw('seeds') ?? 10
  if (Array.isArray(value)) {
    const isFine = value.length > 0 && value.every((seed) => Number.isSafeInteger(seed) && seed >= 0)
    if (isFine && new Set(value).size === value.length) return value as number[]
    root.complain('seeds', 'seeds is a number of seeds or a list of different whole numbers')
    return [1]
  }
  return Array.from({ length: root.whole('seeds', 10, 1, 10_000) }, (_, i) => i + 1)
}

// --- Topology -----------------------------------------------------------------------------------------------------------

function readTopology(root: Section): Pick<Spec, 'zones' | 'links'> {
  const shared = readNode(root.section('node'), NODE)
  const topology = root.section('topology')
  const section = topology.section('zones')
  const names = section.keys.length > 0 ? section.keys : ['local']
  const zones = names.map((name) => readZone(section, name, shared, names.length))
  const clients = zones.reduce((sum, zone) => sum + zone.clients, 0)
  if (Math.abs(clients - 1) > 1e-6) {
    topology.complain('zones', `the zones' clients sum to ${percentText(clients)}, not to 100%`)
  }
  const links = readLinks(topology, names)
  topology.end('topology')
  return { zones, links }
}

function readZone(section: Section, name: string, shared: CellNode, count: number): CellZone {
  if (/--|->|@/.test(name) || (name === 'local' && section.keys.length > 1))
    section.complain(name, `${name} cannot name a zone`)
  const zone = section.section(name)
  const result = {
    name,
    nodes: zone.whole('nodes', 3, 0, 1000),
    clients: zone.percent('clients', 1 / count),
    node: readNode(zone.section('node'), shared),
  }
  zone.end(`zone ${name}`)
  return result
}

function readNode(node: Section, initial: CellNode): CellNode {
  const clock = node.section('clock')
  const drift = /^(\d+(?:\.\d+)?)ppm$/.exec(String(clock.raw('drift') ?? `${initial.clock.driftPpm}ppm`))
  if (drift === null) clock.complain('drift', 'drift is in ppm, such as 20ppm')
  const result = {
    concurrency: node.whole('concurrency', initial.concurrency, 1, 4096),
    read: node.law('read', 'time', initial.read),
    write: node.law('write', 'time', initial.write),
    queue: node.whole('queue', initial.queue, 0),
    clock: { offset: clock.law('offset', 'offset', initial.clock.offset), driftPpm: Number(drift?.[1] ?? 0) },
  }
  clock.end('clock')
  node.end('node')
  return result
}

function readLinks(topology: Section, names: readonly string[]): (readonly CellLink[])[] {
  const transport = topology.choice('transport', ['tcp', 'datagram'], 'tcp')
  const section = topology.section('links')
  const local = readLink(section, 'local', LOCAL_LAW, transport)
  const links: (CellLink | undefined)[][] = names.map((_, i) => names.map((_, j) => (i === j ? local : undefined)))
  for (const key of section.keys) {
    if (key === 'local') continue
    const match = /^(.+?)(--|->)(.+)$/.exec(key)
    const from = names.indexOf(match?.[1] ?? '')
    const to = names.indexOf(match?.[3] ?? '')
    const link = readLink(section, key, LOCAL_LAW, transport)
    if (match === null || from < 0 || to < 0 || from === to) {
      const unknown = [match?.[1], match?.[3]].find((name) => name !== undefined && !names.includes(name))
      const hint = unknown === undefined ? '' : `: there is no zone ${unknown}${suggestion(unknown, names)}`
      section.file.complainOfKey(
        section.path,
        key,
        `${key} is no link${hint}; links are local, a--b (both ways) or a->b, of the zones ${names.join(', ')}`,
      )
      continue
    }
    ;(links[from] as CellLink[])[to] = link
    if (match[2] === '--') (links[to] as CellLink[])[from] = link
  }
  return links.map((row, i) =>
    row.map((link, j) => {
      if (link === undefined && i < j) topology.complain('links', `links lacks ${names[i]}--${names[j]}`)
      return link ?? local
    }),
  )
}

function readLink(section: Section, key: string, initial: string, transport: 'tcp' | 'datagram'): CellLink {
  const value = section.raw(key)
  const plain = { loss: 0, bandwidth: null, transport }
  if (typeof value !== 'object' || value === null) {
    const law = section.law(key, 'time', initial)
    return { write: law, writeAck: law, read: law, readReply: law, ...plain }
  }
  const link = section.section(key)
  const delay = link.law('delay', 'time', initial)
  const result = {
    write: link.law('write', 'time', delay),
    writeAck: link.law('writeAck', 'time', delay),
    read: link.law('read', 'time', delay),
    readReply: link.law('readReply', 'time', delay),
    ...plain,
    loss: link.percent('loss', 0),
    transport: link.choice('transport', ['tcp', 'datagram'], transport),
  }
  link.end(`link ${key}`)
  return result
}

// --- Clients and workload -------------------------------------------------------------------------------------------------

function readClient(client: Section): CellClient {
  const result: CellClient = {
    timeout: client.duration('timeout', SECOND),
    retries: client.whole('retries', 0, 0, 100),
    backoff: client.duration('backoff', 10 * MILLISECOND),
    jitter: client.percent('jitter', 0.5),
    budget: client.percent('budget', 0.1),
    coordinator: client.choice('coordinator', ['token-aware', 'nearest', 'round-robin', 'fixed'], 'token-aware'),
  }
  if (result.timeout === 0) client.complain('timeout', 'timeout is longer than 0s')
  client.end('client (in this version, without mark-down and fail-over)')
  return result
}

function readWorkload(workload: Section, catalog: Catalog): CellWorkload {
  const result: CellWorkload = {
    records: workload.whole('records', 10_000, 1, 20_000_000),
    operations: readMix(workload),
    keys: readCall(workload, 'keys', 'zipfian(0.99)', catalog.keyDistributions),
    values: workload.law('values', 'bytes', '100B'),
    arrivals: readArrivals(workload),
    readBack: workload.has('read-back') ? readReadBack(workload.section('read-back')) : null,
    count: workload.has('count') ? workload.whole('count', 1, 1) : null,
  }
  workload.end('workload')
  return result
}

function readMix(workload: Section): Record<string, number> {
  if (!workload.has('operations')) return { read: 0.5, update: 0.5 }
  const mix = workload.section('operations')
  const shares = OPERATION_NAMES.map((name) => [name, mix.percent(name, 0)] as const)
  mix.end('operations')
  const sum = shares.reduce((total, [, share]) => total + share, 0)
  if (Math.abs(sum - 1) > 1e-6)
    workload.complain('operations', `the operations sum to ${percentText(sum)}, not to 100%`)
  return Object.fromEntries(shares.filter(([, share]) => share > 0))
}

/** `name` or `name(number)`. */
function readCall(workload: Section, key: string, initial: string, registry: Catalog['keyDistributions']): CellPlugin {
  const text = String(workload.raw(key) ?? initial)
  const match = /^\s*([\w-]+)\s*(?:\(\s*([\d.]+)\s*\))?\s*$/.exec(text)
  const plugin = match === null ? undefined : registry.get(match[1] as string)
  if (match === null || plugin === undefined) {
    workload.complain(key, `${key} is ${registry.names.join(', ')}, not ${text}${suggestion(text, registry.names)}`)
    return { name: 'uniform', options: {} }
  }
  const options = plugin.options.safeParse(match[2] === undefined ? {} : { theta: Number(match[2]) })
  if (!options.success)
    workload.complain(key, `${text}: ${options.error.issues.map((issue) => issue.message).join('; ')}`)
  return { name: plugin.name, options: options.success ? options.data : {} }
}

function readArrivals(workload: Section): CellArrivals {
  const text = String(workload.raw('arrivals') ?? 'poisson(1000/s)')
  const poisson = /^poisson\((.+)\)$/.exec(text.trim())
  const closed = /^closed\(\s*(\d+)(?:\s+think\s+(.+))?\)$/.exec(text.trim())
  const rate = poisson === null ? undefined : parseRate(poisson[1] as string)
  if (rate !== undefined && rate > 0 && rate <= 1e8) return { kind: 'poisson', perSecond: rate }
  const sessions = Number(closed?.[1] ?? 0)
  if (closed !== null && sessions >= 1 && sessions <= 1_000_000) {
    const think = new Section(workload.file, workload.path, { arrivals: closed[2] ?? '0ms' }, 'workload')
    return { kind: 'closed', sessions, think: think.law('arrivals', 'time', '0ms') }
  }
  workload.complain(
    'arrivals',
    `arrivals is poisson(2000/s) (units ${RATE_UNITS}), closed(64) or closed(64 think 5ms), not ${text}`,
  )
  return { kind: 'poisson', perSecond: 1 }
}

function readReadBack(section: Section): CellReadBack {
  const share = section.percent('share', 1)
  const after = section.raw('after') ?? '0ms'
  section.end('read-back')
  if (!Array.isArray(after)) return { share, after: section.law('after', 'time', '0ms') }
  const delays = after.map((delay) => parseDuration(String(delay)))
  if (delays.some((delay) => delay === undefined || delay < 0))
    section.complain('after', 'after is a law or a list of durations, such as [0ms, 5ms]')
  return { share, after: delays.map((delay) => delay ?? 0) }
}

// --- Plug-ins ---------------------------------------------------------------------------------------------------------------

type WorldOf = ReturnType<typeof buildWorld>

function readStrategies(
  root: Section,
  registry: Registry<Strategy>,
  workload: CellWorkload,
  world: WorldOf,
  skipImpossible: boolean,
): readonly Variant[] {
  const variants = readPlugins(root, 'strategies', registry, world, skipImpossible)
  if (variants.length === 0 && root.file.problems.length === 0) {
    root.complain('strategies', `strategies lists at least one of ${registry.names.join(', ')}`)
  }
  for (const { name } of variants) {
    const offered = registry.get(name)?.operations ?? []
    const missing = Object.keys(workload.operations).filter(
      (operation) => !offered.includes(operation as OperationName),
    )
    if (missing.length > 0) root.complain('strategies', `${name} cannot do ${missing.join(', ')}`)
  }
  const labels = variants.map((variant) => variant.label)
  const twice = labels.find((label, i) => labels.indexOf(label) !== i)
  if (twice !== undefined) root.complain('strategies', `${twice} is listed twice`)
  return variants
}

/** A list whose entries are a name or {name: options}; an option with a list where none belongs is an axis. */
function readPlugins<P extends Plugin<unknown>>(
  root: Section,
  key: string,
  registry: Registry<P & Plugin<unknown>>,
  world: WorldOf,
  skipImpossible = false,
): Variant[] {
  const list = root.raw(key) ?? []
  if (!Array.isArray(list)) {
    root.complain(key, `${key} is a list`)
    return []
  }
  return list.flatMap((entry: unknown, i) => {
    const path = [key, i]
    const keys = typeof entry === 'object' && entry !== null ? Object.keys(entry) : [String(entry)]
    const name = keys[0] ?? ''
    const plugin = registry.get(name)
    if (keys.length !== 1 || plugin === undefined) {
      const sentence =
        keys.length === 1
          ? `there is no ${registry.kind} ${name}${suggestion(name, registry.names)}; there are`
          : `an entry of ${key} is one name of`
      root.file.complain(path, `${sentence} ${registry.names.join(', ')}`)
      return []
    }
    const given = typeof entry === 'object' && entry !== null ? ((entry as Record<string, unknown>)[name] ?? {}) : {}
    if (typeof given !== 'object' || Array.isArray(given)) {
      root.file.complain([...path, name], `the options of ${name} are a mapping`)
      return []
    }
    return expand(root, plugin, given as Record<string, unknown>, [...path, name], world, skipImpossible)
  })
}

function expand(
  root: Section,
  plugin: Plugin<unknown>,
  given: Record<string, unknown>,
  path: readonly (string | number)[],
  world: WorldOf,
  skipImpossible: boolean,
): Variant[] {
  const points = product(given)
  if (points.length > MOST_VARIANTS) {
    root.file.complain(path, `these options make ${points.length} variants, more than ${MOST_VARIANTS}`)
    return []
  }
  const defaults = plugin.options.safeParse({})
  const varied = Object.keys(given).filter((option) => Array.isArray(given[option]))
  return points.flatMap((point) => {
    const parsed = plugin.options.safeParse(point)
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        const option = issue.code === 'unrecognized_keys' ? (issue.keys[0] as string) : String(issue.path[0] ?? '')
        const allowed = Object.keys((defaults.data ?? {}) as object)
        const sentence =
          issue.code === 'unrecognized_keys'
            ? `${plugin.name} has no option ${option}${suggestion(option, allowed)}; its options are ${allowed.join(', ')}`
            : `${option || plugin.name}: ${issue.message}`
        root.file.complainOfKey(path, option, sentence)
      }
      return []
    }
    const impossible = plugin.check?.(parsed.data, world)
    if (impossible !== undefined) {
      if (!skipImpossible) root.file.complainOfKey(path, impossible.split(':')[0] as string, impossible)
      return []
    }
    const options = parsed.data as Record<string, unknown>
    const told = Object.entries(options).filter(
      ([option, value]) =>
        value !== undefined &&
        (varied.includes(option) || value !== ((defaults.data ?? {}) as Record<string, unknown>)[option]),
    )
    return [{ name: plugin.name, options, label: [plugin.name, ...told.map(([o, v]) => `${o}=${show(v)}`)].join(' ') }]
  })
}

function product(given: Record<string, unknown>): Record<string, unknown>[] {
  let points: Record<string, unknown>[] = [{}]
  for (const [option, value] of Object.entries(given)) {
    const values: unknown[] = Array.isArray(value) ? value : [value]
    if (points.length * values.length > 100 * MOST_VARIANTS) return points
    points = points.flatMap((point) => values.map((one) => ({ ...point, [option]: one })))
  }
  return points
}

function percentText(ratio: number): string {
  return `${Number((100 * ratio).toPrecision(6))}%`
}
