/** Quantities with units: what is read, what is refused, and that what is written is read back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatDuration,
  LONGEST_DURATION,
  LONGEST_DURATION_TEXT,
  parseBandwidth,
  parseDuration,
  parsePartsPerMillion,
  parsePercent,
  parseRate,
  parseSize,
} from '../../src/core/units.js'

describe('a quantity', () => {
  it.each([
    ['1.5ms', parseDuration, 1_500_000],
    ['-2us', parseDuration, -2000],
    ['.5s', parseDuration, 500_000_000],
    ['1e3ns', parseDuration, 1000],
    ['2 m', parseDuration, 120e9],
    ['10KiB', parseSize, 10_240],
    ['3/m', parseRate, 0.05],
    ['12.5%', parsePercent, 0.125],
    ['20ppm', parsePartsPerMillion, 20],
    ['1MB/s', parseBandwidth, 1e6],
    ['1MiB/s', parseBandwidth, 1_048_576],
    ['1Mb/s', parseBandwidth, 125_000],
    ['4b/s', parseBandwidth, 0.5],
  ])('%s is read', (text, parse, value) => {
    expect(parse(text)).toBe(value)
  })

  it.each([
    ['5', parseDuration],
    ['0', parseDuration],
    ['', parseDuration],
    ['ms', parseDuration],
    ['1e300h', parseDuration],
    ['NaNms', parseDuration],
    ['Infinityms', parseDuration],
    ['1 0ms', parseDuration],
    ['1MS', parseDuration],
    ['-1B', parseSize],
    ['1Kb', parseSize],
    ['1toString', parseSize],
    ['0.5', parsePercent],
    ['-1/s', parseRate],
    ['20', parsePartsPerMillion],
    ['1Mbps', parseBandwidth],
    ['1MB', parseBandwidth],
    ['-1MB/s', parseBandwidth],
  ])('%s is none', (text, parse) => {
    expect(parse(text)).toBeUndefined()
  })
})

describe('the text of a duration', () => {
  it('is short', () => {
    const nanos = [0, 1, 1500, 1_500_000, 90e9, 3600e9, 5400e9, 864_000e9]
    expect(nanos.map(formatDuration)).toEqual(['0ns', '1ns', '1.5us', '1.5ms', '90s', '1h', '5400s', '240h'])
  })

  it('is read back as the same nanoseconds', () => {
    const nanos = fc.integer({ min: -LONGEST_DURATION, max: LONGEST_DURATION })
    fc.assert(
      fc.property(nanos, (value) => {
        expect(parseDuration(formatDuration(value))).toBe(value)
      }),
      { numRuns: 1000, seed: 20_260_104 },
    )
  })

  it('of the longest is what messages say', () => {
    expect(parseDuration(LONGEST_DURATION_TEXT)).toBe(LONGEST_DURATION)
  })
})
