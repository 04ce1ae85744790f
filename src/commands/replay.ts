/** `quorate replay`: runs one cell of a result again and says whether it did the same. */
import { UserError } from '../core/errors.js'
import { readResults } from '../results/result-file.js'
import { runCell } from '../runner/run-cell.js'

/** Returns the exit code: 0 if the digests are equal, 1 if not. */
export async function replay(path: string, id: string): Promise<number> {
  const results = await readResults(path)
  const entry = results.cells.find((cell) => cell.id === id)
  if (entry === undefined) {
    throw new UserError(
      `${path} has no cell ${id}; it has ${results.cells
        .slice(0, 5)
        .map((cell) => cell.id)
        .join(', ')} …`,
    )
  }
  const again = runCell(entry.cell)
  for (const [name, value] of Object.entries(again.measures)) process.stdout.write(`${name} ${value}\n`)
  const isSame = again.digest === entry.digest
  process.stdout.write(
    `digest ${again.digest}: ${isSame ? 'the same' : `different, the result has ${entry.digest || 'none'}`}\n`,
  )
  return isSame ? 0 : 1
}
