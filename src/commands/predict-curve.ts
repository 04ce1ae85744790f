/** The times over which the curves of a prediction are told: three decades that end where the slowest has come to 99.9%. */
import type { QuorumPrediction } from '../advice/wars/wars.js'
import type { Nanos } from '../core/ids.js'
import { power } from '../core/mathematics.js'
import { MICROSECOND, MILLISECOND } from '../core/units.js'

const DECADES = 3
/** Where nothing is ever stale, or the trials are too few to tell. */
const USUAL_END: Nanos = 100 * MILLISECOND

/** So many, spread evenly over the logarithm. */
export function curveMoments(predictions: readonly QuorumPrediction[], count: number): readonly Nanos[] {
  const ends = predictions.map(({ visibility }) => visibility.p999.value ?? visibility.p99.value ?? 0)
  const latest = Math.max(...ends)
  const end = latest > 0 ? Math.max(latest, MICROSECOND) : USUAL_END
  return Array.from({ length: count }, (_, i) => Math.round(end * power(10, DECADES * ((i + 1) / count - 1))))
}
