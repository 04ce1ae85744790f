import { describe, expect, it } from 'vitest'
import { digits, scaleOf, spokenFigure, tableFigure } from '../../src/reports/figures.js'
import { none, timedOut, value } from './fixtures.js'

const share = (ratio: number): string => tableFigure('share', value(ratio), scaleOf('share', [ratio]))

describe('figures', () => {
  it('have three significant digits, and whole numbers from 100 on', () => {
    expect([0.68349, 1.6, 14.349, 99.95, 233.77, 0.000012345].map(digits)).toEqual([
      '0.683',
      '1.6',
      '14.3',
      '100',
      '234',
      '0.0000123',
    ])
  })

  it('a share is 100% only if nothing is lacking', () => {
    expect([1, 0.99996, 0.9999999, 0.9951, 0.785].map(share)).toEqual(['100', '99.996', '99.99999', '99.5', '78.5'])
  })

  it.each([
    [107_916, '0 (<0.003)'],
    [461, '0 (<0.7)'],
    [300, '0 (<1)'],
    [2, '0 (<100)'],
    [1e9, '0 (<3e-7)'],
  ])('none of %i leaves room for 3/n, rounded up', (n, text) => {
    expect(tableFigure('share', none(n), scaleOf('share', [0]))).toBe(text)
  })

  it('says of how many in a sentence', () => {
    expect(spokenFigure('share', none(107_916))).toBe('0 of 107916 (< 0.003%)')
    expect(spokenFigure('share', value(0.263))).toBe('26.3%')
  })

  it('among clients giving up is at least their timeout', () => {
    expect(tableFigure('time', timedOut(1000), scaleOf('time', [1000]))).toBe('≥ 1000')
    expect(spokenFigure('time', timedOut(1000))).toBe('≥ 1000 ms')
  })

  it('take a unit that leaves the smallest of a column readable', () => {
    expect(scaleOf('time', [0.1, 0.9]).unit).toBe('us')
    expect(scaleOf('time', [0.1, 9]).unit).toBe('ms')
    expect(scaleOf('time', [12, 60_000]).unit).toBe('s')
    expect(scaleOf('time', [0.7, 60_000]).unit).toBe('ms')
    expect(scaleOf('time', [0]).unit).toBe('ms')
  })
})
