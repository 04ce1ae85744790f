/**
 * Every shipped workload file, spoilt in thousands of ways (mutations.ts), is a spec or is refused with the place of each mistake; what the parser
 * takes the schema takes too. `npm run fuzz` is the long form: 20,000 mutants of each file, none of which may take a second. Seeds are
 * fixed: a mutant that fails is found again by its number.
 */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { schemaErrors } from '../experiment/schema/validator.js'
import { SHIPPED, SHIPPED_PROPERTIES } from '../shipped-workloads.js'
import { mutant } from './mutations.js'
import { cellsOrRefusal, expectPossible, PROPERTIES } from './outcome.js'

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

function fuzz(original: Buffer, name: string, isRead: (mutant: Buffer) => boolean): Tally {
  const tally: Tally = { read: 0, refused: 0, slowest: 0 }
  const random = RandomStream.ofSeed(SEED).fork(name)
  for (let number = 0; number < MUTANTS; number++) {
    const bytes = mutant(original, random.fork(String(number)))
    const before = process.cpuUsage().user
    if (judged(bytes, `${name}, mutant ${number}`, isRead)) tally.read++
    else tally.refused++
    tally.slowest = Math.max(tally.slowest, (process.cpuUsage().user - before) / 1000)
  }
  return tally
}

/** Whether a workload file is a spec. */
function isWorkload(bytes: Buffer): boolean {
  const cells = cellsOrRefusal(bytes)
  expectPossible(cells)
  if (cells.length > 0 && Object.keys(cells[0]?.axes ?? {}).length === 0)
    expect(schemaErrors(bytes.toString('utf8'))).toEqual([])
  return cells.length > 0
}

function isProperties(bytes: Buffer): boolean {
  const cells = cellsOrRefusal(bytes, [], PROPERTIES)
  expectPossible(cells)
  return cells.length > 0
}

function judged(bytes: Buffer, name: string, isRead: (mutant: Buffer) => boolean): boolean {
  try {
    return isRead(bytes)
  } catch (thrown) {
    throw new Error(`${name} is neither read nor refused:\n${bytes}`, { cause: thrown })
  }
}

describe('a spoilt workload file', () => {
  const workloads = SHIPPED.map((shipped) => ({ ...shipped, isRead: isWorkload }))
  const properties = SHIPPED_PROPERTIES.map((shipped) => ({ ...shipped, isRead: isProperties }))
  it.each([...workloads, ...properties])(
    '$name is a spec or is refused',
    ({ name, text, isRead }) => {
      const tally = fuzz(Buffer.from(text), name, isRead)
      // Were nearly all refused, or nearly none, the mutations would try little.
      expect(tally.refused).toBeGreaterThan(MUTANTS / 50)
      if (!LONG) return
      expect(tally.read).toBeGreaterThan(MUTANTS / 50)
      process.stdout.write(`${name}: ${JSON.stringify(tally)}\n`)
      expect(tally.slowest).toBeLessThan(LONGEST)
    },
    LONG ? 3_600_000 : undefined,
  )
})
