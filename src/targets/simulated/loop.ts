/** What decides when operations arrive: see open-loop.ts, thinking-loop.ts and paced-loop.ts. */
import type { Session } from './session.js'

export interface Loop {
  /** Puts the first operations on the calendar. */
  start(): void
  /** From now on operations come `haste` times as often as they would. */
  hasten(haste: number): void
  /** The session's operation has ended, with all that belongs to it. */
  onEnded(session: Session): void
  /** The load has ended: what has arrived and waits is given up. */
  close(): void
}
