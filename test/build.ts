/** Tests of threads and of the command line use the built program: it is built once, before any test. */
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'

export default function build(): void {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
}
