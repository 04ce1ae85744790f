/**
 * The workload file that `quorate init` writes: small enough to read whole, with a word on every line that a beginner would change, and
 * runnable as it stands. Everything else is left to the defaults.
 */
import { catalog } from '../catalog.js'
import { assert } from '../core/assert.js'

/** As the user gives them. */
export interface Choices {
  readonly topology: string
  /** Names separated by blanks or commas. */
  readonly strategies: string
  readonly rate: string
}

export const DEFAULT_CHOICES: Choices = {
  topology: 'aws',
  strategies: 'single-leader, lww, crdt, quorum',
  rate: '1000/s',
}

export const TOPOLOGY_NAMES: readonly string[] = catalog.topologies.names

/** `schema` is where an editor finds the schema, seen from the file. */
export function workloadText({ topology, strategies, rate }: Choices, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# One file is one experiment: every strategy meets the same arrivals, keys, delays and faults. Whatever is left out has a default.
about: Say here which real application this stands for.
seeds: 10 # each strategy runs once with each of the seeds 1 to 10; more seeds make intervals narrower
duration: 10s # virtual time that is measured; warmup: 2s comes before it

topology:
${topologyLines(topology)}

workload:
  records: 10000
  operations: { read: 80%, update: 20% } # they sum to 100%; also insert, delete, read-modify-write, increment and more
  keys: zipfian(0.99) # a few keys take most operations; uniform treats all alike
  values: 100B
  arrivals: ${scalar(`poisson(${rate})`)} # of all clients together; or closed(64 think 5ms), 64 sessions that wait for answers
  read-back: { share: 5%, after: uniform(0ms 50ms) } # so many writes are read again elsewhere, to see how stale reads are

strategies: # an option with a list stands for several variants: quorum: { r: [1, 2] }
${strategyNames(strategies).map(strategyLine).join('\n')}

faults: # at counts from the end of the warm-up
  - crash: { node: any, at: 4s, for: 2s }
`
}

function topologyLines(name: string): string {
  const topology = catalog.topologies.get(name)
  assert(topology !== undefined, 'a topology is chosen by a name that there is.')
  const { zones } = topology.layOut(topology.options.parse({}))
  const regions = zones.map((zone) => zone.name)
  const others = TOPOLOGY_NAMES.filter((other) => other !== name)
  const choosesRegions = topology.options.safeParse({ regions }).success
  return [
    `  preset: ${name} # ${topology.summary}; or ${others.join(', ')}, or zones and links of your own`,
    ...(choosesRegions ? [`  regions: [${regions.join(', ')}] # any of ${topology.zones.length}`] : []),
    `  nodes: ${zones[0]?.nodes} # of each zone`,
    `  zones: # what is said of a zone goes before the preset; the clients' shares sum to 100%`,
    ...zones.map((zone, i) => `    ${zone.name}: { clients: ${shareOf(i, zones.length)}% }`),
  ].join('\n')
}

/** Whole shares that sum to 100: the first zones have what does not divide. */
function shareOf(place: number, count: number): number {
  return Math.floor(100 / count) + (place < 100 % count ? 1 : 0)
}

function strategyNames(strategies: string): readonly string[] {
  return strategies.split(/[\s,]+/).filter((name) => name !== '')
}

/** A strategy, or a preset by its name. */
function strategyLine(name: string): string {
  const preset = catalog.presets.get(name)
  const summary = (preset ?? catalog.strategies.get(name))?.summary ?? ''
  return `  - ${preset === undefined ? '' : 'preset: '}${scalar(name)}${summary === '' ? '' : ` # ${summary}`}`
}

/** Plain where YAML would read it as the same text. */
function scalar(text: string): string {
  return /^[a-z][\w-]*(?:\([\w./+-]*\))?$/i.test(text) ? text : JSON.stringify(text)
}
