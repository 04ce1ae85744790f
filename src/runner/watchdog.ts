/**
 * Notices a cell that hangs: its thread beats a shared counter while it simulates and while it measures, and a counter that
 * stands still for the limit means that a handler does not return, which only another thread can end.
 *
 * A wall clock alone would lie on a machine that slept or is overloaded, so time counts only while this thread was on time
 * itself: a look that comes late is not evidence against the cell. Where more threads than cores were asked for, the caller
 * stretches the limit by as much.
 */
const LOOKS_PER_LIMIT = 30
/** A look that comes after more than so many times its period is late. */
const LATE = 2

/** How long a counter has stood still, in milliseconds that count. */
export class Silence {
  private lastBeats: number | null = null
  private silent = 0

  constructor(
    private readonly limit: number,
    private readonly period: number,
  ) {}

  /** `elapsed` milliseconds since the look before; true once the silence has lasted for the limit. */
  look(beats: number, elapsed: number): boolean {
    if (beats !== this.lastBeats) {
      this.lastBeats = beats
      this.silent = 0
      return false
    }
    if (elapsed <= LATE * this.period) this.silent += elapsed
    return this.silent >= this.limit
  }
}

/** Calls `onStall` once if the counter stands still for `limit` milliseconds; returns what ends the watch. */
export function watch(heartbeat: Int32Array, limit: number, onStall: () => void): () => void {
  const period = limit / LOOKS_PER_LIMIT
  const silence = new Silence(limit, period)
  let before = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    const isOver = silence.look(Atomics.load(heartbeat, 0), now - before)
    before = now
    if (!isOver) return
    clearInterval(timer)
    onStall()
  }, period)
  timer.unref()
  return () => clearInterval(timer)
}
