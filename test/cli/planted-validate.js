/** `quorate validate --only FAMILY` with a worker that expects something else in one row. */
import { validate } from '../../dist/commands/validate.js'

const [only, format] = process.argv.slice(2)
process.exitCode = await validate({ seed: '1', only, format }, new URL('./planted-validate-worker.js', import.meta.url))
