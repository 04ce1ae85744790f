/**
 * Hinted handoff in whole cells, with all other repair off: hints alone bring a replica that was down up to date exactly when it was down for
 * no longer than the window, no hint was dropped and whoever kept them kept its disk. Writes come every 10 ms and faults between
 * them, so no coordinator dies with a write of which it has kept no hint yet.
 */
import { describe, expect, it } from 'vitest'
import { equalValues, type Value } from '../../../src/history/values.js'
import { runCell, simulate } from '../../../src/runner/run-cell.js'
import { cellOf } from '../../runner/cells.js'

const DETECTORS = {
  timeout: ', detector: { retry: 1s }',
  phi: ', detector: { kind: phi, gossip: 100ms }',
}

interface Given {
  readonly hints?: string
  readonly detector?: keyof typeof DETECTORS
  readonly faults?: string
  readonly more?: string
  readonly disk?: string
}

const cell = ({ hints = 'every: 500ms', detector = 'timeout', faults = crash('4s'), more = '', disk = '' }: Given) =>
  cellOf(`
seeds: [1]
warmup: 1s
duration: 12s
settle: 60s
topology: { zones: { a: { nodes: 5 } }, links: { local: 0.5ms } }
node: { read: 0.1ms, write: 0.1ms, ${disk} }
client: { timeout: 1s, retries: 2, backoff: 10ms }
workload: { records: 1000, keys: uniform, arrivals: constant(100/s), operations: { update: 100% } }
faults: [${faults}]
strategies: [ { quorum: { repair: none, hints: { ${hints} }, timeouts: { write: 200ms }${DETECTORS[detector]}${more} } } ]`)

const crash = (length: string, more = '') => `{ crash: { node: a-1, at: 2005ms, for: ${length}, ${more} } }`

/** Written keys whose replicas differ in the end. */
function diverged(given: Given): number {
  const { finals } = simulate(cell(given)).probes
  return finals.writtenKeys.filter((key) => {
    const values = finals.values(key)
    return !values.every((value) => equalValues(value, values[0] as Value))
  }).length
}

describe('with hints alone', () => {
  for (const detector of ['timeout', 'phi'] as const) {
    it(`a node that was down for less than the window catches up, whoever tells that it was: ${detector}`, () => {
      expect(diverged({ detector })).toBe(0)
    })
  }

  it('one that was down for longer stays behind, as it does without hints', () => {
    expect(diverged({ hints: 'every: 500ms, window: 2s' })).toBeGreaterThan(0)
    // It was down for 4 s, and until it is tried again, by those who have just missed an answer, for 1.2 s more.
    expect(diverged({ hints: 'every: 500ms, window: 5.5s' })).toBe(0)
    expect(diverged({ hints: 'window: 0s' })).toBeGreaterThan(0)
  })

  it('hints that are dropped for want of room are missed', () => {
    expect(diverged({ hints: 'every: 500ms, limit: 5' })).toBeGreaterThan(0)
  })

  it('hints survive a crash of those who keep them, and go with their disks', () => {
    const holders = (disk: string) =>
      `${crash('4s')}, { crash: { node: [a-2, a-3, a-4, a-5], at: 5005ms, for: 500ms, disk: ${disk} } }`
    // By then all know by gossip that it is down, and wait for none of its answers.
    expect(diverged({ detector: 'phi', faults: holders('keep') })).toBe(0)
    expect(diverged({ detector: 'phi', faults: holders('lose') })).toBeGreaterThan(0)
    // Where a disk takes its time they are there once they are flushed, as is what was handed back.
    expect(diverged({ detector: 'phi', faults: holders('keep'), disk: 'disk: { fsync: 1ms }' })).toBe(0)
  })

  it('an isolated node catches up, and so do the others with what it took in', () => {
    for (const detector of ['timeout', 'phi'] as const) {
      const faults = '{ partition: { isolate: a-1, at: 2005ms, for: 6s } }'
      expect(diverged({ detector, faults })).toBe(0)
    }
  })

  it('a sloppy quorum keeps them at fallbacks', () => {
    expect(diverged({ more: ', sloppy: true' })).toBe(0)
  })
})

describe('the measures of hints', () => {
  it('tell how many were kept at once and what share was dropped', () => {
    const measures = (hints: string) => runCell(cell({ hints })).measures
    expect(measures('every: 500ms')).toMatchObject({ 'hints.dropped': 0 })
    const limited = measures('every: 500ms, limit: 5')
    expect(limited['hints.max']).toBe(5)
    expect(limited['hints.dropped']).toBeGreaterThan(0.5)
  })
})
