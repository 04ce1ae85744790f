/**
 * How far the trials are, on standard error, once they take long: on a terminal a line written over in place, elsewhere a line every ten
 * seconds. The trials hold the thread, so it is they who ask.
 */
const FIRST_MILLISECONDS = 500
const DRAW_EVERY_MILLISECONDS = 200
const LINE_EVERY_MILLISECONDS = 10_000

export class PredictProgress {
  private readonly isTerminal = process.stderr.isTTY === true && process.env['TERM'] !== 'dumb'
  private readonly started = performance.now()
  private next = this.started + (this.isTerminal ? FIRST_MILLISECONDS : LINE_EVERY_MILLISECONDS)
  private isShown = false

  constructor(private readonly trials: number) {}

  step(done: number): void {
    const now = performance.now()
    if (now < this.next) return
    this.next = now + (this.isTerminal ? DRAW_EVERY_MILLISECONDS : LINE_EVERY_MILLISECONDS)
    const left = Math.ceil((((now - this.started) / done) * (this.trials - done)) / 1000)
    const text = `${Math.floor((100 * done) / this.trials)}% of ${this.trials} trials, about ${left} s left`
    process.stderr.write(this.isTerminal ? `\r${text}\u001B[K` : `${text}\n`)
    this.isShown = true
  }

  /** Takes the line away. */
  stop(): void {
    if (this.isShown && this.isTerminal) process.stderr.write('\r\u001B[K')
  }
}
