/**
 * Tests of threads, of the command line and of pages use the built program: it is built once, before any test. With `QUORATE_BUILT=1` it is there already,
 * as in `.ci/run`, which builds once.
 */
import { execFileSync } from 'node:child_process'

export default function build(): void {
  if (process.env['QUORATE_BUILT'] !== '1') execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
}
