/** Progress where there is no terminal: a line every ten seconds, and none for a run that is over before. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Progress } from '../../src/commands/progress.js'
import type { Cell } from '../../src/experiment/cell.js'
import { type CellResult, failedCell } from '../../src/results/cell-result.js'
import { cellOf } from '../results/fixtures.js'

const write = vi.spyOn(process.stderr, 'write')

beforeEach(() => {
  vi.useFakeTimers()
  Object.defineProperty(process.stderr, 'isTTY', { value: false, configurable: true })
  write.mockReset().mockReturnValue(true)
})
afterEach(() => {
  vi.useRealTimers()
})

const lines = (): readonly string[] => write.mock.calls.map(([text]) => String(text))

/** Of equal weight. */
const cells = (count: number): readonly Cell[] => Array.from({ length: count }, (_, i) => cellOf('lww', i + 1))

function ended(cell: Cell | undefined, recorded = 0): CellResult {
  const result = failedCell(cell as Cell, '')
  return { ...result, operations: { ...result.operations, recorded } }
}

it('tells how many cells have ended, how fast, and how long the others may take', () => {
  const all = cells(4)
  const progress = new Progress('smoke', all, [])
  vi.advanceTimersByTime(10_000)
  progress.step(ended(all[0], 12_000_000))
  vi.advanceTimersByTime(10_000)
  progress.stop()
  vi.advanceTimersByTime(60_000)
  // After 20 s the second cell is due, which leaves two.
  expect(lines()).toEqual([
    'smoke: 0 of 4 cells, time left unknown\n',
    'smoke: 1 of 4 cells, 1.2 M operations/s, 20 s left\n',
  ])
})

it('counts minutes where seconds are many', () => {
  const all = cells(100)
  const progress = new Progress('long', all, [])
  vi.advanceTimersByTime(5_000)
  progress.step(ended(all[0], 1500))
  vi.advanceTimersByTime(5_000)
  progress.stop()
  // 98 cells of 5 s.
  expect(lines()).toEqual(['long: 1 of 100 cells, 300 operations/s, 9 min left\n'])
})

it('counts the cells that were there, and neither for the rate nor for the time left', () => {
  const all = cells(10)
  const there = all.slice(0, 6).map((cell) => ended(cell, 1e9))
  const progress = new Progress('resumed', all, there)
  vi.advanceTimersByTime(8_000)
  progress.step(ended(all[6], 8_000))
  vi.advanceTimersByTime(2_000)
  progress.stop()
  // 3 cells of 8 s, 2 s later.
  expect(lines()).toEqual(['resumed: 7 of 10 cells, 1 k operations/s, 22 s left\n'])
})

it('is silent for a short run', () => {
  const all = cells(1)
  const progress = new Progress('tiny', all, [])
  vi.advanceTimersByTime(9_000)
  progress.step(ended(all[0]))
  progress.stop()
  expect(lines()).toEqual([])
})

it('takes its lines away on a terminal when it stops, and says nothing after', () => {
  Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true })
  const all = cells(2)
  const progress = new Progress('live', all, [])
  progress.stop()
  progress.step(ended(all[0]))
  vi.advanceTimersByTime(5_000)
  progress.stop()
  const [drawn, cleared, ...more] = lines()
  expect(drawn).toContain('live ░')
  expect(cleared).toBe('\r\u001b[1A\u001b[J')
  expect(more).toEqual([])
})
