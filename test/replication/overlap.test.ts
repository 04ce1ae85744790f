/** Which levels of reads and writes have a replica in common, worked out by hand, and by trying all pairs of sets. */
import { expect, it } from 'vitest'
import { type AnswersNeeded, blockFor, CONSISTENCY_LEVELS } from '../../src/replication/leaderless/consistency-level.js'
import { alwaysMeet } from '../../src/replication/leaderless/overlap.js'
import { type QuorumOptions, quorumOptions } from '../../src/replication/leaderless/quorum-options.js'

it.each([
  { n: 3, r: 2, w: 2 },
  { n: 3, r: 1, w: 3 },
  { r: 'QUORUM', w: 'QUORUM' },
  { n: 4, r: 'QUORUM', w: 2 },
  { r: 'ONE', w: 'ALL' },
  { r: 'TWO', w: 'QUORUM' },
  { n: { a: 3, b: 3 }, r: 'EACH_QUORUM', w: 'LOCAL_QUORUM' },
  { n: { a: 3, b: 3 }, r: 'LOCAL_QUORUM', w: 'EACH_QUORUM' },
  { r: 'LOCAL_QUORUM', w: 'EACH_QUORUM' },
  { n: { a: 3 }, r: 'LOCAL_QUORUM', w: 'LOCAL_QUORUM' },
  { r: 'SERIAL', w: 'QUORUM' },
  { sloppy: true, pr: 2, pw: 2 },
  { grace: '1h' },
])('%o meet', (options) => {
  expect(alwaysMeet(parsed(options))).toBe(true)
})

it.each([
  { n: 3, r: 1, w: 2 },
  { n: 4, r: 2, w: 2 },
  { r: 'ONE', w: 'QUORUM' },
  { r: 'ALL', w: 'ANY' },
  { n: { a: 3, b: 3 }, r: 'LOCAL_QUORUM', w: 'LOCAL_QUORUM' },
  { n: { a: 3, b: 3 }, r: 'LOCAL_QUORUM', w: 'QUORUM' },
  { n: { a: 3, b: 3 }, r: 'LOCAL_ONE', w: 'EACH_QUORUM' },
  // How many of the three are in one zone is not known.
  { r: 'LOCAL_QUORUM', w: 'LOCAL_QUORUM' },
  { levels: { increment: 'ONE' } },
  { levels: { read: 1 } },
  { sloppy: true },
  { sloppy: true, pr: 2, pw: 1 },
  { 'notfound-ok': false },
])('%o may miss each other', (options) => {
  expect(alwaysMeet(parsed(options))).toBe(false)
})

it('a scan has no part in it', () => {
  expect(alwaysMeet(parsed({ levels: { scan: 'ONE' } }))).toBe(true)
})

it.each([
  { n: 3, zoneOf: [0, 0, 0] },
  { n: 3, zoneOf: [0, 0, 1] },
  { n: { a: 2, b: 2 }, zoneOf: [0, 0, 1, 1] },
  { n: { a: 3, b: 1 }, zoneOf: [0, 0, 0, 1] },
])(
  'with $n copies in zones $zoneOf no set of any read that is said to meet every write misses one',
  ({ n, zoneOf }) => {
    let met = 0
    for (const r of CONSISTENCY_LEVELS) {
      for (const w of CONSISTENCY_LEVELS) {
        if (!alwaysMeet(parsed({ n, r, w }))) continue
        met++
        for (const reader of [0, 1])
          for (const writer of [0, 1]) expect(missing(r, w, zoneOf, reader, writer)).toEqual([])
      }
    }
    expect(met).toBeGreaterThan(30)
  },
)

/** Sets of replicas that are enough for the read and for the write and have none in common. */
function missing(r: AnswersNeeded, w: AnswersNeeded, zoneOf: readonly number[], reader: number, writer: number) {
  const replicas = zoneOf.map((_, node) => node)
  const setsOf = (level: AnswersNeeded, local: number) => {
    const block = blockFor(level, replicas, zoneOf, local)
    return Array.from({ length: 1 << replicas.length }, (_, mask) => mask).filter((mask) => block.isMetBy(mask))
  }
  const writes = setsOf(w, writer)
  return setsOf(r, reader).flatMap((read) => writes.flatMap((write) => ((read & write) === 0 ? [[read, write]] : [])))
}

function parsed(options: object): QuorumOptions {
  return quorumOptions.parse(options)
}
