/** Which nodes are struck, and by how many processes: one for all, one for each, staggered, together, by name, by zone, by role. */
import { describe, expect, it } from 'vitest'
import type { NodeId } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import { SECOND } from '../../src/core/units.js'
import type { World } from '../../src/core/world.js'
import { crash } from '../../src/faults/crash.js'
import type { FaultStrike, NodeTarget } from '../../src/faults/fault.js'
import { CRITICAL, uniformityScore } from '../chi-square.js'
import { worldOf } from '../replication/fake-cluster.js'
import { INTERLEAVED } from './worlds.js'

/** Nodes a-1, a-2, b-1, c-1, c-2, c-3. */
const world = worldOf([2, 1, 3])
const ONCE = { at: '10s', for: '5s' }

function strikesOf(options: object, seed = 1, place: World = world, length = 60): readonly FaultStrike[] {
  return crash.schedule(crash.options.parse({ ...ONCE, ...options }), place, length * SECOND, RandomStream.ofSeed(seed))
}

function targetOf({ act }: FaultStrike): NodeTarget {
  return act.on === 'nodes' ? act.target : expect.fail('a crash strikes nodes.')
}

function nodesOf(strike: FaultStrike): readonly NodeId[] {
  const target = targetOf(strike)
  return target.kind === 'nodes' ? target.nodes : expect.fail('the nodes are known.')
}

const told = (strikes: readonly FaultStrike[]) =>
  strikes.map((strike) => [strike.label, strike.from / SECOND, strike.to / SECOND, nodesOf(strike)])

describe('a fault strikes', () => {
  it.each([
    ['us-1', [0]],
    ['us-2', [2]],
    ['eu-1-1', [1]],
    ['eu-1-2', [3]],
    ['us', [0, 2]],
    ['eu-1', [1, 3]],
    [
      ['us-2', 'eu-1-1'],
      [2, 1],
    ],
    [
      ['us', 'us-1', 'eu-1-2'],
      [0, 2, 3],
    ],
  ])('at %j the nodes %j of a world whose zones are interleaved, at the same time', (node, numbers) => {
    expect(told(strikesOf({ node }, 1, INTERLEAVED))).toEqual([[`crash ${[node].flat().join(', ')}`, 10, 15, numbers]])
  })

  it('at the node of a name that is also a zone', () => {
    const zones = [
      { name: 'eu', nodes: [0, 1], clients: 1 },
      { name: 'eu-1', nodes: [2], clients: 0 },
    ]
    expect(strikesOf({ node: 'eu-1' }, 1, { ...world, zones, zoneOf: [0, 0, 1] }).map(nodesOf)).toEqual([[0]])
  })

  it('any node, each equally often, by its stream alone, and calls it by its name', () => {
    const struckBy = (seed: number): NodeId => {
      const [strike] = strikesOf({}, seed) as [FaultStrike]
      const [node] = nodesOf(strike) as [NodeId]
      expect(strike.label).toBe(`crash ${['a-1', 'a-2', 'b-1', 'c-1', 'c-2', 'c-3'][node]}`)
      return node
    }
    expect(uniformityScore(6000, 6, struckBy)).toBeLessThan(CRITICAL)
    expect(struckBy(5)).toBe(struckBy(5))
  })

  it('any node, drawn anew for each strike of one process', () => {
    const strikes = strikesOf({ every: '0s', for: '10ms', at: '0s' })
    expect(strikes).toHaveLength(6000)
    expect(uniformityScore(6000, 6, (i) => nodesOf(strikes[i] as FaultStrike)[0] as NodeId)).toBeLessThan(CRITICAL)
    // One process strikes one node at a time.
    strikes.slice(1).forEach((strike, i) => {
      expect(strike.from).toBe((strikes[i] as FaultStrike).to)
    })
  })

  it('so many of any together, every set of them equally often', () => {
    const sets = new Map<string, number>()
    const setBy = (seed: number): number => {
      const nodes = nodesOf(strikesOf({ count: 2 }, seed)[0] as FaultStrike)
      expect(new Set(nodes).size).toBe(2)
      if (!sets.has(nodes.join())) sets.set(nodes.join(), sets.size)
      return sets.get(nodes.join()) as number
    }
    expect(uniformityScore(6000, 15, setBy)).toBeLessThan(CRITICAL)
  })

  it('each node by a process of its own', () => {
    const strikes = strikesOf({ node: 'each', at: undefined, every: 'exponential(1s)', for: 'exponential(1s)' })
    const times = world.zoneOf.map((_, node) => strikes.filter((strike) => nodesOf(strike)[0] === node))
    expect(Math.min(...times.map(({ length }) => length))).toBeGreaterThan(15)
    expect(new Set(times.map(([first]) => first?.from)).size).toBe(6)
    for (const own of times)
      own.slice(1).forEach((strike, i) => {
        expect(strike.from).toBeGreaterThanOrEqual((own[i] as FaultStrike).to)
      })
    expect(strikes.map(({ from }) => from)).toEqual([...strikes.map(({ from }) => from)].sort((a, b) => a - b))
  })

  it('each node in turn, as a rolling restart', () => {
    expect(told(strikesOf({ node: 'each', for: '2s', stagger: '5s' }))).toEqual([
      ['crash a-1', 10, 12, [0]],
      ['crash a-2', 15, 17, [1]],
      ['crash b-1', 20, 22, [2]],
      ['crash c-1', 25, 27, [3]],
      ['crash c-2', 30, 32, [4]],
      ['crash c-3', 35, 37, [5]],
    ])
    expect(strikesOf({ node: 'each', for: '2s', stagger: '5s' }, 1, world, 21)).toHaveLength(3)
  })

  it('the leader of a key that it draws, and the coordinator or who stands for it', () => {
    const keyBy = (seed: number): number => {
      const target = targetOf(strikesOf({ node: 'leader' }, seed)[0] as FaultStrike)
      return target.kind === 'leader' ? target.key : expect.fail('it strikes a leader.')
    }
    expect(uniformityScore(10_000, world.keys, keyBy)).toBeLessThan(CRITICAL)
    const [strike] = strikesOf({ node: 'coordinator' }) as [FaultStrike]
    expect(strike.label).toBe('crash coordinator')
    expect(targetOf(strike)).toEqual({ kind: 'coordinator', otherwise: expect.any(Number) })
  })

  it('at the same times whomever it strikes, and takes nothing from its stream', () => {
    const laws = { at: undefined, every: 'exponential(5s)', for: 'exponential(1s)' }
    const times = (node: unknown) => strikesOf({ ...laws, node }).map(({ from, to }) => [from, to])
    for (const node of ['b-1', ['a', 'c'], 'leader', 'coordinator']) expect(times(node)).toEqual(times('any'))
    const stream = RandomStream.ofSeed(3)
    crash.schedule(crash.options.parse(ONCE), world, 60 * SECOND, stream)
    expect(stream.next()).toBe(RandomStream.ofSeed(3).next())
  })
})

describe('nodes that are refused', () => {
  const complaint = (options: object): string | undefined =>
    crash.check?.(crash.options.parse({ ...ONCE, ...options }), world)

  it('are those that there are not; it is said which there are', () => {
    for (const node of ['any', 'each', 'leader', 'a-1', 'c-3', 'b', ['a', 'c-1']])
      expect(complaint({ node })).toBeUndefined()
    for (const node of ['a-0', 'a-3', 'd-1', '', 'Any', ['a-1', 'any'], ['z']]) {
      expect(complaint({ node })).toMatch(
        /^node: there is no node .*; the nodes are any, each, leader, coordinator, a-1, .* c-3, and those of a zone a, b, c$/,
      )
    }
  })

  it.each([
    [{ count: 7 }, 'count: 7 exceeds the 6 nodes'],
    [{ node: 'a-1', count: 1 }, 'count: it says how many of any'],
    [{ stagger: '1s' }, 'stagger: it strikes one node after the other'],
    [{ node: 'each', stagger: '1s', at: undefined, every: '1s' }, 'stagger: it strikes one node after the other'],
  ])('and %j', (options, words) => {
    expect(complaint(options)).toContain(words)
  })
})
