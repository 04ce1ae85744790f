/** How long a client waits before it tries again. */
import { describe, expect, test } from 'vitest'
import { MILLISECOND, SECOND } from '../../../src/core/units.js'
import { backOffAfter } from '../../../src/targets/simulated/back-off.js'
import { cellOf } from '../../runner/cells.js'

const client = (text: string) => cellOf(`client: { ${text} }\nstrategies: [lww]`).client

describe('a back-off', () => {
  test('doubles up to 20 s', () => {
    const settings = client('backoff: 10ms, jitter: 0%')
    const waits = Array.from({ length: 100 }, (_, attempt) => backOffAfter(attempt, 7, settings) / MILLISECOND)
    expect(waits.slice(0, 12)).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10_240, 20_000])
    expect(new Set(waits.slice(12))).toEqual(new Set([20_000]))
  })

  test('stays as it is if the first is longer than that, and nothing if it is', () => {
    const longest = client('backoff: 300h, jitter: 0%')
    expect([0, 1, 99].map((attempt) => backOffAfter(attempt, 7, longest))).toEqual(Array(3).fill(300 * 3600 * SECOND))
    expect(backOffAfter(99, 7, client('backoff: 0s'))).toBe(0)
  })

  test.each([
    ['100%', 0, 20],
    ['50%', 10, 20],
    ['10%', 18, 20],
  ])('with a jitter of %s is even from %d to %d ms where it would be 20 ms', (jitter, least, most) => {
    const settings = client(`backoff: 10ms, jitter: ${jitter}`)
    const names = Array.from({ length: 400 }, (_, i) => i * 2_654_435)
    const waits = names.map((name) => backOffAfter(1, name, settings) / MILLISECOND)
    waits.sort((left, right) => left - right)
    expect(waits[0]).toBeGreaterThanOrEqual(least)
    expect(waits.at(-1)).toBeLessThanOrEqual(most)
    // Further from even than 1.95 / sqrt(n) is one sample of a thousand.
    const distances = waits.map((wait, i) => Math.abs((wait - least) / (most - least) - (i + 0.5) / waits.length))
    expect(Math.max(...distances)).toBeLessThan(1.95 / Math.sqrt(waits.length))
  })

  test('has another luck for another attempt or operation, and the same for the same', () => {
    const settings = client('jitter: 100%')
    const share = (attempt: number, name: number) =>
      backOffAfter(attempt, name, settings) / (10 * MILLISECOND * 2 ** attempt)
    expect(share(1, 5)).toBe(share(1, 5))
    expect(new Set([share(0, 5), share(1, 5), share(2, 5), share(0, 6)].map((one) => one.toFixed(3))).size).toBe(4)
  })
})
