/**
 * Questions on a terminal, one line each, with a default for an empty answer; an answer that will not do is told why, and asked for again.
 * Lines are queued as they come, so that what is typed or pasted ahead is not lost.
 */
import { createInterface, type Interface } from 'node:readline/promises'

/** Why there is no answer. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'

  constructor(readonly isInterrupted: boolean) {
    super('There is no answer.')
  }
}

export class Questions {
  private readonly terminal: Interface
  private readonly lines: AsyncIterator<string>
  private isInterrupted = false

  constructor(
    private readonly input: NodeJS.ReadableStream,
    private readonly output: NodeJS.WritableStream,
  ) {
    this.terminal = createInterface({ input, output })
    this.lines = this.terminal[Symbol.asyncIterator]()
    this.terminal.on('SIGINT', () => {
      this.isInterrupted = true
      this.terminal.close()
    })
  }

  /** `complaint` says why an answer will not do. Throws `NoAnswer` at the end of the input and after Ctrl-C. */
  async ask(question: string, initial: string, complaint: (answer: string) => string | undefined): Promise<string> {
    for (;;) {
      this.terminal.setPrompt(`${question} [${initial}]: `)
      this.terminal.prompt()
      const { done, value } = await this.lines.next()
      if (done) throw new NoAnswer(this.isInterrupted)
      const answer = value.trim() || initial
      const wrong = complaint(answer)
      if (wrong === undefined) return answer
      this.output.write(`${wrong}\n`)
    }
  }

  close(): void {
    this.terminal.close()
    // After Ctrl-C the iterator has set the input flowing again, which would keep the program alive.
    this.input.pause()
  }
}
