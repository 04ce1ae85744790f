#!/usr/bin/env node
/** The program: its streams are guarded before anything is written, and its arguments are those of the process. */
import { guardOutput } from './commands/output.js'
import { main } from './commands/program.js'

guardOutput()
await main(process.argv.slice(2))
