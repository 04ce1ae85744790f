/**
 * Lost updates against what is known of them: clients that read-modify-write one record in step, whose losses are counted one by one, and two sites under
 * last-write-wins, with a jackknife over the seeds.
 */
import { describe, expect, it } from 'vitest'
import { pooledRatio } from '../../src/advice/validate/estimate.js'
import { lossesOfTwoSites, SKEWS, twoSitesWorkload } from '../../src/advice/validate/last-write-wins.js'
import { CLIENTS_IN_STEP, inStepWorkload, STRATEGIES_IN_STEP } from '../../src/advice/validate/lost-updates.js'
import { collect } from '../../src/results/collect.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf, cellsOf } from '../runner/cells.js'
import { expectTruth } from './estimate.js'
import { LONG, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

describe('clients that read, modify and write in step', () => {
  it.each(STRATEGIES_IN_STEP.flatMap((strategy) => CLIENTS_IN_STEP.map((clients) => ({ strategy, clients }))))(
    'lose all but one of $clients writes under $strategy',
    ({ strategy, clients }) => {
      const cell = cellOf(inStepWorkload(strategy, clients))
      const { history, probes, digest } = simulate(cell)
      const { ratios } = collect(cell, history, probes, digest)
      const writes = ratios['lost.ratio']?.[1] as number
      expect(writes).toBeGreaterThan(25 * clients)
      expect(writes % clients).toBe(0)
      const lost = [(writes * (clients - 1)) / clients, writes]
      expect(ratios).toMatchObject({ 'lost.overwritten': lost, 'lost.rmw': lost, 'lost.ratio': lost })
      expect(ratios['lost.durability']).toEqual([0, writes])
    },
  )
})

describe('two sites under last write wins', () => {
  it.each(SKEWS)(
    'lose what the closed form says where clocks differ by %d ms',
    (skew) => {
      const found = cellsOf(twoSitesWorkload(skew, sized(10, 20), sized(8, 100))).map((cell) => {
        const { history, probes, digest } = simulate(cell)
        return collect(cell, history, probes, digest).ratios
      })
      for (const [measure, truth] of Object.entries(lossesOfTwoSites(skew))) {
        const estimate = pooledRatio(found.map((ratios) => ratios[measure] as readonly [number, number]))
        expectTruth(measure, estimate, truth)
        if (LONG && truth > 0) expect(Math.abs(estimate.measured / truth - 1), measure).toBeLessThan(0.02)
      }
      expect(found.every((ratios) => ratios['lost.rmw']?.[0] === 0)).toBe(true)
    },
    TIMEOUT_MILLISECONDS,
  )
})
