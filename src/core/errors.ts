/**
 * Errors that a user can act on. Everything else that is thrown is a bug of ours.
 * A `UserError` carries whole sentences, ready to print: what was wrong, where, and what is allowed.
 */

export class UserError extends Error {
  override readonly name = 'UserError'
}

/** A cell outgrew a limit that the user set (memory, events); the cell fails, the run goes on. */
export class LimitError extends Error {
  override readonly name = 'LimitError'
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
