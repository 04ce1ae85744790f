/**
 * Every preset as it is: it answers all that it offers while nothing fails, the same cell gives the same digest, and its copies are equal once
 * what a crash and a partition kept apart has settled, but for the one that repairs nothing. In full, with storms, by `QUORATE_LONG=1`.
 */
import { describe, expect, it } from 'vitest'
import { CONFLICT, OK } from '../../src/history/outcomes.js'
import { presets } from '../../src/presets/index.js'
import { ONE_ZONE, type Preset } from '../../src/presets/preset.js'
import { runCell, simulate } from '../../src/runner/run-cell.js'
import { calmWorkload, withEveryOperation, withHardlyAnyContention } from '../conformance/workloads.js'
import { conformance, operationsOffered } from '../conformance.js'
import { cellOf } from '../runner/cells.js'

const LONG = process.env['QUORATE_LONG'] === '1'

/** Without repair of any kind. */
const STAY_APART = ['voldemort']

/** A node is down and two others are cut off, for longer than any coordinator but Riak's waits for them. */
const troubled = (
  strategy: string,
): string => `${calmWorkload(strategy, 1, 50).replace('poisson(500/s)', 'poisson(100/s)')}faults:
  - crash: { node: a-1, at: 500ms, for: 2500ms }
  - partition: { isolate: b, at: 500ms, for: 3s }`

/** Exchanges come every 15 s, each of one range, so that a round of all takes many minutes, which settling does not wait for. */
function withFrequentExchanges(name: string): string {
  const has = (presets.get(name) as Preset).options(ONE_ZONE)['anti-entropy'] !== undefined
  return has ? `{ preset: ${name}, anti-entropy: { every: 100ms } }` : `{ preset: ${name} }`
}

describe.each(presets.names)('%s', (name) => {
  const strategy = `{ preset: ${name} }`

  it('answers all that it offers while nothing fails', () => {
    const offered = operationsOffered(strategy)
    const workload = withHardlyAnyContention(withEveryOperation(calmWorkload(strategy, 1), offered))
    const { history } = simulate(cellOf(workload))
    expect(history.count).toBeGreaterThan(100)
    const outcomes = new Set(history.outcome.slice(0, history.count))
    outcomes.delete(CONFLICT)
    expect([...outcomes]).toEqual([OK])
  })

  it('gives the same digest twice, and ends with equal copies where it repairs', () => {
    const cell = cellOf(troubled(withFrequentExchanges(name)))
    const [first, second] = [runCell(cell), runCell(cell)]
    expect(second.digest).toBe(first.digest)
    const diverged = first.measures['diverged.keys'] as number
    if (STAY_APART.includes(name)) expect(diverged).toBeGreaterThan(0)
    else expect(diverged).toBe(0)
  })
})

if (LONG) for (const name of presets.names) conformance('preset', name, withHardlyAnyContention)
