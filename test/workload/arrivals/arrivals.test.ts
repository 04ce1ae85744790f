/**
 * Every arrival process against its law: how many come when, and how far apart, from fixed seeds. A Poisson count of mean m has a standard
 * error of sqrt(m); tolerances are four of them, or exact where nothing is drawn.
 */
import { describe, expect, it } from 'vitest'
import { encodeGaps } from '../../../src/workload/arrivals/gap-text.js'
import { arrivals } from '../../../src/workload/arrivals/index.js'
import { countIn, record } from './simulate.js'

/** A count is that of a Poisson variable with this mean. */
function expectPoisson(count: number, mean: number): void {
  expect(Math.abs(count - mean), `${count} where ${mean} are expected`).toBeLessThan(4 * Math.sqrt(mean))
}

const gapsOf = (times: readonly number[]): readonly number[] =>
  times.slice(1).map((time, i) => time - (times[i] as number))

it.each([
  ['poisson', { rate: '2000/s' }],
  ['constant', { rate: '2000/s' }],
  ['bursts', { rate: '5000/s', on: 'exponential(300ms)', off: 'exponential(1s)', base: '100/s' }],
  ['ramp', { from: '100/s', to: '5000/s', over: '3s' }],
  ['ramp', { from: '3000/s', to: '1000/s' }],
  ['ramp', { from: '500/s', to: '1000/s', over: '20s' }],
  ['ramp', { from: '0/s', to: '1000/s', over: '0s' }],
  ['daily', { least: '200/s', most: '4000/s', over: '7s' }],
])('%s(%o) expects as many arrivals as come', (name, options) => {
  for (const seed of [1, 2, 3]) {
    const recorded = record(name, options, '1s', '5s', seed)
    expectPoisson(recorded.times.length, recorded.expected)
  }
})

describe('poisson', () => {
  it('has exponential gaps', () => {
    const { times } = record('poisson', { rate: '1000/s' }, '0s', '10s')
    const gaps = gapsOf(times)
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    // n = 10,000: the mean has a standard error of 1%, a share p one of sqrt(p (1 - p) / n).
    expect(Math.abs(mean * 1000 - 1)).toBeLessThan(0.04)
    for (const quantile of [0.1, 0.5, 0.9]) {
      const longer = gaps.filter((gap) => gap > -Math.log(1 - quantile) / 1000).length / gaps.length
      expect(Math.abs(longer - (1 - quantile))).toBeLessThan(4 * Math.sqrt((quantile * (1 - quantile)) / gaps.length))
    }
  })
})

describe('constant', () => {
  it('is exactly even, and begins at once', () => {
    expect(record('constant', { rate: '4/s' }, '0s', '1500ms').times).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25])
  })

  it('keeps a rate whose spacing is no whole number of nanoseconds', () => {
    const { times, expected } = record('constant', { rate: '30000000/s' }, '0s', '10ms')
    expect([times.length, expected]).toEqual([300_000, 300_000])
    const gaps = new Set(gapsOf(times).map((gap) => Math.round(gap * 1e9)))
    expect([...gaps].sort()).toEqual([33, 34])
  })
})

describe('bursts', () => {
  const fixed = { rate: '1000/s', on: '1s', off: '3s' }

  it('begin on, and are silent between', () => {
    const recorded = record('bursts', fixed, '2s', '10s')
    for (const from of [0, 4, 8]) {
      expectPoisson(countIn(recorded, from, from + 1), 1000)
      expect(countIn(recorded, from + 1, from + 4)).toBe(0)
    }
    expect(recorded.expected).toBe(3000)
  })

  it('have a base between them', () => {
    const recorded = record('bursts', { ...fixed, base: '400/s' }, '0s', '12s')
    expectPoisson(countIn(recorded, 0, 1) + countIn(recorded, 4, 5) + countIn(recorded, 8, 9), 3000)
    expectPoisson(countIn(recorded, 1, 4) + countIn(recorded, 5, 8) + countIn(recorded, 9, 12), 3600)
  })

  it('may be lulls, where the base is the larger rate', () => {
    const recorded = record('bursts', { ...fixed, rate: '100/s', base: '2000/s' }, '0s', '4s')
    expectPoisson(countIn(recorded, 0, 1), 100)
    expectPoisson(countIn(recorded, 1, 4), 6000)
  })

  it('turn by laws, of which another seed draws other lengths', () => {
    const random = { rate: '100/s', on: 'exponential(20ms)', off: 'exponential(60ms)' }
    const counts = [1, 2, 3, 4].map((seed) => record('bursts', random, '0s', '100s', seed))
    expect(new Set(counts.map(({ expected }) => expected)).size).toBe(4)
    // 1,250 cycles: the share of on, a quarter, has a standard error of sqrt(2 / 1250) 3/16 = 0.0075.
    for (const { expected } of counts) expect(Math.abs(expected / 10_000 - 0.25)).toBeLessThan(0.03)
  })

  it.each([
    { rate: '1/s', on: '0s', off: '0s' },
    { rate: '1/s', on: '100us', off: '200us' },
    { rate: '0/s', on: '1s', off: '1s' },
    { rate: '1/s', on: '-1s', off: '1s' },
    { rate: '1/s', on: '1s' },
  ])('are refused with %o', (options) => {
    expect(arrivals.get('bursts')?.options.safeParse(options).success).toBe(false)
  })
})

describe('ramp', () => {
  it('rises in a straight line from the start of the measured phase, and then stays', () => {
    const recorded = record('ramp', { from: '200/s', to: '4000/s', over: '4s' }, '2s', '8s')
    expectPoisson(countIn(recorded, 0, 2), 400)
    for (const second of [0, 1, 2, 3]) {
      expectPoisson(countIn(recorded, 2 + second, 3 + second), 200 + 950 * (second + 0.5))
    }
    expectPoisson(countIn(recorded, 6, 10), 16_000)
  })

  it('takes the whole measured phase by default, and may fall', () => {
    const recorded = record('ramp', { from: '3000/s', to: '0/s' }, '0s', '6s')
    for (const second of [0, 2, 4]) expectPoisson(countIn(recorded, second, second + 1), 3000 - 500 * (second + 0.5))
  })

  it('needs a rate', () => {
    expect(arrivals.get('ramp')?.options.safeParse({ from: '0/s', to: '0/s' }).success).toBe(false)
  })
})

describe('daily', () => {
  it('is least at the start of the measured phase and most half a period later', () => {
    const recorded = record('daily', { least: '100/s', most: '4100/s', over: '8s' }, '1s', '8s')
    // The integral of (1 - cos) / 2 over a stretch of the period.
    const integral = (from: number, to: number): number =>
      (to - from) / 2 - ((Math.sin((Math.PI / 4) * to) - Math.sin((Math.PI / 4) * from)) * 2) / Math.PI
    for (const [from, to] of [
      [-1, 0],
      [0, 1],
      [2, 3],
      [3, 5],
      [5, 8],
    ] as const) {
      expectPoisson(countIn(recorded, from + 1, to + 1), 100 * (to - from) + 4000 * integral(from, to))
    }
  })

  it('has a period of a day by default', () => {
    expect(arrivals.get('daily')?.options.parse({ least: '1/s', most: '2/s' })).toMatchObject({ over: 86_400e9 })
  })

  it.each([
    { least: '2/s', most: '1/s' },
    { least: '0/s', most: '0/s' },
    { least: '1/s', most: '2/s', over: '0s' },
  ])('is refused with %o', (options) => {
    expect(arrivals.get('daily')?.options.safeParse(options).success).toBe(false)
  })
})

describe('replay', () => {
  const recording = encodeGaps([5e6, 0, 20e6, 3000e6])

  it('is what was recorded, from time 0, and nothing after it', () => {
    const { times, expected } = record('replay', recording, '10ms', '10s')
    expect(times).toEqual([0, 0.005, 0.005, 0.025, 3.025])
    expect(expected).toBe(5)
  })

  it('expects no more than come in time', () => {
    const { times, expected } = record('replay', recording, '10ms', '20ms')
    expect([times.length, expected]).toEqual([4, 4])
  })
})
