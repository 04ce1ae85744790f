/**
 * What a cut does to tcp: the segment that meets it is sent again after 200 ms, doubling, until it gets through, its connection is reset
 * after 30 s or one end closes it; what follows waits behind it. And the conservation of messages under everything that can befall them.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Impairment } from '../../src/simulation/impairments.js'
import { SmallNetwork } from './small-network.js'

/** Two nodes in zone 0, one in zone 1, a client in zone 0. */
const NODES = [0, 0, 1]
const CLIENT = 3

const cutNetwork = (): SmallNetwork => {
  const net = new SmallNetwork({ nodes: NODES, clients: [0] })
  net.cut(0, 1)
  return net
}

describe('a tcp segment that meets a cut', () => {
  // It meets the cut at 10 ms; sent again 0.2, 0.6, 1.4, 3 and 6.2 s later, and then takes 10 ms.
  test.each([
    [100, 220],
    [300, 620],
    [700, 1420],
    [1500, 3020],
    [3100, 6220],
  ])('of %i ms arrives after %i ms', (healed, arrives) => {
    const net = cutNetwork()
    net.send(0, 2, 1)
    net.runUntil(healed)
    net.heal(0, 1)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([[1, arrives, 2]])
    expect(net.counters.retransmissions).toBe(Math.log2((arrives - 20) / 200 + 1))
  })

  test('waits also if it was on its way when the cut began', () => {
    const net = new SmallNetwork({ nodes: NODES })
    net.send(0, 2, 1)
    net.runUntil(5)
    net.cut(0, 1)
    net.runUntil(100)
    net.heal(0, 1)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([[1, 220, 2]])
  })

  test('that began and ended while it was on its way passes', () => {
    const net = new SmallNetwork({ nodes: NODES })
    net.send(0, 2, 1)
    net.cut(0, 1)
    net.runUntil(5)
    net.heal(0, 1)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([[1, 10, 2]])
  })

  test('waits again if there is another cut when it would arrive', () => {
    const net = cutNetwork()
    net.send(0, 2, 1)
    net.runUntil(100)
    net.heal(0, 1)
    net.runUntil(215)
    net.cut(0, 1)
    net.runUntil(300)
    net.heal(0, 1)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([[1, 430, 2]])
  })

  test('is sent again by no host that has lost power, whether it met the cut before that or after', () => {
    for (const [lost, isSilent] of [
      [50, true],
      [5, true],
      [50, false],
    ] as const) {
      const net = new SmallNetwork({ nodes: NODES })
      net.send(0, 2, 1)
      net.send(1, 2, 2)
      net.cut(0, 1)
      net.runUntil(lost)
      net.process(0).crash()
      net.network.silence(0, isSilent)
      net.runUntil(100)
      net.heal(0, 1)
      net.runToTheEnd()
      // Of a process that has crashed the host goes on with what it was given.
      expect(net.arrivals.map(([name]) => name)).toEqual(isSilent ? [2] : [1, 2])
      expect(net.counters.cut).toBe(isSilent ? 1 : 0)
      expect(net.network.inFlight).toBe(0)
    }
  })

  test('holds up what follows on its connection, in order, and no other connection', () => {
    const net = cutNetwork()
    net.send(0, 2, 1)
    net.send(0, 2, 2)
    net.runUntil(100)
    net.heal(0, 1)
    net.send(0, 2, 3)
    net.send(1, 2, 4)
    net.send(2, 0, 5)
    net.runUntil(150)
    net.send(0, 2, 6)
    net.runUntil(215)
    net.send(0, 2, 7)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([
      [4, 110, 2],
      [5, 110, 0],
      [1, 220, 2],
      [2, 220, 2],
      [3, 220, 2],
      [6, 220, 2],
      [7, 225, 2],
    ])
  })

  test('is given up with all that waits once 30 s have passed: at the retransmission after 51 s', () => {
    const net = cutNetwork()
    net.send(0, 2, 1)
    net.runUntil(40_000)
    net.send(0, 2, 2)
    net.runUntil(51_009)
    expect([net.counters.cut, net.network.inFlight]).toEqual([0, 2])
    net.runUntil(51_010)
    expect([net.counters.cut, net.network.inFlight]).toEqual([2, 0])
    net.heal(0, 1)
    net.send(0, 2, 3)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([[3, 51_020, 2]])
  })

  test('is not received by a later life of the process that it was sent to', () => {
    const net = cutNetwork()
    net.send(0, 2, 1)
    net.runUntil(50)
    net.process(2).crash()
    net.process(2).up = true
    net.send(0, 2, 2)
    net.heal(0, 1)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([[2, 220, 2]])
    expect([net.counters.dead, net.counters.delivered]).toEqual([1, 1])
  })
})

describe('a client that gives up its stalled connections', () => {
  test('loses what they held, in both directions, and opens another that stalls for itself', () => {
    const net = cutNetwork()
    net.cut(1, 0)
    net.send(CLIENT, 2, 1)
    net.send(2, CLIENT, 2)
    net.send(0, 2, 3)
    net.runUntil(50)
    net.network.abandonStalled(CLIENT)
    expect([net.counters.cut, net.network.inFlight]).toEqual([2, 1])
    net.heal(0, 1)
    net.heal(1, 0)
    net.send(CLIENT, 2, 4)
    net.send(2, CLIENT, 5)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([
      [4, 60, 2],
      [5, 60, CLIENT],
      [3, 220, 2],
    ])
  })

  test('does not wait on the new one for what is still on its way on the old', () => {
    const delay = 'exponential(10ms)'
    const alone = (operation: number): number => {
      const single = new SmallNetwork({ nodes: NODES, clients: [0], delay })
      single.sendFor(operation, CLIENT, 2)
      single.runToTheEnd()
      return single.arrivalOf(operation)
    }
    const byDelay = Array.from({ length: 40 }, (_, operation) => operation).sort((a, b) => alone(a) - alone(b))
    const [fastest, second, slowest] = [byDelay[0], byDelay[1], byDelay[39]] as [number, number, number]
    const net = new SmallNetwork({ nodes: NODES, clients: [0], delay })
    net.cut(0, 1)
    net.sendFor(fastest, CLIENT, 2)
    net.sendFor(slowest, CLIENT, 2)
    net.runUntil(2)
    net.network.abandonStalled(CLIENT)
    expect(net.counters.cut).toBe(1)
    net.heal(0, 1)
    net.sendFor(second, CLIENT, 2)
    net.runToTheEnd()
    expect(net.arrivalOf(second)).toBeCloseTo(2 + alone(second), 9)
  })

  test('is not disturbed by what the old connection had on the calendar', () => {
    const net = cutNetwork()
    net.send(CLIENT, 2, 1)
    net.runUntil(100)
    net.network.abandonStalled(CLIENT)
    net.send(CLIENT, 2, 2)
    // The second meets the cut at 110 ms, and is sent again at 310 ms; the first would have been at 210 ms.
    net.runUntil(150)
    net.heal(0, 1)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([[2, 320, 2]])
  })
})

type Command =
  | { readonly does: 'send'; readonly from: number; readonly to: number }
  | { readonly does: 'cut' | 'heal'; readonly from: number; readonly to: number }
  | { readonly does: 'crash' | 'restart' | 'fill'; readonly node: number }
  | { readonly does: 'abandon' | 'repair' }
  | { readonly does: 'impair'; readonly loss: number; readonly duplication: number; readonly factor: number }
  | { readonly does: 'run'; readonly after: number }

const process = fc.integer({ min: 0, max: 3 })
const zone = fc.integer({ min: 0, max: 1 })
const node = fc.integer({ min: 0, max: 2 })
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ does: fc.constant('send'), from: process, to: process }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom('cut', 'heal'), from: zone, to: zone }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('crash', 'restart', 'fill'), node }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('abandon', 'repair') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('impair'),
      loss: fc.constantFrom(0, 0.5, 1),
      duplication: fc.constantFrom(0, 0.5, 1),
      factor: fc.constantFrom(1, 10, 1000),
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('run'), after: fc.constantFrom(1, 7, 150, 3000, 60_000) }) },
)

/** Carries out commands that make sense where they stand, and counts cuts so that only what was cut is healed. */
function carryOut(net: SmallNetwork, commands: readonly Command[], afterEach: () => void): void {
  const cuts = new Map<string, number>()
  const impairments: Impairment[] = []
  const run = (next: Command): void => {
    switch (next.does) {
      case 'send':
        // Nothing is sent to oneself over the network, nor by who is down, nor between clients.
        if (next.from !== next.to && net.process(next.from).up) net.send(next.from, next.to, 1, { bytes: 10 })
        return
      case 'cut':
      case 'heal': {
        const link = `${next.from}-${next.to}`
        const inForce = cuts.get(link) ?? 0
        if (next.does === 'heal' && inForce === 0) return
        net[next.does](next.from, next.to)
        cuts.set(link, inForce + (next.does === 'cut' ? 1 : -1))
        return
      }
      case 'crash':
        if (net.process(next.node).up) net.process(next.node).crash()
        return
      case 'restart':
        net.process(next.node).up = true
        return
      case 'fill':
        net.process(next.node).hasRoom = !net.process(next.node).hasRoom
        return
      case 'abandon':
        net.network.abandonStalled(CLIENT)
        return
      case 'impair':
        impairments.push(net.network.impair({ ...next, flows: [{ from: [0, 2], to: [0, 2, 3] }], extra: null }))
        return
      case 'repair':
        if (impairments.length > 0) net.network.repair(impairments.shift() as Impairment)
        return
      case 'run':
        net.runUntil(net.now + next.after)
    }
  }
  for (const next of commands) {
    run(next)
    afterEach()
  }
}

test.each(['tcp', 'datagram'] as const)(
  'over %s every message is accounted for exactly once, whatever happens',
  (transport) => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 20, maxLength: 120 }), fc.nat(), (commands, seed) => {
        const shape = {
          nodes: NODES,
          clients: [0],
          delay: 'exponential(10ms)',
          loss: 0.2,
          bandwidth: 100,
          transport,
          seed,
        }
        const net = new SmallNetwork(shape)
        const { counters } = net
        const assertConservation = (): void => {
          const { sent, duplicated, delivered, lost, cut, dead, refused } = counters
          expect(delivered + lost + cut + dead + refused + net.network.inFlight).toBe(sent + duplicated)
          expect(net.network.inFlight).toBeGreaterThanOrEqual(0)
          expect(delivered).toBe(net.arrivals.length)
        }
        carryOut(net, commands, assertConservation)
        net.runToTheEnd()
        assertConservation()
        expect(net.network.inFlight).toBe(0)
      }),
      { seed: 7, numRuns: 300 },
    )
  },
)
