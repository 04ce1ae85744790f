/**
 * The nearest of the allowed words, for error messages. Distance is the number of letters to insert, delete, replace or swap with
 * their neighbour (Damerau 1964, in its restricted form), without regard to case. A guess is made only where at
 * most a third of the word, and always one letter, is wrong: a far-fetched guess is worse than none.
 */

/** The allowed word that `word` was probably meant to be; the first of them where several are equally near. */
export function didYouMean(word: string, allowed: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of allowed) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Row by row over the letters of `a`; only the last two rows are needed again. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const edited = Math.min(replaced, (previous[j] as number) + 1, (row[j - 1] as number) + 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(swapped ? Math.min(edited, (beforePrevious[j - 2] as number) + 1) : edited)
    }
    beforePrevious = previous
    previous = row
  }
  return previous[b.length] as number
}
