/** Progress where there is no terminal: a line every ten seconds, and none for a run that is over before. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Progress } from '../../src/commands/progress.js'

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

it('tells how many cells have ended and how long the others may take', () => {
  const progress = new Progress('smoke', 4)
  vi.advanceTimersByTime(10_000)
  progress.step()
  vi.advanceTimersByTime(10_000)
  progress.stop()
  vi.advanceTimersByTime(60_000)
  expect(lines()).toEqual(['smoke: 0 of 4 cells, time left unknown\n', 'smoke: 1 of 4 cells, 60 s left\n'])
})

it('counts minutes where seconds are many', () => {
  const progress = new Progress('long', 100)
  vi.advanceTimersByTime(5_000)
  progress.step()
  vi.advanceTimersByTime(5_000)
  progress.stop()
  expect(lines()).toEqual(['long: 1 of 100 cells, 17 min left\n'])
})

it('counts the cells that were there, and not for the time left', () => {
  const progress = new Progress('resumed', 10, 6)
  vi.advanceTimersByTime(8_000)
  progress.step()
  vi.advanceTimersByTime(2_000)
  progress.stop()
  expect(lines()).toEqual(['resumed: 7 of 10 cells, 30 s left\n'])
})

it('is silent for a short run', () => {
  const progress = new Progress('tiny', 1)
  vi.advanceTimersByTime(9_000)
  progress.step()
  progress.stop()
  expect(lines()).toEqual([])
})
