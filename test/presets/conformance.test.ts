/**
 * Every preset as it is: it answers all that it offers while nothing fails, the same cell gives the same digest, and its copies are equal once
 * what a partition kept apart has settled, but for the one that repairs nothing. In full, with storms, by `QUORATE_LONG=1`.
 */
import { describe, expect, it } from 'vitest'
import { CONFLICT, OK } from '../../src/history/outcomes.js'
import { presets } from '../../src/presets/index.js'
import { runCell, simulate } from '../../src/runner/run-cell.js'
import { calmWorkload, withEveryOperation, withHardlyAnyContention } from '../conformance/workloads.js'
import { conformance, operationsOffered } from '../conformance.js'
import { cellOf } from '../runner/cells.js'

const LONG = process.env['QUORATE_LONG'] === '1'

/** Without repair of any kind. */
const STAY_APART = ['voldemort']

/** Two nodes of the six are cut off for longer than any coordinator but Riak's waits for them. */
const partitioned = (strategy: string): string =>
  `${calmWorkload(strategy, 1, 50).replace('poisson(500/s)', 'poisson(100/s)')}faults: [{ partition: { isolate: b, at: 500ms, for: 3s } }]`

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
    const cell = cellOf(partitioned(strategy))
    const [first, second] = [runCell(cell), runCell(cell)]
    expect(second.digest).toBe(first.digest)
    const diverged = first.measures['diverged.keys'] as number
    if (STAY_APART.includes(name)) expect(diverged).toBeGreaterThan(0)
    else expect(diverged).toBe(0)
  })
})

if (LONG) for (const name of presets.names) conformance('preset', name, withHardlyAnyContention)
