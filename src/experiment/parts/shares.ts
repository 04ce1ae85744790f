/** Sums as messages work them out, and shares that make up a whole: they may miss 100% by what rounding does to thirds, and no more. */

const TOLERANCE = 1e-6
const MOST_TERMS = 12

/** A sentence about `what` if `shares`, as ratios, do not sum to 1. */
export function sharesComplaint(what: string, shares: readonly number[]): string | undefined {
  const sum = shares.reduce((total, share) => total + share, 0)
  if (Math.abs(sum - 1) <= TOLERANCE) return undefined
  return `${what} sum to ${sumText(shares.map(percentText), percentText(sum))}, not to 100%`
}

/** `3 + 2 = 5`; of many terms the first and the last. */
export function sumText(terms: readonly string[], sum: string): string {
  if (terms.length < 2) return sum
  const shown = terms.length > MOST_TERMS ? [...terms.slice(0, 3), '…', terms.at(-1)] : terms
  return `${shown.join(' + ')} = ${sum}`
}

const percentText = (ratio: number): string => `${Number((100 * ratio).toPrecision(6))}%`
