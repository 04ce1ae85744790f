/**
 * Anti-entropy with all other repair off, in the whole simulator: a replica that was down, or lost its disk, gets all that it missed by it and by nothing
 * else; what that costs in bytes is, of sessions at a fixed depth, L (1 - (1 - 1/L)^k) leaves of L for k keys that were missed, with all
 * their keys, both ways, and, of continuous exchange, each missed key once. Comparing, building trees and repairing are accounted apart.
 *
 * Ten seconds of 20 writes/s are missed: k is about 200, one in eight of which meets a key that was missed already or a leaf that
 * differs already. A leaf more is streamed where a write is under way while trees are built, 2 ms in 50: less than 1%.
 */
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../src/core/units.js'
import type { History } from '../../src/history/history.js'
import { collect } from '../../src/results/collect.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'
import { sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const SEEDS = Array.from({ length: sized(8, 100) }, (_, i) => i + 1)
const RECORDS = 12_800
/** Of the two ranges together. */
const LEAVES = 128
/** A key, its version and its value, as they are streamed. */
const ENTRY_BYTES = 24 + 100
const HEADER_BYTES = 64

const workloadOf = (seed: number, antiEntropy: string, disk = 'keep'): string => `
seeds: [${seed}]
warmup: 0s
duration: 60s
settle: 600s
topology: { zones: { a: { nodes: 1, clients: 100% }, b: { nodes: 1, clients: 0% } }, links: { local: 1ms, a--b: 1ms } }
node: { concurrency: 4, read: 0.05ms, write: 0.05ms, scan: 0.001ms }
client: { coordinator: nearest }
workload: { records: ${RECORDS}, operations: { update: 100% }, keys: uniform, values: 100B, arrivals: poisson(20/s) }
strategies: [ quorum: { n: 2, r: 1, w: 1, repair: none, vnodes: 1${antiEntropy} } ]
faults: [ { crash: { node: b-1, at: 2s, for: 10s, disk: ${disk} } } ]
`

function run(seed: number, antiEntropy: string, disk?: string) {
  const cell = cellOf(workloadOf(seed, antiEntropy, disk))
  const { history, probes, digest } = simulate(cell)
  const { measures } = collect(cell, history, probes, digest)
  const sent = probes.traffic.background?.['anti-entropy'] ?? { messages: 0, bytes: 0 }
  const streamed = (sent.bytes - HEADER_BYTES * sent.messages) / ENTRY_BYTES
  return { measures, history, streamed, settled: probes.phases.end - probes.phases.measuredTo }
}

/** Keys written while node b was down, each once. */
function keysMissed({ count, intended, key }: History): number {
  const missed = new Set<number>()
  for (let id = 0; id < count; id++) {
    const at = intended[id] as number
    if (at >= 2 * SECOND && at < 12 * SECOND) missed.add(key[id] as number)
  }
  return missed.size
}

const MODES = ['mode: continuous, every: 2s', 'mode: sessions, every: 5s'] as const

describe('a replica that was down', () => {
  it('stays behind with all repair off', () => {
    const { measures, history } = run(1, '')
    const written = history.key.slice(0, history.count)
    expect(measures['diverged.keys']).toBeGreaterThan(150)
    expect(measures['diverged.keys']).toBeLessThanOrEqual(keysMissed(history))
    expect(new Set(written).size).toBeGreaterThan(keysMissed(history))
    for (const name of ['repair.bytes-per-op', 'tree.bytes-per-op', 'tree.read-bytes-per-op']) {
      expect(measures).not.toHaveProperty(name)
    }
  })

  it.each(MODES)('gets all that it missed by %s, and everything settles once it is so', (mode) => {
    for (const seed of SEEDS.slice(0, 4)) {
      for (const disk of ['keep', 'lose']) {
        const { measures, settled } = run(seed, `, anti-entropy: { ${mode} }`, disk)
        expect(measures['diverged.keys'], `seed ${seed}, ${disk}`).toBe(0)
        expect(settled).toBeLessThan(60 * SECOND)
      }
    }
  })
})

describe('what it costs', () => {
  it(
    'is the leaves that differ under sessions at a fixed depth, whole and both ways',
    () => {
      let streamed = 0
      let expected = 0
      for (const seed of SEEDS) {
        const found = run(seed, ', anti-entropy: { mode: sessions, every: 5s, depth: 6 }')
        streamed += found.streamed
        expected += ((2 * RECORDS) / LEAVES) * LEAVES * (1 - (1 - 1 / LEAVES) ** keysMissed(found.history))
      }
      expect(Math.abs(streamed / expected - 1), `${streamed} of ${expected}`).toBeLessThan(0.05)
    },
    TIMEOUT_MILLISECONDS,
  )

  it('is each key once under continuous exchange, and those of writes that were under way', () => {
    let streamed = 0
    let missed = 0
    for (const seed of SEEDS) {
      const found = run(seed, ', anti-entropy: { mode: continuous, every: 2s }')
      streamed += found.streamed
      missed += keysMissed(found.history)
    }
    expect(Math.abs(streamed / missed - 1), `${streamed} of ${missed}`).toBeLessThan(0.02)
  })

  it('is told apart for repairing, for comparing, and for building trees', () => {
    const { measures: sessions, history } = run(1, ', anti-entropy: { mode: sessions, every: 5s }')
    expect(sessions['repair.bytes-per-op']).toBeGreaterThan(0)
    expect(sessions['tree.bytes-per-op']).toBeGreaterThan(0)
    // A session reads all keys of a range on both sides, 124 bytes each.
    const read = (sessions['tree.read-bytes-per-op'] as number) * history.count
    expect(Math.round(read) % ENTRY_BYTES).toBe(0)
    expect(read).toBeGreaterThan(10 * ENTRY_BYTES * RECORDS)
    const { measures: continuous } = run(1, ', anti-entropy: { mode: continuous, every: 2s }')
    expect(continuous['tree.bytes-per-op']).toBeGreaterThan(0)
    expect(continuous['tree.read-bytes-per-op']).toBe(0)
  })
})
