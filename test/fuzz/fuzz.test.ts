/**
 * Every shipped workload file, spoilt in thousands of ways (mutations.ts), is a spec or is refused with the place of each mistake; what the parser
 * takes the schema takes too. `npm run fuzz` is the long form: 20,000 mutants of each file, none of which may take a second. Seeds are
 * fixed: a mutant that fails is found again by its number.
 */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { schemaErrors } from '../experiment/schema/validator.js'
import { mutant } from './mutations.js'
import { cellsOrRefusal, expectPossible } from './outcome.js'
import { SHIPPED } from './shipped.js'

const LONG = process.env['QUORATE_LONG'] === '1'
const MUTANTS = LONG ? 20_000 : 25
const SEED = 20_260_101
/** Milliseconds; of the long form, which runs alone. */
const LONGEST = 1000

interface Tally {
  read: number
  refused: number
  slowest: number
}

function fuzz(original: Buffer, name: string): Tally {
  const tally: Tally = { read: 0, refused: 0, slowest: 0 }
  const random = RandomStream.ofSeed(SEED).fork(name)
  for (let number = 0; number < MUTANTS; number++) {
    const bytes = mutant(original, random.fork(String(number)))
    const before = process.cpuUsage().user
    const isRead = judge(bytes, `${name}, mutant ${number}`)
    tally.slowest = Math.max(tally.slowest, (process.cpuUsage().user - before) / 1000)
    if (isRead) tally.read++
    else tally.refused++
  }
  return tally
}

/** Whether it is a spec. */
function judge(bytes: Buffer, name: string): boolean {
  try {
    const cells = cellsOrRefusal(bytes)
    expectPossible(cells)
    if (cells.length > 0 && Object.keys(cells[0]?.axes ?? {}).length === 0)
      expect(schemaErrors(bytes.toString('utf8'))).toEqual([])
    return cells.length > 0
  } catch (thrown) {
    throw new Error(`${name} is neither read nor refused:\n${bytes}`, { cause: thrown })
  }
}

describe('a spoilt workload file', () => {
  it.each(SHIPPED)(
    '$name is a spec or is refused',
    ({ name, text }) => {
      const tally = fuzz(Buffer.from(text), name)
      // Were nearly all refused, or nearly none, the mutations would try little.
      expect(Math.min(tally.read, tally.refused)).toBeGreaterThan(LONG ? MUTANTS / 20 : 0)
      if (!LONG) return
      process.stdout.write(`${name}: ${JSON.stringify(tally)}\n`)
      expect(tally.slowest).toBeLessThan(LONGEST)
    },
    LONG ? 3_600_000 : undefined,
  )
})
