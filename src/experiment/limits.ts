/** How large a run may be, and how messages work it out. */

/** A run of more cells than this is a mistake: at a second each they take a day. */
export const MOST_CELLS = 100_000

/** `3 x 4 = 12`; a single factor alone. */
export function productText(factors: readonly number[]): string {
  const product = factors.reduce((total, factor) => total * factor, 1)
  return factors.length > 1 ? `${factors.join(' x ')} = ${product}` : String(product)
}
