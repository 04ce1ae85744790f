/** How far a run is, on standard error: a bar with the time left on a terminal, elsewhere a line every ten seconds. */
import { SingleBar } from 'cli-progress'

const LINE_EVERY_MILLISECONDS = 10_000

export class Progress {
  private done: number
  private readonly bar: SingleBar | null
  private readonly timer: NodeJS.Timeout | null
  private readonly started = performance.now()

  constructor(
    private readonly name: string,
    private readonly total: number,
    /** Cells that are there before anything runs. */
    private readonly before = 0,
  ) {
    this.done = before
    const isTerminal = process.stderr.isTTY === true
    this.bar = isTerminal
      ? new SingleBar({
          stream: process.stderr,
          format: `${name} [{bar}] {value} of {total} cells, {left}`,
          barsize: 24,
          clearOnComplete: true,
        })
      : null
    this.bar?.start(total, before, { left: this.left() })
    this.timer = isTerminal ? null : setInterval(() => this.line(), LINE_EVERY_MILLISECONDS)
    this.timer?.unref()
  }

  step(): void {
    this.done++
    this.bar?.update(this.done, { left: this.left() })
  }

  /** Takes the bar away, and lets the terminal wrap lines again; may be called twice. */
  stop(): void {
    this.bar?.stop()
    if (this.timer !== null) clearInterval(this.timer)
  }

  private line(): void {
    process.stderr.write(`${this.name}: ${this.done} of ${this.total} cells, ${this.left()}\n`)
  }

  /** By the average so far: cells differ, and a few of the last say less. */
  private left(): string {
    const ended = this.done - this.before
    if (ended === 0) return 'time left unknown'
    const seconds = Math.ceil(((performance.now() - this.started) / 1000 / ended) * (this.total - this.done))
    return seconds < 100 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`
  }
}
