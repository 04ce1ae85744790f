/**
 * A mistake in the text of a law. The offset lets the reader of a workload file point at the very character; the message is whole
 * sentences that say what was wrong and what is allowed.
 */

export class LawError extends Error {
  override readonly name = 'LawError'

  constructor(
    message: string,
    /** Position within the law's text, from 0. */
    readonly offset: number,
  ) {
    super(message)
  }
}

export function quoted(word: string): string {
  return JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}…` : word)
}
