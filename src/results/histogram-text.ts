/**
 * Histograms as text: the compressed base64 of HdrHistogram's V2 format, which HdrHistogram of any language reads, and beside it what that
 * format loses (exact count, sum, minimum and maximum) or does not know (the unit). Buckets are the same on both sides,
 * three significant digits from 1 up, so nothing is lost either way. The text may differ between versions of zlib; what it
 * holds does not.
 */
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, JsHistogram } from 'hdr-histogram-js'
import { z } from 'zod'
import { Histogram } from '../core/histogram.js'
import type { Nanos } from '../core/ids.js'
import { measureInfos } from '../measures/index.js'
import type { StoredHistogram } from './cell-result.js'

export interface HistogramText {
  /** `ns`, or what is counted. */
  readonly unit: string
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  readonly censoredFrom?: Nanos
  readonly hdr: string
}

export const histogramShape = z.object({
  unit: z.string(),
  count: z.number(),
  sum: z.number(),
  min: z.number(),
  max: z.number(),
  censoredFrom: z.number().optional(),
  hdr: z.string(),
})

const HIGHEST = 2 ** 43 - 1
const DIGITS = 3
/** Buckets of fewer bits wrap around in silence. */
const BITS = 64

export function encodeHistogram(quantity: string, stored: StoredHistogram): HistogramText {
  const encoder = build({
    bitBucketSize: BITS,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST,
    numberOfSignificantValueDigits: DIGITS,
  })
  Histogram.of(stored).forEach((low, _high, count) => {
    encoder.recordValueWithCount(low, count)
  })
  const { counts: _counts, ...exact } = stored
  return { unit: unitOf(quantity), ...exact, hdr: encodeIntoCompressedBase64(encoder) }
}

/** Throws if `text.hdr` is not such a histogram, or does not hold `text.count` values. */
export function decodeHistogram(text: HistogramText): StoredHistogram {
  const decoded = decodeFromCompressedBase64(text.hdr, BITS, false)
  if (!(decoded instanceof JsHistogram)) throw new Error('it is not an HDR histogram')
  const histogram = new Histogram()
  for (let i = 0; i < decoded.countsArrayLength; i++) {
    const count = decoded.getCountAtIndex(i)
    if (count > 0) histogram.record(decoded.valueFromIndex(i), count)
  }
  if (histogram.count !== text.count) throw new Error(`it holds ${histogram.count} values instead of ${text.count}`)
  const { unit: _unit, hdr: _hdr, ...exact } = text
  return { counts: histogram.toData().counts, ...exact }
}

function unitOf(quantity: string): string {
  const prefix = `${quantity.split('@')[0]}.`
  const unit = measureInfos.find((info) => info.name.startsWith(prefix))?.unit ?? 'count'
  return unit === 'ms' ? 'ns' : unit
}
