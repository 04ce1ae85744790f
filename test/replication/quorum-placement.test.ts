/** What quorum replication asks of its placement: who holds a key, who stands in, who coordinates, and what levels mean there. */
import { describe, expect, it } from 'vitest'
import { NO_OPERATION } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import type { World } from '../../src/core/world.js'
import { READ } from '../../src/history/operation-kinds.js'
import { quorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { QuorumPlacement } from '../../src/replication/leaderless/quorum-placement.js'
import { worldOf } from './fake-cluster.js'

const KEYS = [0, 1, 2, 17, 99]

/** Zones a, b and c of four nodes each, as far apart as the alphabet. */
const WORLD = worldOf([4, 4, 4])

function placementOf(options: object, world: World = WORLD): QuorumPlacement {
  return new QuorumPlacement(quorumOptions.parse(options), world, RandomStream.ofSeed(3))
}

describe('copies by zone', () => {
  const placement = placementOf({ n: { a: 3, c: 1 }, tokens: 'random' })

  it('are so many in each zone, and none where the zone is not named', () => {
    for (const key of KEYS) {
      const zones = placement.replicas(key).map((node) => WORLD.zoneOf[node])
      expect(zones.toSorted()).toEqual([0, 0, 0, 2])
    }
  })

  it('are what holds tells of', () => {
    for (const key of KEYS) {
      const holders = WORLD.zoneOf.flatMap((_, node) => (placement.holds(node, key) ? [node] : []))
      expect(holders).toEqual(placement.replicas(key).toSorted((left, right) => left - right))
    }
  })

  it('have stand-ins of the same zone first, and others when it has none', () => {
    for (const key of KEYS) {
      const others = placement.fallbacks(key)
      // One more of zone a and three more of zone c.
      expect(others.map((node) => WORLD.zoneOf[node]).toSorted()).toEqual([0, 2, 2, 2])
      const ofZone = (zone: number) => placement.replicas(key).find((node) => WORLD.zoneOf[node] === zone) as number
      const [fourth] = others.filter((node) => WORLD.zoneOf[node] === 0)
      expect(placement.standIn(ofZone(0), others)).toBe(fourth)
      expect(placement.standIn(ofZone(2), others)).toBe(others.find((node) => WORLD.zoneOf[node] === 2))
      const rest = others.filter((node) => node !== fourth)
      expect(placement.standIn(ofZone(0), rest)).toBe(rest[0])
      expect(placement.standIn(ofZone(0), [])).toBeUndefined()
    }
  })
})

it('a number of copies has the next node of the walk for a stand-in, whatever its zone', () => {
  const placement = placementOf({ n: 3 })
  for (const key of KEYS) {
    const others = placement.fallbacks(key)
    expect(new Set([...placement.replicas(key), ...others]).size).toBe(12)
    for (const node of placement.replicas(key)) expect(placement.standIn(node, others)).toBe(others[0])
  }
})

describe('clients of a zone without copies', () => {
  const request = (zone: number, turn: number, key: number) => ({
    operation: 0,
    kind: READ,
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
  })

  it('ask the replicas of the nearest zone that has some', () => {
    const placement = placementOf({ n: { a: 2, b: 2 } })
    for (const key of KEYS) {
      const asked = new Set([0, 1, 2, 3].map((turn) => placement.route(request(2, turn, key))))
      const near = placement.replicas(key).filter((node) => WORLD.zoneOf[node] === 1)
      expect([...asked].toSorted()).toEqual(near.toSorted())
    }
  })

  it('ask another node there while those are down', () => {
    const placement = placementOf({ n: { a: 2, b: 2 } })
    for (const key of KEYS) {
      const replicas = placement.replicas(key)
      const node = placement.route(request(2, 0, key), (other) => replicas.includes(other))
      expect(WORLD.zoneOf[node]).toBe(1)
    }
  })
})

it('coordinators of a zone share what a level means, and those of others have their own', () => {
  const placement = placementOf({ n: { a: 3, b: 2 } })
  const inA = placement.requirement('LOCAL_QUORUM', 0)
  expect(placement.requirement('LOCAL_QUORUM', 0)).toBe(inA)
  const partition = placement.partitionOf(0)
  const replicas = placement.replicasOf(partition)
  expect(inA.of(partition, replicas).total).toBe(2)
  expect(placement.requirement('LOCAL_ONE', 0).of(partition, replicas).total).toBe(1)
  const [quota] = placement.requirement('LOCAL_QUORUM', 1).of(partition, replicas).quotas
  const counted = replicas.filter((_, place) => (quota.counted & (1 << place)) !== 0)
  expect(counted.map((node) => WORLD.zoneOf[node])).toEqual([1, 1])
})
