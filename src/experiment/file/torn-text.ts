/**
 * In YAML's flow style a comma ends a value: `{ delay: uniform(1ms, 2ms) }` is `delay: "uniform(1ms"` and a key `2ms)` without a value. Such
 * a tear is found and sewn up, so that it is told as what it is, once, and not as an unclosed law and an unknown key.
 */

/** One value or bare key of a flow collection, or `undefined` for what cannot be part of a tear. */
export type Piece = string | undefined

/** A longer tear is not looked for, so that no list takes the square of its length. */
export const MOST_PIECES = 1000

/** How many of `pieces` the text at `first` was torn into; 1 if it is whole or its parenthesis is never closed. */
export function tornPieces(pieces: readonly Piece[], first: number): number {
  let open = openParentheses(pieces[first])
  if (open <= 0) return 1
  const end = Math.min(pieces.length, first + MOST_PIECES)
  for (let next = first + 1; next < end; next++) {
    if (pieces[next] === undefined) return 1
    open += openParentheses(pieces[next])
    if (open <= 0) return next - first + 1
  }
  return 1
}

function openParentheses(text: Piece): number {
  let open = 0
  for (const character of text ?? '') open += character === '(' ? 1 : character === ')' ? -1 : 0
  return open
}
