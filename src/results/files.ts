/**
 * The file system as results use it: whole files appear at once (streamed to a file beside, then renamed), lines are appended
 * one at a time, and whatever cannot be read, written or parsed is a `UserError` that names the file.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { messageOf, UserError } from '../core/errors.js'

/** A reader sees the old file or the new one, never half of one. */
export async function writeWhole(file: string, text: Iterable<string> | AsyncIterable<string>): Promise<void> {
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
  let rest = ''
  try {
    for await (const piece of createReadStream(file, 'utf8')) {
      const lines = `${rest}${piece}`.split('\n')
      rest = lines.pop() as string
      yield* lines
    }
  } catch (error) {
    cannotRead(file, error)
  }
}

/** A file that grows by whole lines. */
export class LineFile {
  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
  ) {}

  /** Over whatever was there, or after it. */
  static async open(file: string, place: 'anew' | 'at the end'): Promise<LineFile> {
    try {
      await mkdir(dirname(file), { recursive: true })
      return new LineFile(file, await open(file, place === 'anew' ? 'w' : 'a'))
    } catch (error) {
      return cannotWrite(file, error)
    }
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
