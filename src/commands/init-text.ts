/**
 * The workload file that `quorate init` writes: small enough to read whole, with a word on every line that a beginner would change, and
 * runnable as it stands. Delays between regions are half of the mean round trips between us-east-1, eu-west-1 and ap-northeast-1
 * (cloudping.co, sample of about 2022); those between zones of one region are an assumption. Everything else is left to the defaults.
 */
import { catalog } from '../catalog.js'

/** As the user gives them. */
export interface Choices {
  readonly topology: string
  /** Names separated by blanks or commas. */
  readonly strategies: string
  readonly rate: string
}

export const DEFAULT_CHOICES: Choices = {
  topology: 'three-regions',
  strategies: 'single-leader, lww, crdt, quorum',
  rate: '1000/s',
}

const TOPOLOGIES: Readonly<Record<string, string>> = {
  'one-zone': `  zones:
    local: { nodes: 3 } # nodes close together, and all clients among them
  links:
    local: lognormal(0.25ms 0.3) # one-way delay; a law, here with median and sigma`,
  'three-zones': `  zones: # three data centres of one region; the clients' shares sum to 100%
    a: { nodes: 1, clients: 40% }
    b: { nodes: 1, clients: 30% }
    c: { nodes: 1, clients: 30% }
  links: # one-way delays; local is inside a zone, a--b both ways
    local: lognormal(0.25ms 0.3)
    a--b: 0.5ms + exponential(0.1ms)
    a--c: 0.5ms + exponential(0.1ms)
    b--c: 0.5ms + exponential(0.1ms)`,
  'three-regions': `  zones: # the clients' shares sum to 100%
    us: { nodes: 3, clients: 50% }
    eu: { nodes: 3, clients: 30% }
    ap: { nodes: 3, clients: 20% }
  links: # one-way delays; local is inside a zone, us--eu both ways
    local: lognormal(0.25ms 0.3)
    us--eu: 35ms + exponential(1ms)
    us--ap: 73ms + exponential(2ms)
    eu--ap: 100ms + exponential(2ms)`,
}

export const TOPOLOGY_NAMES: readonly string[] = Object.keys(TOPOLOGIES)

/** `schema` is where an editor finds the schema, seen from the file. */
export function workloadText({ topology, strategies, rate }: Choices, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# One file is one experiment: every strategy meets the same arrivals, keys, delays and faults. Whatever is left out has a default.
about: Say here which real application this stands for.
seeds: 10 # each strategy runs once with each of the seeds 1 to 10; more seeds make intervals narrower
duration: 10s # virtual time that is measured; warmup: 2s comes before it

topology:
${TOPOLOGIES[topology]}

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

function strategyNames(strategies: string): readonly string[] {
  return strategies.split(/[\s,]+/).filter((name) => name !== '')
}

function strategyLine(name: string): string {
  const summary = catalog.strategies.get(name)?.summary ?? ''
  return `  - ${scalar(name)}${summary === '' ? '' : ` # ${summary}`}`
}

/** Plain where YAML would read it as the same text. */
function scalar(text: string): string {
  return /^[a-z][\w-]*(?:\([\w./+-]*\))?$/i.test(text) ? text : JSON.stringify(text)
}
