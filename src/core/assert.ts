/**
 * Assertions catch our own bugs; they stay on in production and each states one condition as a sentence. The sentence is a constant
 * wherever events pass: a template would be put together at every call.
 * Mistakes in a user's input are never asserted: they are a `UserError` (errors.ts).
 */

export class AssertionError extends Error {
  override readonly name = 'AssertionError'
}

/** Throws `AssertionError` unless `condition` holds; `sentence` says what must hold. */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new AssertionError(`This should always hold, and did not: ${sentence}`)
}

/** For the default branch of an exhaustive `switch`. */
export function unreachable(value: never): never {
  throw new AssertionError(`A case is missing for ${JSON.stringify(value)}.`)
}
