/** Tests of threads, of the command line and of pages use the built program: it is built once, before any test. */
import { execFileSync } from 'node:child_process'

export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
}
