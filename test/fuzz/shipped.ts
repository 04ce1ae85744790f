/** The workload files that ship. */
import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = 'workloads'

export const SHIPPED = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(`${FOLDER}/${name}`, 'utf8') }))
