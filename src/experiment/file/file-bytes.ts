/**
 * Files that a user names, read whole and never beyond a limit, however large they claim to be or if they never end. Why one cannot be
 * read is told in plain words: what the system calls an error is for programmers.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { messageOf } from '../../core/errors.js'

/** Why a file cannot be used, as a clause that follows a colon. */
export class FileError extends Error {
  override readonly name = 'FileError'
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is a file and no folder',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'reading it is not permitted',
  EPERM: 'reading it is not permitted',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENXIO: 'it is a socket or a device, not a file',
  ERR_INVALID_ARG_VALUE: 'its name has a NUL character',
}

/** At most `most` bytes. Throws `FileError`. */
export function readBytes(path: string, most: number): Buffer {
  return orFileError(() => {
    const file = openSync(path, 'r')
    try {
      return bytesOf(file, most)
    } finally {
      closeSync(file)
    }
  })
}

/** What `action` returns; what the file system throws becomes a `FileError`. */
export function orFileError<T>(action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (error instanceof FileError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new FileError(REASONS[code] ?? messageOf(error))
  }
}

function bytesOf(file: number, most: number): Buffer {
  const buffer = Buffer.alloc(most + 1)
  let length = 0
  for (let read = -1; read !== 0 && length <= most; length += read) {
    read = readSync(file, buffer, length, buffer.length - length, null)
  }
  if (length > most) throw new FileError(`it is larger than ${most} bytes`)
  return buffer.subarray(0, length)
}
