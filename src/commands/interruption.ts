/**
 * Ctrl-C, and the terminate signal, in two steps: the first ends the run early and keeps what has ended, which takes a moment; the second ends
 * the program at once. npm and npx forward to their child what the terminal has sent to it already, so a
 * second signal within half a second of the first is the same one.
 */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const
const SAME_MILLISECONDS = 500

export class Interruption {
  private readonly controller = new AbortController()
  private since = 0
  private readonly onSignal = (): void => {
    const now = performance.now()
    if (!this.happened) {
      this.since = now
      this.controller.abort()
      this.tell()
    } else if (now - this.since > SAME_MILLISECONDS) {
      endAtOnce()
    }
  }

  /** Listens until `end`. `tell` says so to the user. */
  constructor(private readonly tell: () => void) {
    for (const signal of SIGNALS) process.on(signal, this.onSignal)
  }

  get happened(): boolean {
    return this.controller.signal.aborted
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  end(): void {
    for (const signal of SIGNALS) process.removeListener(signal, this.onSignal)
  }
}

/**
 * As if the signal had never been caught, which shells report as 130. An orderly exit would wait for whatever the thread pool
 * is stuck in, such as a write to a disk that does not answer.
 */
function endAtOnce(): void {
  process.removeAllListeners('SIGINT')
  process.kill(process.pid, 'SIGINT')
}
