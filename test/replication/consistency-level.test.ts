/**
 * Cassandra's block-for arithmetic (reference: its ConsistencyLevel), over maps of replication factors by data centre. Of each level are told the answers
 * needed and how many sets of replicas are enough, both worked out by hand: of 3 and 3 replicas EACH_QUORUM takes 2 + 2 answers, and
 * of the 2^6 sets (C(3,2) + 1)^2 = 16 will do.
 */
import { describe, expect, it } from 'vitest'
import {
  type AnswersNeeded,
  blockFor,
  CONSISTENCY_LEVELS,
  type ConsistencyLevel,
  Requirement,
} from '../../src/replication/leaderless/consistency-level.js'

type Expected = readonly [level: AnswersNeeded, needed: number, sets: number]

/** The same for all zones of coordinators. */
const ANYWHERE: readonly { readonly copies: readonly number[]; readonly expected: readonly Expected[] }[] = [
  {
    copies: [3],
    expected: [
      ['ANY', 1, 7],
      ['ONE', 1, 7],
      ['TWO', 2, 4],
      ['THREE', 3, 1],
      ['QUORUM', 2, 4],
      ['SERIAL', 2, 4],
      ['ALL', 3, 1],
      ['EACH_QUORUM', 2, 4],
      [1, 1, 7],
      [2, 2, 4],
      [3, 3, 1],
    ],
  },
  {
    copies: [1],
    expected: [
      ['ANY', 1, 1],
      ['ONE', 1, 1],
      ['TWO', 2, 0],
      ['THREE', 3, 0],
      ['QUORUM', 1, 1],
      ['SERIAL', 1, 1],
      ['ALL', 1, 1],
      ['EACH_QUORUM', 1, 1],
      [1, 1, 1],
    ],
  },
  {
    copies: [3, 3],
    expected: [
      ['ANY', 1, 63],
      ['ONE', 1, 63],
      ['TWO', 2, 57],
      ['THREE', 3, 42],
      ['QUORUM', 4, 22],
      ['SERIAL', 4, 22],
      ['ALL', 6, 1],
      ['EACH_QUORUM', 4, 16],
      [5, 5, 7],
    ],
  },
  {
    copies: [3, 2],
    expected: [
      ['ANY', 1, 31],
      ['ONE', 1, 31],
      ['TWO', 2, 26],
      ['THREE', 3, 16],
      ['QUORUM', 3, 16],
      ['SERIAL', 3, 16],
      ['ALL', 5, 1],
      ['EACH_QUORUM', 4, 4],
    ],
  },
  {
    copies: [5, 3, 1],
    expected: [
      ['ANY', 1, 511],
      ['ONE', 1, 511],
      ['TWO', 2, 502],
      ['THREE', 3, 466],
      ['QUORUM', 5, 256],
      ['SERIAL', 5, 256],
      ['ALL', 9, 1],
      ['EACH_QUORUM', 6, 64],
    ],
  },
  {
    copies: [0, 3],
    expected: [
      ['ANY', 1, 7],
      ['ONE', 1, 7],
      ['TWO', 2, 4],
      ['THREE', 3, 1],
      ['QUORUM', 2, 4],
      ['SERIAL', 2, 4],
      ['ALL', 3, 1],
      ['EACH_QUORUM', 2, 4],
    ],
  },
]

/** By the coordinator's zone: of LOCAL_ONE, then of LOCAL_QUORUM, which LOCAL_SERIAL is too. */
const LOCAL: readonly {
  readonly copies: readonly number[]
  readonly local: number
  readonly one: readonly [needed: number, sets: number]
  readonly quorum: readonly [needed: number, sets: number]
}[] = [
  { copies: [3], local: 0, one: [1, 7], quorum: [2, 4] },
  { copies: [1], local: 0, one: [1, 1], quorum: [1, 1] },
  { copies: [3, 3], local: 0, one: [1, 56], quorum: [2, 32] },
  { copies: [3, 3], local: 1, one: [1, 56], quorum: [2, 32] },
  { copies: [3, 2], local: 0, one: [1, 28], quorum: [2, 16] },
  { copies: [3, 2], local: 1, one: [1, 24], quorum: [2, 8] },
  { copies: [5, 3, 1], local: 0, one: [1, 496], quorum: [3, 256] },
  { copies: [5, 3, 1], local: 1, one: [1, 448], quorum: [2, 256] },
  { copies: [5, 3, 1], local: 2, one: [1, 256], quorum: [1, 256] },
  // As in Cassandra, half of none and one is one, and nobody is there to give it.
  { copies: [0, 3], local: 0, one: [1, 0], quorum: [1, 0] },
  { copies: [0, 3], local: 1, one: [1, 7], quorum: [2, 4] },
]

describe.each(ANYWHERE)('over zones of $copies copies', ({ copies, expected }) => {
  it.each(expected)('%s waits for %i, which %i sets of replicas are', (level, needed, sets) => {
    for (const local of copies.keys()) expect(answersOf(level, copies, local)).toEqual({ needed, sets })
  })
})

describe.each(LOCAL)('from zone $local over zones of $copies copies', ({ copies, local, one, quorum }) => {
  it('counts the replicas of that zone and no others', () => {
    expect(answersOf('LOCAL_ONE', copies, local)).toEqual({ needed: one[0], sets: one[1] })
    for (const level of ['LOCAL_QUORUM', 'LOCAL_SERIAL'] as const)
      expect(answersOf(level, copies, local)).toEqual({ needed: quorum[0], sets: quorum[1] })
  })
})

it('only ANY is met by hints', () => {
  const { replicas, zoneOf } = replicasOver([3])
  const takers = CONSISTENCY_LEVELS.filter((level) => blockFor(level, replicas, zoneOf, 0).takesHints)
  expect(takers).toEqual<ConsistencyLevel[]>(['ANY'])
})

describe('what is needed by number', () => {
  it('is that of each preference list, whatever the zones', () => {
    const requirement = new Requirement(2, [0, 0, 1, 1], 1)
    const first = requirement.of(0, [3, 0, 2])
    const second = requirement.of(1, [1, 0])
    expect([first.total, second.total]).toEqual([2, 2])
    expect([0b001, 0b011, 0b110, 0b111].map((mask) => first.isMetBy(mask))).toEqual([false, true, true, true])
    expect(second.quotas).toEqual([{ counted: 0b11, needed: 2 }])
    expect(first.takesHints).toBe(false)
    expect(requirement.of(0, [3, 0, 2])).toBe(first)
  })
})

/** Nodes of the zones in turn, as a walk round the ring meets them. */
function replicasOver(copies: readonly number[]): {
  readonly replicas: readonly number[]
  readonly zoneOf: readonly number[]
} {
  const zoneOf = copies.flatMap((count, zone) => Array<number>(count).fill(zone))
  const byTurns = zoneOf.map((zone, node) => ({ node, turn: zoneOf.slice(0, node).filter((z) => z === zone).length }))
  byTurns.sort((left, right) => left.turn - right.turn)
  return { replicas: byTurns.map(({ node }) => node), zoneOf }
}

/** How many answers are needed, and how many of all sets of replicas are enough. */
function answersOf(level: AnswersNeeded, copies: readonly number[], local: number): { needed: number; sets: number } {
  const { replicas, zoneOf } = replicasOver(copies)
  const block = blockFor(level, replicas, zoneOf, local)
  const sets = Array.from({ length: 1 << replicas.length }, (_, mask) => mask).filter((mask) => block.isMetBy(mask))
  return { needed: block.total, sets: sets.length }
}
