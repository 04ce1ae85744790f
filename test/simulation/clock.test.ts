/** Clocks: constant offset and rate, never backwards, and timers that last as long as the clock itself says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { Clock } from '../../src/simulation/clock.js'

const DAY = 86_400 * SECOND

const anOffset = fc.integer({ min: -10 * SECOND, max: 10 * SECOND })
const aDrift = fc.oneof(fc.constant(0), fc.double({ min: -0.01, max: 0.01, noNaN: true }))
const aTime = fc.integer({ min: 0, max: DAY })

describe('a clock', () => {
  it.each([
    [0, 0, 1_000_000_007, 1_000_000_007],
    [2 * MILLISECOND, 0, SECOND, 1_002_000_000],
    [-5, 0, 0, -5],
    [0, 20e-6, SECOND, 1_000_020_000],
    [0, -20e-6, SECOND, 999_980_000],
    [-2 * MILLISECOND, 20e-6, 10 * SECOND, 9_998_200_000],
  ])('off by %d ns and gaining %d a second shows at %d what it should', (offset, drift, now, shown) => {
    expect(Math.abs(new Clock(offset, drift).read(now) - shown)).toBeLessThanOrEqual(drift === 0 ? 0 : 1)
  })

  it('shows whole nanoseconds and never runs backwards', () => {
    fc.assert(
      fc.property(anOffset, aDrift, aTime, fc.integer({ min: 0, max: 1000 }), (offset, drift, now, later) => {
        const clock = new Clock(offset, drift)
        const shown = clock.read(now)
        return Number.isInteger(shown) && clock.read(now + later) >= shown
      }),
      { seed: 1, numRuns: 1000 },
    )
  })

  it('differs from an ideal one by its offset and its rate times the time', () => {
    fc.assert(
      fc.property(anOffset, aDrift, aTime, (offset, drift, now) => {
        return Math.abs(new Clock(offset, drift).read(now) - (now + offset + drift * now)) <= 1
      }),
      { seed: 2, numRuns: 1000 },
    )
  })
})

describe('a timer', () => {
  it.each([
    [0, SECOND, SECOND],
    [0.25, SECOND, 800_000_000],
    [-0.2, SECOND, 1_250_000_000],
    [20e-6, SECOND, 999_980_000],
    [20e-6, 0, 0],
  ])('of a clock that gains %d a second and counts %d ns lasts %d ns', (drift, local, lasting) => {
    expect(new Clock(0, drift).trueDuration(local)).toBe(lasting)
  })

  it('lasts as long whatever the offset', () => {
    for (const drift of [0, 1e-4]) {
      expect(new Clock(5 * SECOND, drift).trueDuration(SECOND)).toBe(new Clock(0, drift).trueDuration(SECOND))
    }
  })

  it('ends when its clock has advanced by what it counts, but for the rounding of either', () => {
    fc.assert(
      fc.property(anOffset, aDrift, aTime, fc.integer({ min: 0, max: 3600 * SECOND }), (offset, drift, now, local) => {
        const clock = new Clock(offset, drift)
        const lasting = clock.trueDuration(local)
        const advanced = clock.read(now + lasting) - clock.read(now)
        return Number.isInteger(lasting) && Math.abs(advanced - local) <= (drift === 0 ? 0 : 2)
      }),
      { seed: 3, numRuns: 1000 },
    )
  })
})

describe('a disturbed clock', () => {
  const since = 10 * SECOND

  it('is off and gains while the disturbance lasts, from its beginning on, and is right again after', () => {
    const clock = new Clock(5 * MILLISECOND, 0)
    const fast = { offset: -MILLISECOND, drift: 1e-3, since }
    clock.disturb(fast)
    expect(clock.read(since)).toBe(since + 4 * MILLISECOND)
    expect(clock.read(since + SECOND)).toBe(since + SECOND + 5 * MILLISECOND)
    clock.settle(fast)
    expect(clock.read(since + SECOND)).toBe(since + SECOND + 5 * MILLISECOND)
    expect(() => clock.settle(fast)).toThrow('a disturbance of a clock ends once.')
  })

  it('keeps a step', () => {
    const clock = new Clock(0, 20e-6)
    clock.step(-SECOND)
    expect(clock.read(since)).toBe(new Clock(-SECOND, 20e-6).read(since))
  })

  it('adds what overlaps, and stretches timers by drift alone', () => {
    const clock = new Clock(0, 0)
    clock.disturb({ offset: SECOND, drift: 0, since })
    expect(clock.trueDuration(SECOND)).toBe(SECOND)
    clock.disturb({ offset: 2 * SECOND, drift: 0.05, since })
    clock.disturb({ offset: 0, drift: 0.2, since })
    expect(clock.read(since)).toBe(since + 3 * SECOND)
    expect(clock.read(since + SECOND)).toBe(since + SECOND + 3 * SECOND + 0.25 * SECOND)
    expect(clock.trueDuration(SECOND)).toBe(800_000_000)
  })

  it('never stops, however much it is slowed', () => {
    const clock = new Clock(0, 0)
    for (let i = 0; i < 20; i++) clock.disturb({ offset: 0, drift: -0.1, since })
    expect(clock.trueDuration(SECOND)).toBe(100 * SECOND)
  })

  it('is as ever once all disturbances have ended, in whatever order', () => {
    const aDisturbance = fc.record({ offset: anOffset, drift: aDrift, since: aTime })
    fc.assert(
      fc.property(
        anOffset,
        aDrift,
        fc.array(aDisturbance, { maxLength: 6 }),
        fc.nat(),
        aTime,
        (offset, drift, all, k, now) => {
          const clock = new Clock(offset, drift)
          for (const one of all) clock.disturb(one)
          for (let i = 0; i < all.length; i++) clock.settle(all[(i + k) % all.length] as (typeof all)[number])
          const calm = new Clock(offset, drift)
          return clock.read(now) === calm.read(now) && clock.trueDuration(SECOND) === calm.trueDuration(SECOND)
        },
      ),
      { seed: 4, numRuns: 300 },
    )
  })
})
