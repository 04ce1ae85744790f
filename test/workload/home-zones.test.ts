/** Homes: how records are dealt and inserted, and the shares of operations at home and elsewhere, within 4 standard errors. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { HomeZones } from '../../src/workload/home-zones.js'
import { sequential } from '../../src/workload/keys/sequential.js'
import { zipfian } from '../../src/workload/keys/zipfian.js'
import { CRITICAL, chiSquareScore } from '../chi-square.js'

const DRAWS = 1 << 16
/** Zones 0, 2 and 3 have clients. */
const CLIENTS = [0.5, 0, 0.3, 0.2]

const inOrder = (locality: number): HomeZones =>
  new HomeZones(8, CLIENTS, locality, (records) => sequential.create(records, {}))

describe('home zones', () => {
  it('deal records in turn to the zones that have clients', () => {
    const random = RandomStream.ofSeed(1)
    const homes = inOrder(1)
    const ofZone = (zone: number): number[] => [1, 2, 3, 4].map(() => homes.nextForRead(zone, random))
    expect([ofZone(0), ofZone(2), ofZone(3)]).toEqual([
      [0, 3, 6, 0],
      [1, 4, 7, 1],
      [2, 5, 2, 5],
    ])
  })

  it('insert at home, and draw what was inserted', () => {
    const random = RandomStream.ofSeed(1)
    const homes = inOrder(1)
    expect([homes.insert(3), homes.insert(0), homes.insert(3)]).toEqual([8, 9, 11])
    expect([1, 2, 3, 4, 5].map(() => homes.nextForWrite(3, random))).toEqual([2, 5, 8, 11, 2])
  })

  it('keep to the locality, and go elsewhere in proportion to clients', () => {
    const homes = new HomeZones(300, CLIENTS, 0.9, (records) => zipfian.create(records, { theta: 0.99 }))
    const random = RandomStream.ofSeed(2)
    const counts = [0, 0, 0]
    for (let i = 0; i < DRAWS; i++) {
      const place = (i % 2 === 0 ? homes.nextForRead(2, random) : homes.nextForWrite(2, random)) % 3
      counts[place] = (counts[place] as number) + 1
    }
    const [us, eu, ap] = counts as [number, number, number]
    expect(Math.abs(eu - 0.9 * DRAWS)).toBeLessThan(4 * Math.sqrt(DRAWS * 0.9 * 0.1))
    // Of 0.5 and 0.2.
    const away = us + ap
    expect(Math.abs(us - (away * 5) / 7)).toBeLessThan(4 * Math.sqrt((away * 10) / 49))
  })

  it('have the law by rank within a zone', () => {
    const homes = new HomeZones(300, CLIENTS, 1, (records) => zipfian.create(records, { theta: 0.99 }))
    const random = RandomStream.ofSeed(3)
    const counts = new Float64Array(100)
    for (let i = 0; i < DRAWS; i++) {
      const rank = (homes.nextForRead(3, random) - 2) / 3
      counts[rank] = (counts[rank] as number) + 1
    }
    const weights = counts.map((_, rank) => (rank + 1) ** -0.99)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    expect(
      chiSquareScore(
        counts,
        weights.map((weight) => (weight / total) * DRAWS),
      ),
    ).toBeLessThan(CRITICAL)
  })
})
