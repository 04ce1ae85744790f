/**
 * Laws in a workload file. Files that they name (`empirical(FILE)`) lie relative to the workload file, and their values become part of
 * the law's text: a cell needs no file. A text is read once, however many points of the axes use it.
 */
import { dirname } from 'node:path'
import type { LawType } from '../../distributions/law.js'
import { LawError } from '../../distributions/law-error.js'
import { parseLaw } from '../../distributions/parse.js'
import { readDataFile } from './data-file.js'

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
        return readDataFile(this.folder, name)
      })
      return usesFile ? law.text : text
    } catch (thrown) {
      if (thrown instanceof LawError) return thrown
      throw thrown
    }
  }

  /** Of a file beside the workload file. Throws `FileError`. */
  contents(name: string, largest?: number): string {
    return readDataFile(this.folder, name, largest)
  }
}
