/** A run of more cells than this is a mistake: at a second each they take a day. */
export const MOST_CELLS = 100_000
