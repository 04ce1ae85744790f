/**
 * The file system as results use it: whole files appear at once (streamed to a file beside, then renamed), lines are appended
 * one at a time, and whatever cannot be read, written or parsed is a `UserError` that names the file.
 */
import { createWriteStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm, stat, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { messageOf, UserError } from '../core/errors.js'

/** A reader sees the old file or the new one, never half of one. */
export async function writeWhole(file: string, text: Iterable<string>): Promise<void> {
  const unfinished = `${file}.unfinished`
  try {
    await mkdir(dirname(file), { recursive: true })
    await pipeline(Readable.from(text), createWriteStream(unfinished))
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    cannotWrite(file, error)
  }
}

export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => cannotRead(file, error))
}

/** The lines of a file that end with a newline; a last one without is what an interruption left. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const { size } = await stat(file).catch((error: unknown) => cannotRead(file, error))
  const handle = await open(file).catch((error: unknown) => cannotRead(file, error))
  let read = 0
  for await (const line of handle.readLines({ encoding: 'utf8' })) {
    read += Buffer.byteLength(line) + 1
    if (read <= size) yield line
  }
}

/** A file that grows by whole lines. */
export class LineFile {
  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
  ) {}

  static async create(file: string): Promise<LineFile> {
    try {
      await mkdir(dirname(file), { recursive: true })
      return new LineFile(file, await open(file, 'w'))
    } catch (error) {
      return cannotWrite(file, error)
    }
  }

  /** Goes on after the first `bytes` bytes. */
  static async continueAt(file: string, bytes: number): Promise<LineFile> {
    await truncate(file, bytes)
    return new LineFile(file, await open(file, 'a'))
  }

  async append(line: string): Promise<void> {
    await this.handle.appendFile(`${line}\n`).catch((error: unknown) => cannotWrite(this.file, error))
  }

  async close(): Promise<void> {
    await this.handle.close()
  }
}

/** `where` is the file, and the line where that helps. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(`${where} is not JSON: ${messageOf(error)}.`)
  }
}

function cannotRead(file: string, error: unknown): never {
  throw new UserError(`${file} cannot be read: ${messageOf(error)}.`)
}

function cannotWrite(file: string, error: unknown): never {
  throw new UserError(`${file} cannot be written: ${messageOf(error)}.`)
}
