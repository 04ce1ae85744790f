/** The text of the workload file that a user names: a file, or a pipe such as `/dev/stdin`. What cannot be read or is not UTF-8 is told at its place. */
import { UserError } from '../../core/errors.js'
import { decodeText } from './decode-text.js'
import { FileError, readBytes } from './file-bytes.js'
import { WorkloadText } from './source.js'
import { MOST_CHARACTERS } from './yaml-tree.js'

/** Throws `UserError`. */
export function readWorkloadFile(file: string): string {
  return workloadText(file, bytesOf(file))
}

/** What the bytes of `file` spell. Throws `UserError`. */
export function workloadText(file: string, bytes: Uint8Array): string {
  const decoded = decodeText(bytes)
  if (typeof decoded === 'string') return decoded
  const { text, offset, sentence } = decoded
  const source = new WorkloadText(file, text)
  const starts = [...text.matchAll(/\n/g)].map(({ index }) => index + 1)
  for (const start of [0, ...starts]) source.lines.addNewLine(start)
  throw new UserError(source.complaintAt(offset, `${sentence}.`))
}

function bytesOf(file: string): Uint8Array {
  try {
    return readBytes(file, MOST_CHARACTERS)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new UserError(`${file} cannot be read: ${error.message}.`)
  }
}
