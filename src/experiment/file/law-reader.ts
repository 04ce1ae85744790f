/**
 * Laws in a workload file. Files that they name (`empirical(FILE)`) lie relative to the workload file, and their values become part of
 * the law's text: a cell needs no file. A text is read once, however many points of the axes use it.
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { LawType } from '../../distributions/law.js'
import { LawError } from '../../distributions/law-error.js'
import { parseLaw } from '../../distributions/parse.js'

const LARGEST_FILE = 2_000_000

export class LawReader {
  private readonly known = new Map<string, string | LawError>()
  private readonly folder: string

  constructor(workloadFile: string) {
    this.folder = dirname(workloadFile)
  }

  /** The law's text, with the values of any file in it; or what is wrong. */
  read(text: string, type: LawType): string | LawError {
    const key = `${type} ${text}`
    const known = this.known.get(key)
    if (known !== undefined) return known
    const read = this.parse(text, type)
    this.known.set(key, read)
    return read
  }

  private parse(text: string, type: LawType): string | LawError {
    let usesFile = false
    try {
      const law = parseLaw(text, type, (name) => {
        usesFile = true
        return this.contents(name)
      })
      return usesFile ? law.text : text
    } catch (thrown) {
      if (thrown instanceof LawError) return thrown
      throw thrown
    }
  }

  /** Of a file beside the workload file; throws what is wrong with it. */
  contents(name: string, largest = LARGEST_FILE): string {
    const path = resolve(this.folder, name)
    const status = statSync(path)
    if (!status.isFile()) throw new Error(`${path} is not a file`)
    if (status.size > largest) throw new Error(`${path} is larger than ${largest} bytes`)
    return readFileSync(path, 'utf8')
  }
}
