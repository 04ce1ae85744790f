/** The heartbeat of a cell goes on after its last event, while it is digested and measured. */
import { expect, it } from 'vitest'
import { families } from '../../src/measures/index.js'
import { runCell, simulate } from '../../src/runner/run-cell.js'
import { cellOf } from './cells.js'

it('beats after every family of measures', () => {
  const cell = cellOf(
    'duration: 100ms\nseeds: [1]\nworkload: { records: 5, arrivals: poisson(200/s) }\nstrategies: [lww]',
  )
  const beatsOf = (run: (heartbeat: () => void) => unknown): number => {
    let beats = 0
    run(() => beats++)
    return beats
  }
  const simulated = beatsOf((heartbeat) => simulate(cell, { heartbeat }))
  const measured = beatsOf((heartbeat) => runCell(cell, { heartbeat }))
  expect(simulated).toBeGreaterThanOrEqual(2)
  expect(measured - simulated).toBe(families.length)
})
