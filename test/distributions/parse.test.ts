/** The grammar: what texts mean, what is refused and where, and that canonical texts read back as the same law. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LawType } from '../../src/distributions/law.js'
import { LawError, parseLaw } from '../../src/distributions/parse.js'
import { lawTexts } from './law-texts.js'

function errorOf(text: string, type: LawType = 'time', files?: (name: string) => string): LawError {
  try {
    parseLaw(text, type, files)
  } catch (error) {
    if (error instanceof LawError) return error
    throw error
  }
  throw new Error(`${text} was accepted`)
}

describe('canonical text', () => {
  it.each<[string, LawType, string]>([
    ['1ms', 'time', '1ms'],
    ['constant(1ms)', 'time', '1ms'],
    [' 1500us ', 'time', '1.5ms'],
    ['uniform(1ms, 2ms)', 'time', 'uniform(1ms 2ms)'],
    ['uniform( 1ms 2ms )', 'time', 'uniform(1ms 2ms)'],
    ['lognormal(0.25ms 0.3)', 'time', 'lognormal(250us 0.3)'],
    ['1ms+exponential(2ms)+3ms', 'time', '4ms + exponential(2ms)'],
    ['1ms + 2ms + 3s', 'time', '3.003s'],
    ['0ms + exponential(2ms)', 'time', 'exponential(2ms)'],
    ['1ms + (2ms + exponential(4ms))', 'time', '1ms + (2ms + exponential(4ms))'],
    ['50% (1ms + exponential(2ms)) + 50% 0ms', 'time', '50% (1ms + exponential(2ms)) + 50% 0ns'],
    ['50%(1ms)+50%2ms', 'time', '50% 1ms + 50% 2ms'],
    ['100% exponential(1ms)', 'time', 'exponential(1ms)'],
    ['0% 1ms + 100% exponential(1ms)', 'time', 'exponential(1ms)'],
    ['33.333333% 1ms + 33.333333% 2ms + 33.333334% 3ms', 'time', '33.333333% 1ms + 33.333333% 2ms + 33.333334% 3ms'],
    ['((exponential(1ms)))', 'time', 'exponential(1ms)'],
    ['lnkd-ssd', 'time', 'lnkd-ssd'],
    ['1ms + lnkd-ssd', 'time', '1ms + lnkd-ssd'],
    ['1ms + (50% lnkd-ssd + 50% 1ms)', 'time', '1ms + (50% lnkd-ssd + 50% 1ms)'],
    ['normal(5ms 0ms)', 'time', '5ms'],
    ['uniform(2ms 2ms)', 'time', '2ms'],
    ['lognormal(2ms 0)', 'time', '2ms'],
    ['exponential(0ms)', 'time', '0ns'],
    ['exponential(33.3ns)', 'time', 'exponential(33.3ns)'],
    ['1e3us', 'time', '1ms'],
    ['-1ms', 'offset', '-1ms'],
    ['normal(-1ms 2ms)', 'offset', 'normal(-1ms 2ms)'],
    ['empirical(3ms 1ms 2ms)', 'time', 'empirical(1ms 2ms 3ms)'],
    ['empirical(1ms)', 'time', '1ms'],
    ['lognormal(1KiB 1)', 'bytes', 'lognormal(1024B 1)'],
    ['uniform(1 10)', 'count', 'uniform(1 10)'],
    ['exponential(2.5)', 'count', 'exponential(2.5)'],
  ])('%s (%s) is %s', (text, type, canonical) => {
    expect(parseLaw(text, type).text).toBe(canonical)
  })

  it('keeps every nanosecond of a long time', () => {
    expect(parseLaw('123456.789012345s', 'time').text).toBe('123456.789012345s')
    expect(parseLaw('1125899.906842623s', 'time').text).toBe('1125899906842623ns')
  })

  it('reads back as the same law', () => {
    fc.assert(
      fc.property(lawTexts, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (text, u) => {
        const law = parseLaw(text, 'time')
        const again = parseLaw(law.text, 'time')
        expect(again.text).toBe(law.text)
        expect(again.mean).toBe(law.mean)
        expect(again.constant).toBe(law.constant)
        expect(again.quantile(u, 1 - u)).toBe(law.quantile(u, 1 - u))
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('knows a constant when it sees one', () => {
    expect(parseLaw('1ms + constant(2ms)', 'time').constant).toBe(3e6)
    expect(parseLaw('1ms + exponential(2ms)', 'time').constant).toBeUndefined()
  })
})

describe('mistakes', () => {
  // What was wrong, in words that the message must contain, and where.
  it.each<[string, LawType, number, RegExp]>([
    ['', 'time', 0, /empty/],
    ['   ', 'time', 0, /empty/],
    ['exponental(1ms)', 'time', 0, /no law "exponental".*Did you mean exponential\?.*lnkd-ssd/],
    ['1ms + zipf(2ms)', 'time', 6, /no law "zipf"\. The laws are/],
    ['5', 'time', 0, /needs a unit: ns, us, ms, s, m or h/],
    ['exponential(5)', 'time', 12, /needs a unit/],
    ['5mz', 'time', 1, /"mz" is not a unit of time.*Did you mean 5ms\?/],
    ['5B', 'time', 1, /"B" is not a unit of time/],
    ['5ms', 'bytes', 1, /"ms" is not a unit of size; the units are B, KB/],
    ['5', 'bytes', 0, /needs a unit: B, KB/],
    ['5ms', 'count', 1, /A count has no unit/],
    ['2.5', 'count', 0, /whole number/],
    ['uniform(1ms)', 'time', 0, /takes 2 arguments, not 1: uniform\(low high\)/],
    ['exponential(1ms 2ms)', 'time', 0, /takes one argument, not 2: exponential\(mean\)/],
    ['gamma()', 'time', 0, /takes 2 arguments, not 0/],
    ['exponential', 'time', 0, /needs its arguments: exponential\(mean\)/],
    ['lnkd-ssd(3)', 'time', 0, /takes no arguments/],
    ['lnkd-ssd', 'bytes', 0, /law of times; here one of bytes/],
    ['uniform(1ms', 'time', 7, /never closed.*YAML.*comma.*blanks/],
    ['uniform(1ms, 2ms', 'time', 7, /never closed/],
    ['50% (1ms + exponential(2ms', 'time', 22, /never closed/],
    ['50% (1ms + exponential(2ms) + 50% 0ms', 'time', 30, /Either every term/],
    ['(1ms', 'time', 0, /never closed/],
    ['exponential(1ms))', 'time', 16, /closes nothing/],
    ['(1ms, 2ms)', 'time', 4, /Expected " \+ " or "\)" here, but there is ","/],
    ['()', 'time', 1, /Expected a term/],
    ['1ms +', 'time', 5, /Expected a term here, but the law ends/],
    ['1ms + + 2ms', 'time', 6, /Expected a term/],
    ['1ms 2ms', 'time', 4, /Expected " \+ " or the end/],
    ['1ms, 2ms', 'time', 3, /Expected " \+ " or the end/],
    ['uniform(1ms,,2ms)', 'time', 12, /Expected a value/],
    ['uniform(1ms,)', 'time', 12, /Expected a value after the comma/],
    ['uniform((1ms) 2ms)', 'time', 8, /Expected a value/],
    ['50% 1ms + 2ms', 'time', 10, /Either every term has a percentage/],
    ['1ms + 50% 2ms', 'time', 6, /Either every term has a percentage/],
    ['50% 1ms + 40% 2ms', 'time', 0, /sum to 100%, and these sum to 50% \+ 40% = 90%/],
    ['150% 1ms', 'time', 0, /between 0% and 100%/],
    ['-10% 1ms + 110% 1ms', 'time', 0, /between 0% and 100%/],
    ['50% 50% 1ms', 'time', 4, /not another one/],
    ['50% + 50% 1ms', 'time', 4, /a law after 50%/],
    ['exponential(50%)', 'time', 14, /"%" is not a unit of time/],
    ['exponential(1ms) + exponential(2ms)', 'time', 19, /one random term/],
    ['(50% 1ms + 50% 2ms) + exponential(2ms)', 'time', 22, /one random term/],
    ['exponential(-1ms)', 'time', 12, /mean must not be negative/],
    ['exponential(-1ms)', 'offset', 12, /mean must not be negative/],
    ['-1ms', 'time', 0, /must not be negative/],
    ['-1', 'count', 0, /must not be negative/],
    ['normal(-1ms 1ms)', 'time', 7, /mean must not be negative/],
    ['normal(0ms -1ms)', 'offset', 11, /deviation must not be negative/],
    ['lognormal(1ms -1)', 'time', 14, /sigma must not be negative/],
    ['lognormal(0ms 1)', 'time', 10, /median must be more than 0/],
    ['lognormal(1ms 1ms)', 'time', 14, /sigma is a plain number without a unit/],
    ['pareto(1ms 0)', 'time', 11, /shape must be more than 0/],
    ['weibull(1ms -2)', 'time', 12, /shape must be more than 0/],
    ['weibull(1ms 0.00001)', 'time', 12, /at least 0\.001/],
    ['gamma(20000 1ms)', 'time', 6, /at most 10000/],
    ['gamma(1ms 2)', 'time', 6, /shape is a plain number/],
    ['uniform(2ms 1ms)', 'time', 0, /low end must not be above the high end/],
    ['lognormal(1ms NaN)', 'time', 14, /"NaN" is not/],
    ['constant(Infinity)', 'time', 9, /"Infinity" is not a time/],
    ['constant(1e300ms)', 'time', 9, /at most 1125899906842624ns/],
    ['constant(1e999ms)', 'time', 9, /at most 1125899906842624ns/],
    ['300h + 300h', 'time', 0, /constants of a sum/],
    ['empirical()', 'time', 0, /a file or a list/],
    ['empirical(1 2)', 'time', 10, /needs a unit/],
    ['empirical(latency.txt)', 'time', 10, /Cannot read "latency\.txt".*no files here/],
    ['empirical(1ms b.txt)', 'time', 14, /"b\.txt" is not a time/],
  ])('%j as %s: at %i', (text, type, offset, message) => {
    const error = errorOf(text, type)
    expect(error.message).toMatch(message)
    expect(error.offset).toBe(offset)
  })

  it('bounds depth, length and the number of terms', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}1ms${')'.repeat(depth)}`
    expect(parseLaw(nested(20), 'time').constant).toBe(1e6)
    expect(errorOf(nested(21))).toMatchObject({ offset: 20, message: expect.stringContaining('20 deep') })
    expect(errorOf(nested(100_000)).offset).toBe(20)
    expect(errorOf(' '.repeat(300_000)).message).toMatch(/at most 250000/)
    expect(parseLaw(Array(100).fill('1ms').join(' + '), 'time').constant).toBe(1e8)
    expect(errorOf(Array(101).fill('1ms').join(' + ')).message).toMatch(/100 terms/)
  })

  it('never throws anything but a LawError, with an offset within the text', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      ',',
      '+',
      '%',
      '50% ',
      '1ms',
      '2',
      ' ',
      'exponential(',
      'lnkd-ssd',
      '-',
      '1e',
      'µs',
      '"',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        try {
          parseLaw(text, 'time')
        } catch (error) {
          expect(error).toBeInstanceOf(LawError)
          const { offset } = error as LawError
          expect(offset >= 0 && offset <= text.length).toBe(true)
        }
      }),
      { seed: 2, numRuns: 2000 },
    )
  })
})

describe('empirical(FILE)', () => {
  const files = (contents: string) => (name: string) => {
    if (name !== 'data/latency-2024.txt') throw new Error('no such file')
    return contents
  }
  const text = 'empirical(data/latency-2024.txt)'

  it('takes one value a line, skips blank lines and comments, and inlines the values in order', () => {
    const law = parseLaw(text, 'time', files('\ufeff# latencies\r\n3ms\r\n\r\n  1ms\r\n2500us\r\n'))
    expect(law.text).toBe('empirical(1ms 2.5ms 3ms)')
    expect(law.quantile(0.5, 0.5)).toBe(2.5e6)
  })

  it('says which line is wrong', () => {
    const error = errorOf(text, 'time', files('# ms\n1ms\n\n2\n'))
    expect(error.message).toMatch(/^data\/latency-2024\.txt:4: 2 needs a unit/)
    expect(error.offset).toBe(10)
  })

  it('needs values, a file that can be read, and not too many of them', () => {
    expect(errorOf(text, 'time', files('# nothing\n')).message).toMatch(/holds no values/)
    expect(errorOf('empirical(other.txt)', 'time', files('')).message).toMatch(/Cannot read "other\.txt": no such file/)
    expect(errorOf(text, 'time', files('1ms\n'.repeat(10_001))).message).toMatch(/at most 10000 values, not 10001/)
  })

  it('of the largest size still reads back', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => `${123456789012345 + i}ns`)
    const law = parseLaw(text, 'time', files(values.join('\n')))
    expect(parseLaw(law.text, 'time').text).toBe(law.text)
  })

  it('runs in straight lines through the values in order, with equal values as atoms', () => {
    const law = parseLaw('empirical(1ms 2ms 2ms 2ms 6ms)', 'time')
    expect([0, 0.125, 0.25, 0.5, 0.75, 0.875, 1].map((u) => law.quantile(u, 1 - u) / 1e6)).toEqual([
      1, 1.5, 2, 2, 2, 4, 6,
    ])
    expect([0.5e6, 1.5e6, 2e6, 4e6, 7e6].map((x) => law.cdf(x))).toEqual([0, 0.125, 0.75, 0.875, 1])
    expect(law.knots).toEqual([
      { value: 1e6, mass: 0 },
      { value: 2e6, mass: 0.5 },
      { value: 6e6, mass: 0 },
    ])
    expect(law.mean).toBe((13e6 - 3.5e6) / 4)
  })
})
