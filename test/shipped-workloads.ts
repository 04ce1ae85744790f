/** What ships under workloads/: workload files, in its folders too, and YCSB's properties files. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = 'workloads'

export interface Shipped {
  /** Below the folder. */
  readonly name: string
  readonly text: string
}

function filesIn(folder: string): readonly Shipped[] {
  const entries = readdirSync(join(FOLDER, folder), { withFileTypes: true })
  entries.sort((left, right) => (left.name < right.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const name = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(name) : [{ name, text: readFileSync(join(FOLDER, name), 'utf8') }]
  })
}

const files = filesIn('').filter(({ name }) => !name.endsWith('.json'))

export const SHIPPED = files.filter(({ name }) => name.endsWith('.yaml'))
export const SHIPPED_PROPERTIES = files.filter(({ name }) => !name.endsWith('.yaml'))
