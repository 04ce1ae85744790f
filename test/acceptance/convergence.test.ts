/**
 * Whatever happens: random storms of every kind of fault, lost disks included, against every strategy with options drawn at random. No key may differ
 * between its replicas in the end, and no increment or add be lost, where that is declared for such weather; and no storm makes a cell
 * hang, throw or answer with what nobody wrote. Loss over tcp is delay and no more. With `QUORATE_LONG=1` a thousand storms
 * for each strategy.
 */
import { describe, expect, it } from 'vitest'
import { type Random, RandomStream } from '../../src/core/random.js'
import { stormyWorkload } from '../conformance/workloads.js'
import { expectWeathers, violations } from '../conformance.js'
import { cellOf } from '../runner/cells.js'
import { sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const STORMS = sized(6, 1000)
/** Tests run one after the other and report as they go. */
const STORMS_PER_TEST = sized(6, 100)

type Pick = <T>(...choices: readonly T[]) => T

const OPTIONS: Readonly<Record<string, (pick: Pick) => string>> = {
  'single-leader': (pick) =>
    `copies: ${pick(3, 3, 5)}, acks: ${pick('none', '1', 'majority', 'all')}, reads: ${pick('leader', 'follower', 'nearest', 'any')}, partitions: ${pick('one', 'ring')}`,
  lww: (pick) =>
    `copies: ${pick(3, 4, 5)}, leaders: ${pick('zone', 'node')}, timestamps: ${pick('wall-clock', 'hybrid-logical')}, partitions: ${pick('one', 'one', 'ring')}`,
  crdt: (pick) =>
    `copies: ${pick(3, 4, 5)}, leaders: ${pick('zone', 'node')}, registers: ${pick('lww', 'mv')}, partitions: ${pick('one', 'one', 'ring')}`,
  quorum: (pick) =>
    `n: ${pick(3, 3, 5)}, r: ${pick(1, 2, 3)}, w: ${pick(1, 2, 3)}, contact: ${pick('all', 'quorum')}, coordinator: ${pick('node', 'client')}, repair: ${pick('none', 'asynchronous', 'blocking')}`,
  unreplicated: () => '',
}

const pickFrom =
  (random: Random): Pick =>
  (...choices) =>
    choices[random.below(choices.length)] as never

function strategyFor(name: string, storm: number): string {
  const random = RandomStream.ofSeed(storm).fork('options')
  return `{ ${name}: { ${OPTIONS[name]?.(pickFrom(random))} } }`
}

const firstStorms = Array.from({ length: STORMS / STORMS_PER_TEST }, (_, i) => 1000 + i * STORMS_PER_TEST)

describe.each(Object.keys(OPTIONS))('%s', (name) => {
  it.each(firstStorms)(
    `keeps what it promises in storms from number %i on`,
    (first) => {
      for (let storm = first; storm < first + STORMS_PER_TEST; storm++) {
        const losesDisks = storm % 2 === 1
        expectWeathers(cellOf(stormyWorkload(strategyFor(name, storm), storm, losesDisks)), losesDisks)
      }
    },
    TIMEOUT_MILLISECONDS,
  )
})

it.each(Object.keys(OPTIONS))('loss over tcp is delay for %s, and never divergence', (name) => {
  const cell = (loss: string) =>
    cellOf(`
seeds: [1]
warmup: 0s
duration: 4s
settle: 600s
topology: { zones: { a: { nodes: 2 }, b: { nodes: 2 } }, links: { a--b: { delay: 10ms, loss: ${loss} } } }
client: { timeout: 60s }
workload: { records: 50, keys: uniform, arrivals: poisson(200/s), operations: { read: 40%, update: 30%, increment: 20%, add: 10% } }
strategies: [ ${name} ]
faults: [ { message-loss: { loss: 20%, at: 1s, for: 1s } } ]`)
  expect(violations(cell('5%'), 'converges')).toBe(0)
})
