/**
 * Workload files for the conformance suite: one for each weather that promises are made for, and `stormy` ones, which draw everything that
 * can be drawn, each feature often switched off altogether (swarm testing, Groce et al. 2012). All draws come from the seed. Where disks are
 * lost, those of two nodes are, so that of three copies one survives.
 */

import { RandomStream } from '../../src/core/random.js'
import type { Weather } from '../../src/replication/replica.js'
import { randomFaults } from './random-faults.js'

const OPERATIONS = '{ read: 40%, update: 15%, read-modify-write: 10%, increment: 15%, add: 12%, remove: 8% }'

/** Percentages of all that may be asked for beside reads. */
const SHARES: Readonly<Record<string, number>> = {
  update: 10,
  insert: 5,
  delete: 8,
  'read-modify-write': 8,
  'compare-and-set': 10,
  increment: 10,
  add: 8,
  remove: 5,
  scan: 6,
}

/** The workload, for two seconds, with every operation of `offered` in its mix, on records of a few fields that are written one by one. */
export function withEveryOperation(workload: string, offered: readonly string[]): string {
  const writes = Object.entries(SHARES).filter(([name]) => offered.includes(name))
  const reads = writes.reduce((rest, [, share]) => rest - share, 100)
  const mix = [['read', reads] as const, ...writes].map(([name, share]) => `${name}: ${share}%`).join(', ')
  return workload
    .replace('duration: 4s', 'duration: 2s')
    .replace(OPERATIONS, `{ ${mix} }\n  fields: { count: 3, write: one }\n  scan-length: uniform(1 20)`)
}

/** The workload with nothing but reads and compare-and-sets, so that nothing else can overwrite what one has done. */
export function withConditionsAlone(workload: string): string {
  return workload.replace(OPERATIONS, '{ read: 40%, compare-and-set: 60% }')
}

/** The workload on so many keys, and of so few requests, that hardly two proposers of Paxos meet, who would pre-empt each other for ever. */
export function withHardlyAnyContention(workload: string): string {
  return workload.replace(/records: (5|200)\b/, 'records: 200').replace('poisson(500/s)', 'poisson(100/s)')
}

/** Few keys, so that reads follow writes closely. */
export function calmWorkload(strategy: string, seed: number, records = 5): string {
  return `
seeds: [${seed}]
warmup: 0s
duration: 4s
settle: 600s
${PLACE}
workload:
  records: ${records}
  operations: ${OPERATIONS}
  keys: uniform
  arrivals: poisson(500/s)
  read-back: { share: 50%, after: [0ms, 5ms] }
strategies: [ ${strategy} ]
`
}

/** So many keys that not every one is written again after the last fault. */
export function faultyWorkload(strategy: string, seed: number, losers: readonly string[] = []): string {
  const random = RandomStream.ofSeed(seed).fork('conformance faults')
  const field = { zones: ['a', 'b', 'c'], sizes: [2, 2, 2], datagrams: false, losers }
  return `${calmWorkload(strategy, seed, 200)}faults:\n${randomFaults(random, field, 5)}`
}

/** From the mildest on. */
export const WEATHERS: readonly Weather[] = [
  'fair weather',
  'faults that keep disks',
  'faults that spare one disk of each key',
]

export function workloadIn(weather: Weather, strategy: string, seed: number): string {
  switch (weather) {
    case 'fair weather':
      return calmWorkload(strategy, seed)
    case 'faults that keep disks':
      return faultyWorkload(strategy, seed)
    case 'faults that spare one disk of each key':
      return faultyWorkload(strategy, seed, ['a-1', 'b-2'])
  }
}

/** Clients that give up early and try again until they are answered, most often by the same leader. */
export function impatientWorkload(weather: Weather, strategy: string, seed: number): string {
  const patient = 'client: { timeout: 1s }'
  const impatient = 'client: { timeout: 40ms, retries: 5, budget: 100%, backoff: 5ms }'
  return workloadIn(weather, strategy, seed).replace(patient, impatient)
}

/** Every zone has clients and two nodes; distances differ. */
const PLACE = `topology:
  zones: { a: { nodes: 2, clients: 40% }, b: { nodes: 2, clients: 40% }, c: { nodes: 2, clients: 20% } }
  links: { a--b: 10ms + exponential(5ms), a--c: 20ms + exponential(5ms), b--c: 15ms + exponential(20ms) }
client: { timeout: 1s }`

/** With `losesDisks` the disks of the first and the last node may be lost. */
export function stormyWorkload(strategy: string, storm: number, losesDisks = false): string {
  const random = RandomStream.ofSeed(storm).fork('conformance storm')
  const pick = <T>(...choices: readonly T[]): T => choices[random.below(choices.length)] as T
  const sizes = pick([5], [3, 2], [2, 2, 2], [4, 1, 1], [1, 1, 1, 1, 1], [1, 3, 1])
  const zones = sizes.map((_, i) => 'abcde'[i] as string)
  const home = pick(-1, 0, zones.length - 1)
  const share = (zone: number): number => (home < 0 ? 100 / zones.length : zone === home ? 100 : 0)
  const far = pick('5ms', '5ms + exponential(3ms)', 'lognormal(10ms 1)')
  const loss = pick('0%', '0%', '1%', '10%')
  const links = zones.flatMap((from, i) =>
    zones.slice(i + 1).map((to) => `${from}--${to}: { delay: ${far}, loss: ${loss} }`),
  )
  const warmup = pick('0s', '500ms')
  const transport = pick('tcp', 'datagram')
  const losers = losesDisks ? [`${zones[0]}-1`, `${zones.at(-1)}-${sizes.at(-1)}`] : []
  const field = { zones, sizes, datagrams: transport === 'datagram', losers }
  return `
seeds: [${storm}]
warmup: ${warmup}
duration: 2s
settle: 600s
topology:
  transport: ${transport}
  zones: { ${zones.map((zone, i) => `${zone}: { nodes: ${sizes[i]}, clients: ${share(i)}% }`).join(', ')} }
  links: { ${[`local: ${pick('0ms', '0.2ms', 'exponential(1ms)')}`, ...links].join(', ')} }
node:
  concurrency: ${pick(1, 4)}
  queue: ${pick(1000, 1000, 20, 2, 0)}
  read: ${pick('0ms', 'exponential(0.5ms)')}
  write: ${pick('0ms', 'exponential(0.5ms)', 'exponential(4ms)')}
  clock: { offset: ${pick('0ms', 'normal(0ms 20ms)')}, drift: ${pick('0ppm', '500ppm')} }
  ${diskOf(storm)}
client:
  timeout: ${pick('1s', '1s', '60ms', '5ms', '100us')}
  retries: ${pick(0, 0, 3)}
  budget: ${pick('10%', '100%')}
  coordinator: ${pick('token-aware', 'nearest', 'round-robin', 'fixed')}
  ${whereNodesAreDown(storm)}
workload:
  records: ${pick(1, 10, 1000)}
  operations: ${OPERATIONS}
  keys: ${pick('uniform', 'zipfian(0.99)', 'fresh')}
  arrivals: ${pick('poisson(400/s)', 'closed(20 think 20ms)', 'closed(3 think 1ms)')}
  read-back: { share: 30%, after: ${pick('[0ms, 20ms]', 'exponential(10ms)')} }
strategies: [ ${strategy} ]
faults:
${randomFaults(random, field, pick(0, 1, 6))}`
}

/** From a stream of its own, so that storms known to have found something stay what they were. */
function whereNodesAreDown(storm: number): string {
  const random = RandomStream.ofSeed(storm).fork('conformance mark-down')
  const markDown = ['0s', '5s', '100ms', '100ms'][random.below(4)] as string
  return `mark-down: ${markDown}\n  fail-over: ${markDown !== '0s' && random.below(2) === 0}`
}

/** From a stream of its own too: half the storms meet disks that take their time, and so lose what was not durable. */
function diskOf(storm: number): string {
  const random = RandomStream.ofSeed(storm).fork('conformance disk')
  const fsync = ['1ms', 'exponential(5ms)', '50ms'][random.below(3)] as string
  return random.below(2) === 0 ? '' : `disk: { fsync: ${fsync} }`
}
