/** Shares that make up a whole: they may miss 100% by what rounding does to thirds, and no more. */

const TOLERANCE = 1e-6

/** A sentence about `what` if `shares`, as ratios, do not sum to 1. */
export function sharesComplaint(what: string, shares: readonly number[]): string | undefined {
  const sum = shares.reduce((total, share) => total + share, 0)
  if (Math.abs(sum - 1) <= TOLERANCE) return undefined
  const terms = shares.length > 1 ? `${shares.map(percentText).join(' + ')} = ` : ''
  return `${what} sum to ${terms}${percentText(sum)}, not to 100%`
}

const percentText = (ratio: number): string => `${Number((100 * ratio).toPrecision(6))}%`
