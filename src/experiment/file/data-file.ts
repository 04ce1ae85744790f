/**
 * The files that a workload file names, such as `empirical(FILE)`. Each lies in the folder of the workload file or below, whatever `..` and symbolic
 * links say: an experiment is a folder that can be handed on, and a file from elsewhere would not come along, so absolute paths are
 * refused too. What is no plain file (a pipe, a device) is refused because it may never end.
 */
import { realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { decodeText } from './decode-text.js'
import { FileError, orFileError, readBytes } from './file-bytes.js'

const LARGEST_FILE = 2_000_000

/** The text of the file `name` in `folder`. Throws `FileError`, whose message says why it cannot be used. */
export function readDataFile(folder: string, name: string, largest = LARGEST_FILE): string {
  const path = pathWithin(folder, name)
  if (!statSync(path).isFile())
    throw new FileError(
      statSync(path).isDirectory() ? 'it is a folder, not a file' : 'it is a pipe or a device, not a file',
    )
  const decoded = decodeText(readBytes(path, largest))
  if (typeof decoded === 'string') return decoded
  const line = decoded.text.slice(0, decoded.offset).split('\n').length
  throw new FileError(`${lowered(decoded.sentence)} (line ${line})`)
}

/** Where the file really is. */
function pathWithin(folder: string, name: string): string {
  const rule = "files lie in the workload file's folder or below, so that they come along with it"
  if (isAbsolute(name)) throw new FileError(`its path is absolute, and ${rule}`)
  return orFileError(() => {
    const home = realpathSync(folder)
    if (isOutside(home, resolve(home, name))) throw new FileError(`its path leads out of the folder, and ${rule}`)
    const path = realpathSync(resolve(home, name))
    if (isOutside(home, path)) throw new FileError(`it is a symbolic link that leads out of the folder, and ${rule}`)
    return path
  })
}

function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)
