/**
 * Standard output and error as a command line should treat them. A reader that has left (`quorate list | head -1`) is no error: what is
 * left to say goes nowhere, and files are written all the same. Anything else, such as a full disk behind `>`, is.
 */
import { FAILED, worstOf } from './exit-code.js'

/** Must be called before anything is written. */
export function guardOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.stderr.write(`Standard output cannot be written: ${error.message}.\n`)
    process.exitCode = worstOf([Number(process.exitCode ?? 0), FAILED])
  })
  process.stderr.on('error', () => {})
}

/** Where there is no terminal, one that most have. */
export const USUAL_WIDTH = 100

export function outputWidth(): number {
  return process.stdout.columns ?? USUAL_WIDTH
}
