/**
 * A share that can only rise with x, from counts at many x: the isotonic fit (pool adjacent violators, Ayer et al. 1955) of P(fresh | t).
 * Counts at equal x add up, so curves of several seeds are pooled before they are fitted. Between the points of a
 * fit nothing is interpolated: the answer to "from which x on" is always an x at which there were observations.
 */

/** `count` of `n` observations at x. */
export interface SharePoint {
  readonly x: number
  readonly count: number
  readonly n: number
}

/** A point of a curve; `n` observations stand behind `value`. */
export interface CurvePoint {
  readonly x: number
  readonly value: number
  readonly n: number
}

/** The counts of several curves added up by x, ascending. */
export function poolShares(curves: readonly (readonly SharePoint[])[]): SharePoint[] {
  const byX = new Map<number, SharePoint>()
  for (const { x, count, n } of curves.flat()) {
    const pooled = byX.get(x)
    byX.set(x, { x, count: count + (pooled?.count ?? 0), n: n + (pooled?.n ?? 0) })
  }
  return [...byX.values()].sort((left, right) => left.x - right.x)
}

/** The rising curve closest to the shares in weighted least squares; `points` ascend in x. */
export function risingFit(points: readonly SharePoint[]): CurvePoint[] {
  const blocks: { count: number; n: number; points: number }[] = []
  for (const { count, n } of points) {
    let block = { count, n, points: 1 }
    for (let last = blocks.at(-1); last !== undefined && isAbove(last, block); last = blocks.at(-1)) {
      block = { count: last.count + block.count, n: last.n + block.n, points: last.points + block.points }
      blocks.pop()
    }
    blocks.push(block)
  }
  const values = blocks.flatMap((block) => new Array<number>(block.points).fill(block.count / block.n))
  return points.map(({ x, n }, i) => ({ x, value: values[i] as number, n }))
}

const isAbove = (left: { count: number; n: number }, right: { count: number; n: number }): boolean =>
  left.count * right.n >= right.count * left.n

/** How the observations are spread over x: at each point the share of all that lie at or below it. */
export function observationCurve(points: readonly SharePoint[]): CurvePoint[] {
  const total = points.reduce((sum, point) => sum + point.n, 0)
  let below = 0
  return points.map(({ x, n }) => {
    below += n
    return { x, value: below / total, n }
  })
}

/** The smallest x from which on the fitted share is at least `share`, unless fewer than `needed` observations lie there. */
export function smallestReaching(fit: readonly CurvePoint[], share: number, needed: number): number | undefined {
  const first = fit.findIndex((point) => point.value >= share)
  if (first < 0) return undefined
  const beyond = fit.slice(first).reduce((sum, point) => sum + point.n, 0)
  return beyond >= needed ? fit[first]?.x : undefined
}
