/**
 * Histograms as text and back: nothing is lost, and others can read it.
 */
import fc from 'fast-check'
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { describe, expect, it } from 'vitest'
import { Histogram } from '../../src/core/histogram.js'
import { decodeHistogram, encodeHistogram } from '../../src/results/histogram-text.js'

const entries = fc.array(
  fc.tuple(
    fc.oneof(
      fc.nat(5000),
      fc.maxSafeNat().map((value) => value % 2 ** 43),
    ),
    fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2 ** 32, max: 2 ** 34 })),
  ),
  { minLength: 1, maxLength: 40 },
)

describe('a histogram as text', () => {
  it('comes back with every count, however large, and exact extremes', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const histogram = new Histogram()
        for (const [value, times] of list) histogram.record(value, times)
        const stored = { ...histogram.toData(), censoredFrom: 7 }
        const back = decodeHistogram(encodeHistogram('read', stored))
        expect(Buffer.compare(Buffer.from(back.counts.buffer), Buffer.from(stored.counts.buffer))).toBe(0)
        expect({ ...back, counts: null }).toEqual({ ...stored, counts: null })
      }),
      { seed: 4, numRuns: 60 },
    )
  })

  it('is what HdrHistogram reads', () => {
    const histogram = new Histogram()
    for (let i = 1; i <= 10_000; i++) histogram.record(i * 1000)
    const text = encodeHistogram('read@us', histogram.toData())
    expect(text).toMatchObject({ unit: 'ns', count: 10_000, min: 1000, max: 10_000_000 })
    const read = decodeFromCompressedBase64(text.hdr, 64)
    expect(read.totalCount).toBe(10_000)
    expect(Math.abs(read.getValueAtPercentile(99) / 9_900_000 - 1)).toBeLessThan(0.001)
  })

  it('says what it counts', () => {
    const histogram = Histogram.of({ counts: Float64Array.of(1), count: 1, sum: 0, min: 0, max: 0 })
    expect(encodeHistogram('stale.versions', histogram.toData()).unit).toBe('versions')
    expect(encodeHistogram('durable.copies', histogram.toData()).unit).toBe('count')
  })

  it('is refused if it does not hold what it says', () => {
    const histogram = new Histogram()
    histogram.record(5, 3)
    const text = encodeHistogram('read', histogram.toData())
    expect(() => decodeHistogram({ ...text, count: 4 })).toThrow('it holds 3 values instead of 4')
  })
})
