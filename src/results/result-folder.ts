/**
 * The folder that a run writes: made and tried before anything runs, so that nobody waits for results that cannot be kept, and emptied of an
 * earlier run's results before the first cell, so that old results never lie beside new cells.
 */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { messageOf, UserError } from '../core/errors.js'
import { RESULT_FILES, reportFile } from './result-file.js'

/** Makes the folder if need be and sees that files can be written to it; throws a `UserError` that says why not. */
export async function prepareFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null)
  if (found !== null && !found.isDirectory()) {
    throw new UserError(`${folder} is a file, and results need a folder: choose another with --out.`)
  }
  const probe = join(folder, 'probe.unfinished')
  try {
    await makeFolder(resolve(folder))
    await writeFile(probe, 'Can this folder be written?\n')
    await rm(probe)
  } catch (error) {
    throw new UserError(
      `Results cannot be written to ${folder}: ${messageOf(error)}. Choose another folder with --out.`,
    )
  }
}

/** Node's own recursive `mkdir` never ends where a folder that exists refuses new ones with ENOENT, as /proc does. */
async function makeFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => null)) !== null) return
  await makeFolder(dirname(folder))
  await mkdir(folder)
}

/** Takes away what a finished run has left; its cells are overwritten by the new log. */
export async function clearResults(folder: string): Promise<void> {
  for (const name of [...RESULT_FILES, reportFile('html'), reportFile('md')]) {
    const file = join(folder, name)
    await rm(file, { force: true }).catch((error: unknown) => {
      throw new UserError(`${file} of an earlier run cannot be removed: ${messageOf(error)}.`)
    })
  }
}
