/** The watchdog's sense of time, with times that the test makes up. */
import { describe, expect, it } from 'vitest'
import { Silence } from '../../src/runner/watchdog.js'

const LIMIT = 45_000
const PERIOD = 1_500

/** Looks until the silence is over, at most `looks` times; how many it took. */
function looksUntilOver(silence: Silence, looks: number, elapsed: number, beats: (look: number) => number): number {
  for (let look = 1; look <= looks; look++) if (silence.look(beats(look), elapsed)) return look
  return Number.POSITIVE_INFINITY
}

describe('a silence', () => {
  it('is over once the counter has stood still for the limit', () => {
    expect(looksUntilOver(new Silence(LIMIT, PERIOD), 100, PERIOD, () => 0)).toBe(1 + LIMIT / PERIOD)
  })

  it('begins anew with every beat', () => {
    expect(looksUntilOver(new Silence(LIMIT, PERIOD), 1000, PERIOD, (look) => Math.floor(look / 20))).toBe(
      Number.POSITIVE_INFINITY,
    )
  })

  it('does not count while the parent was late itself: asleep, stopped, or starved', () => {
    const silence = new Silence(LIMIT, PERIOD)
    expect(looksUntilOver(silence, 1000, 8 * 3_600_000, () => 0)).toBe(Number.POSITIVE_INFINITY)
    expect(looksUntilOver(silence, 100, PERIOD, () => 0)).toBe(LIMIT / PERIOD)
  })
})
