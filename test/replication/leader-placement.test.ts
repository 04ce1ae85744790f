import { describe, expect, it } from 'vitest'
import type { NodeId } from '../../src/core/ids.js'
import { NO_OPERATION } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import { READ, READ_FOR_MODIFY, UPDATE } from '../../src/history/operation-kinds.js'
import type { ReadFrom } from '../../src/replication/placement/leader-placement.js'
import {
  LeaderPlacement,
  ledByAll,
  ledByOne,
  ledByZone,
  preferenceLists,
} from '../../src/replication/placement/leader-placement.js'
import type { Request } from '../../src/replication/replica.js'
import { worldOf } from './fake-cluster.js'

const random = RandomStream.ofSeed(3)

/** Zones a: 0 1 2, b: 3 4 5, c: 6 7 8, in a line. */
const world = worldOf([3, 3, 3])

function requestOf(kind: number, zone: number, turn: number, key = 0): Request {
  return {
    operation: 0,
    kind,
    key,
    element: NO_OPERATION,
    expected: NO_OPERATION,
    length: 0,
    valueBytes: 0,
    client: 0,
    zone,
    attempt: 0,
    turn,
    timeout: 1,
    context: null,
  }
}

/** Where six requests in a row go while these nodes, if any, are held for down. */
function routes(placement: LeaderPlacement, kind: number, zone: number, ...down: readonly NodeId[]): readonly NodeId[] {
  const isDown = down.length === 0 ? undefined : (node: NodeId) => down.includes(node)
  return [0, 1, 2, 3, 4, 5].map((turn) => placement.route(requestOf(kind, zone, turn), isDown))
}

describe('one group of all keys', () => {
  const listOf = (copies: number, firstZone = 0, zones = [3, 3, 3]) =>
    preferenceLists(worldOf(zones), copies, 'one', firstZone, random).lists

  it('takes distinct zones first, beginning with the one asked for', () => {
    expect(listOf(3)).toEqual([[0, 3, 6]])
    expect(listOf(5)).toEqual([[0, 3, 6, 1, 4]])
    expect(listOf(4, 2)).toEqual([[6, 0, 3, 7]])
    expect(listOf(9)).toEqual([[0, 3, 6, 1, 4, 7, 2, 5, 8]])
  })

  it('skips zones without enough nodes', () => {
    expect(listOf(4, 0, [0, 1, 3])).toEqual([[0, 1, 2, 3]])
    expect(listOf(3, 0, [1, 0, 4])).toEqual([[0, 1, 2]])
  })
})

describe('a group', () => {
  it('led by one has its leader in the zone asked for, if there is a copy, and lists it first', () => {
    expect(ledByOne(world, [0, 3, 6], 1)).toEqual({ members: [3, 0, 6], leaders: [3], followers: [[0, 6]] })
    expect(ledByOne(world, [0, 3], 2)).toEqual({ members: [0, 3], leaders: [0], followers: [[3]] })
    expect(ledByOne(world, [4], undefined)).toEqual({ members: [4], leaders: [4], followers: [[]] })
  })

  it('led by zone has one leader in each zone and the others follow in theirs', () => {
    expect(ledByZone(world, [0, 3, 6, 1, 4, 2])).toEqual({
      members: [0, 3, 6, 1, 4, 2],
      leaders: [0, 3, 6],
      followers: [[1, 2], [4], []],
    })
  })

  it('led by all has no followers', () => {
    expect(ledByAll([2, 5])).toEqual({ members: [2, 5], leaders: [2, 5], followers: [[], []] })
  })
})

describe('routing', () => {
  const single = (reads: ReadFrom) => new LeaderPlacement(world, [ledByOne(world, [0, 3, 6, 1], 0)], null, reads)

  it('sends writes to the leader wherever the client lives', () => {
    for (const zone of [0, 1, 2]) expect(new Set(routes(single('any'), UPDATE, zone))).toEqual(new Set([0]))
  })

  it('sends reads where the option says, the first half of a read-modify-write too', () => {
    expect(routes(single('leader'), READ, 2)).toEqual([0, 0, 0, 0, 0, 0])
    expect(routes(single('follower'), READ, 0)).toEqual([1, 1, 1, 1, 1, 1])
    expect(routes(single('follower'), READ_FOR_MODIFY, 2)).toEqual([6, 6, 6, 6, 6, 6])
    expect(routes(single('nearest'), READ, 0)).toEqual([0, 1, 0, 1, 0, 1])
    expect(routes(single('nearest'), READ, 1)).toEqual([3, 3, 3, 3, 3, 3])
    expect(routes(single('any'), READ, 1)).toEqual([0, 3, 6, 1, 0, 3])
  })

  it('takes the nearest of several leaders', () => {
    const zones = new LeaderPlacement(world, [ledByZone(world, [0, 3, 1, 4])], null, 'leader')
    expect(routes(zones, UPDATE, 0)).toEqual([0, 0, 0, 0, 0, 0])
    expect(routes(zones, READ, 2)).toEqual([3, 3, 3, 3, 3, 3])
    const all = new LeaderPlacement(world, [ledByAll([0, 3, 1, 4])], null, 'leader')
    expect(routes(all, UPDATE, 2)).toEqual([3, 4, 3, 4, 3, 4])
  })
})

describe('routing around nodes that are down', () => {
  const failingOver = { ...world, failOver: true }
  const single = (place: typeof world, reads: ReadFrom) =>
    new LeaderPlacement(place, [ledByOne(place, [0, 3, 6, 1, 4, 7], 1)], null, reads)
  const zones = (place: typeof world) =>
    new LeaderPlacement(place, [ledByZone(place, [0, 3, 6, 1, 4, 7])], null, 'leader')

  it('asks a lone leader all the same', () => {
    expect(routes(single(failingOver, 'nearest'), UPDATE, 0, 3)).toEqual([3, 3, 3, 3, 3, 3])
    expect(routes(zones(world), UPDATE, 0, 0)).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('shares the turns of a node evenly among the others that are as near', () => {
    const all = new LeaderPlacement(world, [ledByAll([0, 1, 2, 3])], null, 'leader')
    expect(routes(all, UPDATE, 0, 1)).toEqual([0, 2, 0, 2, 0, 2])
    expect(routes(single(world, 'any'), READ, 0, 3, 7)).toEqual([0, 6, 1, 4, 0, 6])
    expect(routes(single(world, 'nearest'), READ, 2, 7)).toEqual([6, 6, 6, 6, 6, 6])
  })

  it('goes on to the next nearest leaders, or followers, only where clients fail over', () => {
    expect(routes(zones(failingOver), UPDATE, 0, 0)).toEqual([3, 3, 3, 3, 3, 3])
    expect(routes(zones(failingOver), UPDATE, 0, 0, 3)).toEqual([6, 6, 6, 6, 6, 6])
    expect(routes(zones(failingOver), UPDATE, 1, 3)).toEqual([0, 6, 0, 6, 0, 6])
    // The leader is 3: reads of followers do not fall back on it.
    expect(routes(single(failingOver, 'follower'), READ, 1, 4)).toEqual([0, 6, 1, 7, 0, 6])
    expect(routes(single(world, 'follower'), READ, 1, 4)).toEqual([4, 4, 4, 4, 4, 4])
  })

  it('takes turns among all where all are down', () => {
    expect(routes(zones(failingOver), UPDATE, 2, 0, 3, 6)).toEqual([6, 3, 0, 6, 3, 0])
    expect(routes(single(world, 'nearest'), READ, 0, 0, 1)).toEqual([0, 1, 0, 1, 0, 1])
  })
})

describe('a group for each partition of a ring', () => {
  it('spreads leaders evenly over all nodes, or over those of one zone', () => {
    const { lists, ring } = preferenceLists(world, 3, 'ring', 0, random)
    const leads = (zone: number | undefined) => {
      const counts = new Array<number>(9).fill(0)
      for (const list of lists) {
        const leader = ledByOne(world, list, zone).leaders[0] as NodeId
        counts[leader] = (counts[leader] as number) + 1
      }
      return counts
    }
    expect(leads(undefined)).toEqual(new Array(9).fill(lists.length / 9))
    expect(leads(1).map((count) => count > 0)).toEqual([false, false, false, true, true, true, false, false, false])

    const placement = new LeaderPlacement(
      world,
      lists.map((list) => ledByOne(world, list, undefined)),
      ring,
      'leader',
    )
    for (let key = 0; key < 50; key++) {
      expect(placement.replicas(key)).toEqual(lists[placement.groupOf(key)])
      expect(placement.route(requestOf(UPDATE, 0, 0, key))).toBe(placement.replicas(key)[0])
    }
  })
})
