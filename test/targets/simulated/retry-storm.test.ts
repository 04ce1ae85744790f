/**
 * Retry storms: a node that is asked for more than it can do answers too late, so clients ask again and it has yet more to do. One node
 * with one server serves 500 operations a second; a client waits 50 ms.
 */
import { describe, expect, test } from 'vitest'
import { OK } from '../../../src/history/outcomes.js'
import { collect } from '../../../src/results/collect.js'
import { simulate } from '../../../src/runner/run-cell.js'
import { cellOf } from '../../runner/cells.js'
import { rowsOf } from './scripted.js'

/** What comes of so many operations a second for two seconds. */
function measuresAt(perSecond: number, client: string): Readonly<Record<string, number>> {
  const cell = cellOf(`
seeds: [1]
warmup: 0s
duration: 2s
topology: { zones: { a: { nodes: 1 } }, links: { local: 0.1ms } }
node: { concurrency: 1, read: 2ms, write: 2ms }
client: { timeout: 50ms, backoff: 10ms, ${client} }
workload: { records: 100, arrivals: poisson(${perSecond}/s) }
strategies: [ unreplicated ]`)
  const { history, probes, digest } = simulate(cell)
  return collect(cell, history, probes, digest).measures
}

const retriesAt = (perSecond: number, client: string): number =>
  measuresAt(perSecond, client)['retries.per-op'] as number

describe('a retry storm', () => {
  const generous = 'retries: 3, budget: 100%'
  const modest = 'retries: 3, budget: 10%'

  test('shows in retries.per-op, which rises steeply once the node is asked for more than it can do', () => {
    expect(retriesAt(300, generous)).toBeLessThan(0.01)
    expect(retriesAt(600, generous)).toBeGreaterThan(1.5)
  })

  test('amplifies the load up to as many times as an operation is tried', () => {
    const retries = retriesAt(1500, generous)
    expect(retries).toBeGreaterThan(2.5)
    expect(retries).toBeLessThanOrEqual(3)
  })

  test('is held by the budget to its share of attempts', () => {
    const retries = retriesAt(600, modest)
    expect(retries).toBeGreaterThan(0.05)
    // n operations make at most n / (1 - 10%) attempts.
    expect(retries).toBeLessThanOrEqual(0.1 / 0.9)
  })

  // A metastable failure (Bronson et al. 2021): the work of the retries is enough to keep them coming.
  test.each([
    ['outlives its cause', generous, 0, 3],
    ['ends with its cause under a budget', modest, 1, 0],
  ])('%s', (_, client, available, retries) => {
    // Three fifths of what the node can do, and nobody reaches it from 2 s to 2.5 s.
    const rows = rowsOf(
      simulate(
        cellOf(`
seeds: [1]
warmup: 0s
duration: 6s
topology: { zones: { a: { nodes: 1, clients: 0% }, b: { nodes: 0, clients: 100% } }, links: { a--b: 1ms } }
node: { concurrency: 1, read: 2ms, write: 2ms }
client: { timeout: 50ms, backoff: 10ms, ${client} }
workload: { records: 100, arrivals: poisson(300/s) }
strategies: [ unreplicated ]
faults: [ { partition: { isolate: b, at: 2s, for: 500ms } } ]`),
      ).history,
    )
    const meansFrom = (second: number): readonly number[] => {
      const begun = rows.filter(({ intended }) => intended >= 1000 * second && intended < 1000 * (second + 1))
      const ok = begun.filter(({ outcome }) => outcome === OK).length
      return [ok / begun.length, begun.reduce((sum, { attempts }) => sum + attempts - 1, 0) / begun.length]
    }
    expect(meansFrom(0)).toEqual([1, 0])
    expect(meansFrom(5)).toEqual([available, retries])
  })
})
