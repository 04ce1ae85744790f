/**
 * The curves of a prediction as a picture: P(consistent) against the time since the commit, drawn as reports draw what was measured. Quorums that
 * always meet have no curve.
 */
import { shareOf } from '../advice/wars/estimates.js'
import type { QuorumPrediction } from '../advice/wars/wars.js'
import { UserError } from '../core/errors.js'
import { MILLISECOND } from '../core/units.js'
import type { Chart } from '../reports/charts/chart.js'
import type { FreshData, FreshPart } from '../reports/charts/visibility.js'
import { pictureText } from '../reports/svg.js'
import { curveMoments } from './predict-curve.js'
import type { AskedQuorum, PredictionView } from './predict-question.js'

const POINTS = 160

export async function predictionPicture(view: PredictionView): Promise<string> {
  const { n, trials, question, quorums, predictions } = view
  const drawn = predictions.flatMap((prediction, i) => {
    const isPartial = prediction.r + prediction.w <= n
    return isPartial ? [{ prediction, name: nameOf(quorums[i] as AskedQuorum) }] : []
  })
  if (drawn.length === 0)
    throw new UserError(`There is nothing to draw: with R + W > N = ${n} every read meets the write.`)
  const moments = curveMoments(
    drawn.map(({ prediction }) => prediction),
    POINTS,
  )
  const series = drawn.map(({ name }, index) => ({ index, id: name, label: name, name, strategy: 'quorum', axes: {} }))
  const data: FreshData = { series: drawn.map(({ prediction }) => partOf(prediction, [0, ...moments], trials)) }
  const { visibility } = await import('../reports/charts/visibility.js')
  const chart: Chart<FreshData> = {
    ...visibility,
    title: 'Predicted consistent reads against time since the commit',
    explanation:
      'Of reads that begin so long after the commit of a write, the share that returns it, by the WARS model. The further left a line reaches a height, the sooner writes are seen; each line of the grid is one nine more, and at the top are all reads. Marks are where 50%, 99% and 99.9% are reached, bands intervals of 95%.',
  }
  return pictureText(chart as unknown as Chart, data, series, question.about)
}

const nameOf = ({ r, w, label }: AskedQuorum): string => label ?? `R=${r} W=${w}`

function partOf({ consistentAt, visibility }: QuorumPrediction, moments: readonly number[], trials: number): FreshPart {
  const shares = moments.map((t) => shareOf(Math.round(consistentAt(t) * trials), trials))
  const reached = [0.5, 0.99, 0.999].flatMap((share) => {
    const { value } = visibility.quantile(share)
    return value === null ? [] : [[share, value / MILLISECOND] as const]
  })
  return {
    t: moments.map((t) => t / MILLISECOND),
    fresh: shares.map(({ p }) => p),
    low: shares.map(({ low }) => low),
    high: shares.map(({ high }) => high),
    reads: moments.map(() => null),
    reached,
  }
}
