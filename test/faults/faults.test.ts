/** Faults as lists: what strikes whom and when, what is refused, and that `any` is the choice of the fault's own stream. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { SECOND } from '../../src/core/units.js'
import type { World } from '../../src/core/world.js'
import { crash } from '../../src/faults/crash.js'
import { faults } from '../../src/faults/index.js'
import { partition } from '../../src/faults/partition.js'
import { CRITICAL, uniformityScore } from '../chi-square.js'
import { worldOf } from '../replication/fake-cluster.js'

const world = worldOf([2, 1, 3])
const random = RandomStream.ofSeed(1)

/** Nodes numbered across zones in turn, so that a node's number is not its place in the list of names. */
const INTERLEAVED: World = {
  ...world,
  zones: [
    { name: 'us', nodes: [0, 2], clients: 0.5 },
    { name: 'eu-1', nodes: [1, 3], clients: 0.5 },
  ],
  zoneOf: [0, 1, 0, 1],
}

describe('a crash', () => {
  const options = crash.options.parse({ node: 'c-2', at: '10s', for: '5s' })

  it('is one strike on the node of that name', () => {
    expect(crash.schedule(options, world, 60 * SECOND, random)).toEqual([
      {
        name: 'crash',
        label: 'crash c-2',
        from: 10 * SECOND,
        to: 15 * SECOND,
        action: { verb: 'crash', node: 4 },
      },
    ])
  })

  it.each([
    ['us-1', 0],
    ['us-2', 2],
    ['eu-1-1', 1],
    ['eu-1-2', 3],
  ])('of %s means node %d of a world whose zones are interleaved', (node, number) => {
    const [strike] = crash.schedule({ ...options, node }, INTERLEAVED, 60 * SECOND, random)
    expect(strike?.action).toEqual({ verb: 'crash', node: number })
    expect(strike?.label).toBe(`crash ${node}`)
  })

  it('strikes only if it begins before the end, and may outlast it', () => {
    expect(crash.schedule(options, world, 10 * SECOND, random)).toEqual([])
    expect(crash.schedule(options, world, 10 * SECOND + 1, random)).toHaveLength(1)
  })

  it('of any node takes each equally often, by its stream alone, and calls it by its name', () => {
    const any = { ...options, node: 'any' }
    const struckBy = (seed: number): number => {
      const [strike] = crash.schedule(any, world, 60 * SECOND, RandomStream.ofSeed(seed))
      if (strike?.action.verb !== 'crash') return expect.fail('a crash crashes.')
      expect(strike.label).toBe(`crash ${['a-1', 'a-2', 'b-1', 'c-1', 'c-2', 'c-3'][strike.action.node]}`)
      return strike.action.node
    }
    expect(uniformityScore(6000, 6, struckBy)).toBeLessThan(CRITICAL)
    expect(struckBy(5)).toBe(struckBy(5))
  })

  it('takes the same from its stream whichever node it names', () => {
    const nextAfter = (node: string): number => {
      const stream = RandomStream.ofSeed(3)
      crash.schedule({ ...options, node }, world, 60 * SECOND, stream)
      return stream.next()
    }
    expect(nextAfter('b-1')).toBe(nextAfter('any'))
  })

  it('refuses a node that there is not, and says which there are', () => {
    for (const node of ['any', 'a-1', 'c-3']) expect(crash.check?.({ ...options, node }, world)).toBeUndefined()
    for (const node of ['a-0', 'a-3', 'b', 'd-1', '', 'Any']) {
      expect(crash.check?.({ ...options, node }, world)).toBe(
        `node: there is no node ${node}; the nodes are any, a-1, a-2, b-1, c-1, c-2, c-3`,
      )
    }
  })

  it('strikes any node unless told, and must be told when and for how long', () => {
    expect(crash.options.parse({ at: '1s', for: '2s' })).toEqual({ node: 'any', at: SECOND, for: 2 * SECOND })
    for (const wrong of [{ at: '1s' }, { for: '1s' }, { at: '-1s', for: '1s' }, { at: '1s', for: '1s', zone: 'a' }]) {
      expect(crash.options.safeParse(wrong).success).toBe(false)
    }
  })
})

describe('a partition', () => {
  const options = partition.options.parse({ isolate: 'b', at: '20s', for: '5s' })

  it('is one strike on the zone of that name, and takes nothing from its stream', () => {
    const stream = RandomStream.ofSeed(2)
    expect(partition.schedule(options, world, 60 * SECOND, stream)).toEqual([
      {
        name: 'partition',
        label: 'partition b',
        from: 20 * SECOND,
        to: 25 * SECOND,
        action: { verb: 'isolate', zone: 1 },
      },
    ])
    expect(stream.next()).toBe(RandomStream.ofSeed(2).next())
  })

  it('strikes only if it begins before the end, and may outlast it', () => {
    expect(partition.schedule(options, world, 20 * SECOND, random)).toEqual([])
    expect(partition.schedule(options, world, 20 * SECOND + 1, random)).toHaveLength(1)
  })

  it('refuses a zone that there is not, and says which there are', () => {
    for (const isolate of ['a', 'c']) expect(partition.check?.({ ...options, isolate }, world)).toBeUndefined()
    expect(partition.check?.({ ...options, isolate: 'any' }, world)).toBe(
      'isolate: there is no zone any; the zones are a, b, c',
    )
  })

  it('must be told whom, when and for how long', () => {
    for (const wrong of [
      { at: '1s', for: '1s' },
      { isolate: 'a', for: '1s' },
      { isolate: 'a', at: '1s' },
    ]) {
      expect(partition.options.safeParse(wrong).success).toBe(false)
    }
  })
})

it('the registry lists both', () => {
  expect(faults.names).toEqual(['crash', 'partition'])
  expect(faults.get('crash')?.name).toBe('crash')
})
