/** Every family is in with small samples; with `QUORATE_LONG=1` the cheap ones with twenty seeds that nobody chose, as they are. */
import { describe, expect, it } from 'vitest'
import { type Finding, judge } from '../../../src/advice/validate/check.js'
import { type Family, SHORT, type Size } from '../../../src/advice/validate/family.js'
import { families } from '../../../src/advice/validate/index.js'
import { LONG, TIMEOUT_MILLISECONDS } from '../../acceptance/workload-run.js'

/** What part of the short table's samples a test takes; none of queues, which need a thousand operations of each seed for their p99. */
const PARTS: Readonly<Record<string, number>> = {
  'pbs-table-4': 1 / 50,
  'pbs-points': 1 / 50,
  'wars-limit': 1 / 50,
  'closed-forms': 1 / 50,
  'k-of-n': 1 / 50,
  availability: 1 / 50,
  follower: 1 / 10,
  little: 1,
  'last-write-wins': 1 / 10,
  'lost-updates': 1,
  behaviours: 1 / 6,
}

/** Seeds and trials are whole numbers; the follower's are seconds of each of forty seeds. */
const sizeOf = ({ name }: Family): Size => {
  const part = PARTS[name] ?? 1
  return { of: (short) => (name === 'follower' ? part * short : Math.max(1, Math.round(part * short))) }
}

const rowsOf = (family: Family, seed: number, size: Size) =>
  judge(
    family.parts.flatMap((part, i) =>
      part.measure(1000 * seed + i, size).map((finding): readonly [string, Finding] => [family.name, finding]),
    ),
  )

const outOf = (family: Family, seed: number, size: Size) =>
  rowsOf(family, seed, size).filter(({ verdict }) => verdict === 'out')

describe('a table of small samples', () => {
  it.each(families.all.filter(({ name }) => name in PARTS))(
    'has $name in, each row once',
    (family) => {
      const rows = rowsOf(family, 1, sizeOf(family))
      expect(rows.filter(({ verdict }) => verdict === 'out')).toEqual([])
      const names = rows.map(({ name }) => name)
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    },
    TIMEOUT_MILLISECONDS,
  )
})

it('names every part of a family once', () => {
  for (const { parts } of families.all) expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length)
})

const CHEAP = [
  'k-of-n',
  'availability',
  'little',
  'queues',
  'follower',
  'last-write-wins',
  'lost-updates',
  'behaviours',
]

describe.skipIf(!LONG)('twenty seeds', () => {
  it.each(CHEAP)(
    'have %s in',
    (name) => {
      const family = families.get(name) as Family
      for (let seed = 1; seed <= 20; seed++) expect(outOf(family, seed, SHORT), `seed ${seed}`).toEqual([])
    },
    TIMEOUT_MILLISECONDS,
  )
})
