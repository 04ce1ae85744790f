/** Which seconds a strike touches, what they add up to against the others, and which strikes are one over several seeds. */
import { describe, expect, it } from 'vitest'
import type { FaultWindow } from '../../src/history/probes.js'
import { EMPTY_TIMELINE, type Timeline } from '../../src/measures/timeline.js'
import { type CellResult, failedCell } from '../../src/results/cell-result.js'
import { strikesOf, tollOf } from '../../src/results/fault-toll.js'
import { summarize } from '../../src/results/summary.js'
import { cellOf, resultOf } from './fixtures.js'

const SECOND = 1e9
const WARMUP = 2 * SECOND

/** From and to in seconds of the cell, of which the measured phase begins at 2. */
function strike(from: number, to: number, label = 'partition us'): FaultWindow {
  const times = { from: from * SECOND, to: to * SECOND }
  return { fault: 0, name: 'partition', label, ...times, targets: ['us'], touched: 1, unit: 'messages' }
}

const FOUR_SECONDS: Timeline = {
  ...EMPTY_TIMELINE,
  second: [0, 1, 2, 3],
  offered: [10, 20, 30, 40],
  ok: [10, 5, 30, 39],
  eligibleReads: [5, 10, 15, 20],
  staleReads: [0, 4, 1, 2],
  readP99: [1, 100, 2, 9],
  writeP99: [null, null, 7, null],
}

function cellWith(seed: number, faults: readonly FaultWindow[], timeline = FOUR_SECONDS): CellResult {
  const result = resultOf('q', seed, () => undefined)
  const cell = { ...result.cell, phases: { warmup: WARMUP, duration: 4 * SECOND, settle: 0 } }
  return { ...result, cell, faults, timeline }
}

const struckSeconds = (fault: FaultWindow): number | undefined => tollOf([cellWith(1, [fault])])?.during.seconds

describe('the toll of faults', () => {
  it('adds up the seconds that a strike touches, and the others', () => {
    expect(tollOf([cellWith(1, [strike(3.5, 4)])])).toEqual({
      during: { seconds: 1, offered: 20, ok: 5, eligibleReads: 10, staleReads: 4, readP99: 100, writeP99: null },
      otherwise: { seconds: 3, offered: 80, ok: 79, eligibleReads: 40, staleReads: 3, readP99: 2, writeP99: 7 },
    })
  })

  it('sums over seeds, each by its own strikes, and takes the lower of two latencies in the middle', () => {
    const cells = [cellWith(1, [strike(3, 4)]), cellWith(2, [strike(4, 5), strike(4.2, 4.3)])]
    expect(tollOf(cells)).toEqual({
      during: { seconds: 2, offered: 50, ok: 35, eligibleReads: 25, staleReads: 5, readP99: 2, writeP99: 7 },
      otherwise: { seconds: 6, offered: 150, ok: 133, eligibleReads: 75, staleReads: 9, readP99: 2, writeP99: 7 },
    })
  })

  it('ends a strike with its last instant, and begins it with its first', () => {
    expect(struckSeconds(strike(3, 5))).toBe(2)
    expect(struckSeconds(strike(3.999, 4.001))).toBe(2)
    expect(struckSeconds(strike(4, 4))).toBe(1)
    expect(struckSeconds(strike(0, 99))).toBe(4)
  })

  it('is absent where nothing struck in the measured phase of a cell that ran to its end', () => {
    expect(struckSeconds(strike(0, 2))).toBeUndefined()
    expect(struckSeconds(strike(6, 7))).toBeUndefined()
    expect(tollOf([cellWith(1, [])])).toBeUndefined()
    expect(tollOf([{ ...cellWith(1, [strike(3, 4)]), error: 'it ran out of memory' }])).toBeUndefined()
    expect(tollOf([])).toBeUndefined()
  })
})

describe('strikes', () => {
  it('are told in seconds of the measured phase, to the millisecond, once for all seeds that they struck alike', () => {
    const cells = [
      cellWith(1, [strike(1, 3.0004), strike(4, 5)]),
      cellWith(2, [strike(4, 5), strike(4, 5), strike(4, 5, 'partition ap')]),
    ]
    expect(strikesOf(cells)).toEqual([
      { name: 'partition', label: 'partition us', from: -1, to: 1, seeds: 1 },
      { name: 'partition', label: 'partition ap', from: 2, to: 3, seeds: 1 },
      { name: 'partition', label: 'partition us', from: 2, to: 3, seeds: 2 },
    ])
  })

  it('are left out where they lie outside the measured phase, or in a cell that failed', () => {
    expect(strikesOf([cellWith(1, [strike(0, 2), strike(6, 7)])])).toEqual([])
    expect(strikesOf([{ ...cellWith(1, [strike(3, 4)]), error: 'it hung' }])).toEqual([])
    expect(strikesOf([failedCell(cellOf('q', 1), 'it hung')])).toEqual([])
  })

  it('are the 200 longest where there are more, still in order', () => {
    const short = Array.from({ length: 150 }, (_, i) => strike(2 + i / 1000, 2.001 + i / 1000))
    const long = Array.from({ length: 150 }, (_, i) => strike(3 + i / 1000, 3.01 + i / 1000))
    const found = strikesOf([cellWith(1, [...long, ...short])])
    expect(found).toHaveLength(200)
    expect(found.slice(0, 50).map(({ from }) => from)).toEqual(Array.from({ length: 50 }, (_, i) => i / 1000))
    expect(found.slice(50).map(({ from }) => from)).toEqual(Array.from({ length: 150 }, (_, i) => (1000 + i) / 1000))
  })
})

describe('a summary', () => {
  it('has the strikes always, and their toll where there is one', () => {
    const [struck] = summarize([cellWith(1, [strike(3, 4)])])
    expect(struck).toMatchObject({ faults: [{ from: 1, to: 2, seeds: 1 }], toll: { during: { seconds: 1 } } })
    const [calm] = summarize([cellWith(1, [])])
    expect(calm?.faults).toEqual([])
    expect(calm).not.toHaveProperty('toll')
  })
})
