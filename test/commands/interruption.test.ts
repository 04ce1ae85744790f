/** Ctrl-C once, twice, and once but forwarded by npm. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Interruption } from '../../src/commands/interruption.js'

describe('an interruption', () => {
  const kill = vi.spyOn(process, 'kill')
  let told = 0
  let interruption: Interruption

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
    kill.mockReset().mockImplementation(() => true)
    told = 0
    interruption = new Interruption(() => told++)
  })
  afterEach(() => {
    interruption.end()
    vi.useRealTimers()
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('by %s ends the run early and tells so once', (signal) => {
    expect(interruption.happened).toBe(false)
    process.emit(signal)
    expect(interruption.happened).toBe(true)
    expect(interruption.signal.aborted).toBe(true)
    expect(told).toBe(1)
    expect(kill).not.toHaveBeenCalled()
  })

  it('is the same one if it comes again at once, and ends the program if it comes later', () => {
    process.emit('SIGINT')
    vi.advanceTimersByTime(100)
    process.emit('SIGINT')
    expect(kill).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1000)
    process.emit('SIGINT')
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGINT')
    expect(told).toBe(1)
  })

  it('leaves no listener behind', () => {
    const before = process.listenerCount('SIGINT')
    new Interruption(() => {}).end()
    expect(process.listenerCount('SIGINT')).toBe(before)
  })
})
