/**
 * What faults do to messages: cuts between single nodes and clients, loss, duplicates and delay; how they overlap; that nobody else's dice move; and
 * that each counts what it touched.
 */
import { describe, expect, test } from 'vitest'
import type { Flow } from '../../src/core/flow.js'
import { RandomStream } from '../../src/core/random.js'
import { MILLISECOND } from '../../src/core/units.js'
import { compile } from '../../src/distributions/index.js'
import type { Impairment, ImpairmentModel } from '../../src/simulation/impairments.js'
import { type Shape, SmallNetwork } from './small-network.js'

/** Two nodes in zone 0, one in zone 1, a client in each: parties 0 to 2, and 3 and 4 for the clients. */
const NODES = [0, 0, 1]
const CLIENT = 3
const PARTIES = [0, 1, 2, 3, 4]
const EVERYTHING: readonly Flow[] = [{ from: PARTIES, to: PARTIES }]
const RANDOM = 'exponential(10ms)'

const netOf = (shape: Partial<Shape> = {}): SmallNetwork =>
  new SmallNetwork({ nodes: NODES, clients: [0, 1], ...shape })

function impair(net: SmallNetwork, model: Partial<ImpairmentModel>): Impairment {
  return net.network.impair({ flows: EVERYTHING, loss: 0, duplication: 0, factor: 1, extra: null, ...model })
}

const namesOf = (net: SmallNetwork): readonly number[] => net.arrivals.map(([name]) => name)

describe('a cut', () => {
  test('between two nodes stops their messages one way, and no others', () => {
    const net = netOf({ transport: 'datagram' })
    const cut = net.network.cut([{ from: [0], to: [2] }])
    net.send(0, 2, 1)
    net.send(2, 0, 2)
    net.send(1, 2, 3)
    net.send(0, 1, 4)
    net.send(CLIENT, 2, 5)
    net.runToTheEnd()
    expect(namesOf(net)).toEqual([2, 3, 4, 5])
    expect([cut.touched, net.counters.cut]).toEqual([1, 1])
  })

  test('of a node cuts the clients of its own zone off too', () => {
    const net = netOf({ transport: 'datagram' })
    net.network.cut([
      { from: [0], to: [1, 2, 3, 4] },
      { from: [1, 2, 3, 4], to: [0] },
    ])
    net.send(CLIENT, 0, 1)
    net.send(0, CLIENT, 2)
    net.send(CLIENT, 1, 3)
    net.runToTheEnd()
    expect(namesOf(net)).toEqual([3])
  })

  test('that overlaps others leaves cut what they cut, and each counts what met it', () => {
    const net = netOf({ transport: 'datagram' })
    const wide = net.network.cut([{ from: [0, 1], to: [2] }])
    const narrow = net.network.cut([{ from: [0], to: [2] }])
    net.send(0, 2, 1)
    net.send(1, 2, 2)
    net.network.heal(wide)
    net.send(0, 2, 3)
    net.send(1, 2, 4)
    net.network.heal(narrow)
    net.send(0, 2, 5)
    net.runToTheEnd()
    expect(namesOf(net)).toEqual([4, 5])
    expect([wide.touched, narrow.touched]).toEqual([2, 2])
  })

  test('holds a tcp connection of two nodes up, and counts each message that meets it', () => {
    const net = netOf()
    const cut = net.network.cut([{ from: [0], to: [2] }])
    net.send(0, 2, 1)
    net.send(0, 2, 2)
    net.send(1, 2, 3)
    net.runUntil(100)
    net.network.heal(cut)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([
      [3, 10, 2],
      [1, 220, 2],
      [2, 220, 2],
    ])
    expect(cut.touched).toBe(2)
  })
})

test('the host of a silent node answers nobody', () => {
  const net = netOf()
  net.process(2).crash()
  net.network.silence(2, true)
  net.send(CLIENT, 2, 1)
  net.runUntil(100)
  net.network.silence(2, false)
  net.send(CLIENT, 2, 2)
  net.runToTheEnd()
  expect(net.refusals).toEqual([[2, 120, 2]])
  expect([net.counters.dead, net.network.missed[2]]).toEqual([2, 2])
})

describe('loss', () => {
  const MESSAGES = 20_000

  /** Shares of messages that did not arrive. */
  function lossOf(...losses: readonly number[]): number {
    const net = netOf({ transport: 'datagram', loss: losses[0] as number })
    for (const loss of losses.slice(1)) impair(net, { loss })
    for (let i = 0; i < MESSAGES; i++) net.sendFor(i, 0, 2)
    net.runToTheEnd()
    return 1 - net.arrivals.length / MESSAGES
  }

  test.each([
    [[0, 0.3], 0.3],
    [[0.1, 0.3], 0.37],
    [[0.1, 0.3, 0.5], 0.685],
    [[0.2, 1], 1],
  ])('of %j is lost independently: %d', (losses, share) => {
    expect(Math.abs(lossOf(...losses) - share)).toBeLessThanOrEqual(5 * Math.sqrt((share * (1 - share)) / MESSAGES))
  })

  test('loses what the link alone would lose, and more; only that counts as touched', () => {
    const arrived = (loss: number): readonly [ReadonlySet<number>, number] => {
      const net = netOf({ transport: 'datagram', loss: 0.2 })
      const impairment = impair(net, { loss })
      for (let i = 0; i < 2000; i++) net.sendFor(i, 0, 2)
      net.runToTheEnd()
      return [new Set(namesOf(net)), impairment.touched]
    }
    const [alone, none] = arrived(0)
    const [both, touched] = arrived(0.3)
    expect([...both].every((name) => alone.has(name))).toBe(true)
    expect([none, touched]).toEqual([0, alone.size - both.size])
    expect(touched).toBeGreaterThan(100)
  })

  test('over tcp is delay, and in order', () => {
    const net = netOf()
    const impairment = impair(net, { loss: 0.3 })
    for (let i = 0; i < 100; i++) net.sendFor(i, 0, 2)
    net.runToTheEnd()
    expect(namesOf(net)).toEqual(Array.from({ length: 100 }, (_, i) => i))
    expect(net.counters.retransmissions).toBeGreaterThan(20)
    expect(impairment.touched).toBeGreaterThan(10)
    expect(net.counters.lost).toBe(0)
  })
})

describe('duplication', () => {
  test('brings a share of datagrams twice, after a delay of their own, and each copy counts', () => {
    const net = netOf({ transport: 'datagram', delay: RANDOM })
    const impairment = impair(net, { duplication: 0.25 })
    for (let i = 0; i < 20_000; i++) net.sendFor(i, 0, 2)
    net.runToTheEnd()
    const twice = net.arrivals.length - 20_000
    expect(Math.abs(twice / 20_000 - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 20_000))
    expect([net.counters.duplicated, impairment.touched]).toEqual([twice, twice])
    expect(net.counters.delivered).toBe(net.counters.sent + net.counters.duplicated)
    // Same law, other dice: half of the copies come first, and they are 10 ms late on average.
    const times = new Map<number, number[]>()
    for (const [name, at] of net.arrivals) times.set(name, [...(times.get(name) ?? []), at])
    const pairs = [...times.values()].filter((ats) => ats.length === 2) as [number, number][]
    expect(pairs.filter(([first, second]) => first === second).length).toBeLessThan(3)
    const mean = pairs.flat().reduce((sum, at) => sum + at, 0) / (2 * pairs.length)
    expect(Math.abs(mean - 10)).toBeLessThan((5 * 10) / Math.sqrt(2 * pairs.length))
  })

  test('does nothing over tcp', () => {
    const net = netOf()
    const impairment = impair(net, { duplication: 1 })
    net.send(0, 2, 1)
    net.runToTheEnd()
    expect([net.arrivals.length, net.counters.duplicated, impairment.touched]).toEqual([1, 0, 0])
  })
})

describe('a slow link', () => {
  test('multiplies the delays of its flows and adds what it draws, and of no others', () => {
    const net = netOf({ transport: 'datagram' })
    const dice = RandomStream.ofSeed(5).dice('extra')
    const law = compile(RANDOM, 'time')
    const impairment = impair(net, { flows: [{ from: [0], to: [2] }], factor: 3, extra: { law, dice } })
    net.sendFor(1, 0, 2)
    net.sendFor(2, 2, 0)
    net.runToTheEnd()
    expect(net.arrivalOf(1)).toBeCloseTo(30 + law.at(dice.roll(1, 2 << 11)) / MILLISECOND, 9)
    expect(net.arrivalOf(2)).toBe(10)
    expect(impairment.touched).toBe(1)
  })

  test('that overlaps another multiplies its factor and adds its extra; taken back, all is as before', () => {
    const net = netOf({ transport: 'datagram' })
    const extra = { law: compile('7ms', 'time'), dice: RandomStream.ofSeed(1).dice('extra') }
    const first = impair(net, { factor: 3, extra })
    const second = impair(net, { factor: 1.5, extra })
    net.send(0, 2, 1)
    net.network.repair(first)
    net.send(0, 2, 2)
    net.network.repair(second)
    net.send(0, 2, 3)
    net.runToTheEnd()
    expect([1, 2, 3].map((name) => net.arrivalOf(name))).toEqual([59, 22, 10])
    expect(() => net.network.repair(second)).toThrow('an impairment ends once.')
  })

  test('slows the answer of a dead host and what tcp sends again', () => {
    const net = netOf()
    impair(net, { factor: 2 })
    net.process(2).crash()
    net.send(CLIENT, 2, 1)
    net.runToTheEnd()
    expect(net.refusals).toEqual([[1, 40, 2]])
    const cut = net.network.cut([{ from: [0], to: [1] }])
    net.send(0, 1, 2)
    net.runUntil(100)
    net.network.heal(cut)
    net.runToTheEnd()
    expect(net.arrivalOf(2)).toBe(40 + 20 + 200 + 20)
  })
})

test('no impairment moves the dice of anybody: what it spares arrives as without it', () => {
  const arrivals = (disturb: (net: SmallNetwork) => void): Map<number, number> => {
    const net = netOf({ transport: 'datagram', delay: RANDOM, loss: 0.1 })
    disturb(net)
    for (let i = 1; i <= 500; i++) {
      net.sendFor(i, 0, 2)
      net.send(0, 2, 1000 + i)
      net.sendFor(2000 + i, 1, 2)
    }
    net.runToTheEnd()
    return new Map(net.arrivals.map(([name, at]) => [name, at]).reverse() as [number, number][])
  }
  const calm = arrivals(() => {})
  const elsewhere = arrivals((net) => {
    const flows = [{ from: [0], to: [2] }]
    impair(net, { flows, loss: 0.5 })
    impair(net, { flows, duplication: 0.5 })
    impair(net, { flows, factor: 2 })
  })
  for (const [name, at] of calm) if (name > 2000) expect(elsewhere.get(name)).toBe(at)
  const lossy = arrivals((net) => impair(net, { loss: 0.5 }))
  expect(lossy.size).toBeLessThan(0.6 * calm.size)
  for (const [name, at] of lossy) expect(calm.get(name)).toBe(at)
})
