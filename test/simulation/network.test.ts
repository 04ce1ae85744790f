/**
 * The network between fake processes: delays by name, order, loss, bandwidth, crashes and short cuts. What long cuts do to tcp
 * connections is in stalls.test.ts.
 */
import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { MILLISECOND } from '../../src/core/units.js'
import { compile } from '../../src/distributions/index.js'
import { type Shape, SmallNetwork } from './small-network.js'

const RANDOM = 'exponential(10ms)'
const OPERATIONS = 40
/** Two nodes in zone 0, one in zone 1, and clients in both. */
const NODES = [0, 0, 1]
const FIRST_CLIENT = 3

/** Arrivals of one message for each operation from node 0 to node 2. */
function delays(shape: Partial<Shape>, between: (net: SmallNetwork, operation: number) => void = () => {}): number[] {
  const net = new SmallNetwork({ nodes: NODES, clients: [0, 0, 1], delay: RANDOM, transport: 'datagram', ...shape })
  for (let operation = 1; operation <= OPERATIONS; operation++) {
    between(net, operation)
    net.sendFor(operation, 0, 2)
  }
  net.runToTheEnd()
  return Array.from({ length: OPERATIONS }, (_, i) => net.arrivalOf(i + 1))
}

describe('a delay', () => {
  test('is the quantile of the law at what the message is named by', () => {
    // Pair (0, 2) among five names, three nodes and two zones; leg 0, attempt 0.
    const dice = RandomStream.ofSeed(1).dice('delay')
    const law = compile(RANDOM, 'time')
    const expected = Array.from({ length: OPERATIONS }, (_, i) => law.at(dice.roll(i + 1, 2 << 11)) / MILLISECOND)
    expect(delays({})).toEqual(expected)
    expect(new Set(expected).size).toBe(OPERATIONS)
  })

  test('is the same whatever else was sent before', () => {
    const alone = delays({})
    const crowded = delays({}, (net, operation) => {
      net.send(0, 2, -1)
      net.sendFor(operation + 1000, 0, 2)
      net.sendFor(operation + 1000, 1, 2)
    })
    expect(crowded).toEqual(alone)
    expect(delays({ seed: 2 })).not.toEqual(alone)
  })

  test.each([
    ['leg', { leg: 1 }],
    ['attempt', { attempt: 1 }],
  ])('is another for another %s', (_, sent) => {
    const net = new SmallNetwork({ nodes: NODES, delay: RANDOM, transport: 'datagram' })
    net.sendFor(1, 0, 2)
    net.sendFor(1, 0, 2, sent)
    net.runToTheEnd()
    const [first, second] = net.arrivals.map(([, at]) => at)
    expect(first).not.toBe(second)
  })

  test('is one for all clients of a zone, and another for the other zone', () => {
    const arrivalAt = (client: number): number => {
      const net = new SmallNetwork({ nodes: NODES, clients: [0, 0, 1], delay: RANDOM })
      net.sendFor(1, FIRST_CLIENT + client, 0)
      net.runToTheEnd()
      return net.arrivalOf(1)
    }
    expect(arrivalAt(1)).toBe(arrivalAt(0))
    expect(arrivalAt(2)).not.toBe(arrivalAt(0))
  })

  test('of background traffic follows its count for each pair, and not the traffic of operations or other pairs', () => {
    const background = (disturb: (net: SmallNetwork) => void): number[] => {
      const net = new SmallNetwork({ nodes: NODES, delay: RANDOM, transport: 'datagram' })
      for (let name = 1; name <= OPERATIONS; name++) {
        disturb(net)
        net.send(0, 2, name)
      }
      net.runToTheEnd()
      return Array.from({ length: OPERATIONS }, (_, i) => net.arrivalOf(i + 1))
    }
    const alone = background(() => {})
    expect(new Set(alone).size).toBe(OPERATIONS)
    const others = background((net) => {
      net.sendFor(1000, 0, 2)
      net.send(1, 2, 1001)
      net.send(2, 0, 1002)
    })
    expect(others).toEqual(alone)
  })
})

describe('order', () => {
  const namesAt = (net: SmallNetwork, to: number): number[] =>
    net.arrivals.filter(([, , at]) => at === to).map(([name]) => name)
  const inOrder = Array.from({ length: OPERATIONS }, (_, i) => i + 1)

  test('is kept by tcp on a connection, and a message is held up only by those before it', () => {
    const net = new SmallNetwork({ nodes: NODES, delay: RANDOM })
    for (const operation of inOrder) net.sendFor(operation, 0, 2)
    net.runToTheEnd()
    expect(namesAt(net, 2)).toEqual(inOrder)
    const free = delays({})
    const latest = free.map((_, i) => Math.max(...free.slice(0, i + 1)))
    expect(inOrder.map((name) => net.arrivalOf(name))).toEqual(latest)
  })

  test('is not kept between connections: other senders, other receivers, the other direction, other clients', () => {
    const net = new SmallNetwork({ nodes: NODES, clients: [0, 0], delay: RANDOM })
    // Each route's messages wait for one another, as if they were alone, and for nobody else's.
    const routes = [
      [0, 2],
      [1, 2],
      [0, 1],
      [2, 0],
      [FIRST_CLIENT, 2],
      [FIRST_CLIENT + 1, 2],
      [2, FIRST_CLIENT],
      [2, FIRST_CLIENT + 1],
    ] as const
    const alone = (operation: number, from: number, to: number): number => {
      const single = new SmallNetwork({ nodes: NODES, clients: [0, 0], delay: RANDOM })
      single.sendFor(operation, from, to)
      single.runToTheEnd()
      return single.arrivalOf(operation)
    }
    for (const [way, [from, to]] of routes.entries()) {
      for (const i of [1, 2, 3, 4]) net.sendFor(10 * way + i, from, to)
    }
    net.runToTheEnd()
    for (const [way, [from, to]] of routes.entries()) {
      let latest = 0
      for (const i of [1, 2, 3, 4]) {
        latest = Math.max(latest, alone(10 * way + i, from, to))
        expect(net.arrivalOf(10 * way + i)).toBe(latest)
      }
    }
  })

  test('is not kept by datagrams', () => {
    const free = delays({})
    expect(free).not.toEqual([...free].sort((left, right) => left - right))
  })
})

describe('loss', () => {
  const MESSAGES = 20_000

  /** So many messages, 1 minute apart so that none waits for another. */
  function lossy(loss: number, transport: 'tcp' | 'datagram', send: (net: SmallNetwork, i: number) => void) {
    const net = new SmallNetwork({ nodes: NODES, loss, transport })
    for (let i = 0; i < MESSAGES; i++) {
      send(net, i)
      net.runUntil(60_000 * (i + 1))
    }
    return net
  }

  test.each([
    ['operations', (net: SmallNetwork, i: number) => net.sendFor(i, 0, 2)],
    ['background traffic', (net: SmallNetwork, i: number) => net.send(0, 2, i)],
  ])('of datagrams is as likely as stated, for %s', (_, send) => {
    const { counters } = lossy(0.2, 'datagram', send)
    expect(counters.lost + counters.delivered).toBe(MESSAGES)
    // Five standard errors: 5 sqrt(0.2 * 0.8 / 20000).
    expect(Math.abs(counters.lost / MESSAGES - 0.2)).toBeLessThan(0.0142)
    expect(counters.retransmissions).toBe(0)
  })

  test('over tcp costs 200 ms, doubling, as often as the segment is lost; beyond 7 losses the connection is reset', () => {
    const net = lossy(0.5, 'tcp', (sending, i) => sending.sendFor(i, 0, 2))
    const losses = new Map<number, number>()
    for (const [i, at] of net.arrivals) {
      const waited = at - 60_000 * i - 10
      losses.set(waited, (losses.get(waited) ?? 0) + 1)
    }
    const waits = [...losses.keys()].sort((left, right) => left - right)
    expect(waits).toEqual([0, 200, 600, 1400, 3000, 6200, 12600, 25400])
    waits.forEach((wait, times) => {
      const share = 0.5 ** (times + 1)
      const standardError = Math.sqrt((share * (1 - share)) / MESSAGES)
      expect(Math.abs((losses.get(wait) as number) / MESSAGES - share)).toBeLessThan(5 * standardError)
    })
    expect(net.counters.lost).toBe(MESSAGES - net.counters.delivered)
    expect(Math.abs(net.counters.lost / MESSAGES - 0.5 ** 8)).toBeLessThan(5 * Math.sqrt(0.5 ** 8 / MESSAGES))
    const sentAgain = waits.reduce((sum, wait, times) => sum + times * (losses.get(wait) as number), 0)
    expect(net.counters.retransmissions).toBe(sentAgain)
  })

  test('over tcp holds up what follows on the connection, and nothing else', () => {
    const net = new SmallNetwork({ nodes: NODES, loss: 0.3 })
    for (let i = 1; i <= OPERATIONS; i++) net.sendFor(i, 0, 2)
    net.runToTheEnd()
    const arrivals = net.arrivals.map(([, at]) => at)
    const free = Array.from({ length: OPERATIONS }, (_, i) => {
      const single = new SmallNetwork({ nodes: NODES, loss: 0.3 })
      single.sendFor(i + 1, 0, 2)
      single.runToTheEnd()
      return single.arrivalOf(i + 1)
    })
    expect(new Set(free).size).toBeGreaterThan(2)
    expect(arrivals).toEqual(free.map((_, i) => Math.max(...free.slice(0, i + 1))))
  })
})

describe('bandwidth', () => {
  test('queues the bytes of all messages of a link, and of no other', () => {
    const net = new SmallNetwork({ nodes: NODES, bandwidth: 100, transport: 'datagram' })
    net.send(0, 2, 1, { bytes: 1000 })
    net.send(1, 2, 2, { bytes: 500 })
    net.send(2, 0, 3, { bytes: 100 })
    net.send(0, 1, 4, { bytes: 200 })
    net.runUntil(100)
    net.send(0, 2, 5, { bytes: 100 })
    net.runToTheEnd()
    expect(net.arrivals).toEqual([
      [3, 11, 0],
      [4, 12, 1],
      [1, 20, 2],
      [2, 25, 2],
      [5, 111, 2],
    ])
    expect([net.counters.bytes, net.counters.wanBytes]).toEqual([1900, 1700])
  })
})

describe('a cut', () => {
  const datagrams = (): SmallNetwork => new SmallNetwork({ nodes: NODES, transport: 'datagram' })

  test('takes datagrams that are sent into it, and those that it catches on their way', () => {
    const net = datagrams()
    net.send(0, 2, 1)
    net.runUntil(5)
    net.cut(0, 1)
    net.send(0, 2, 2)
    net.send(2, 0, 3)
    net.send(0, 1, 4)
    net.runUntil(20)
    expect(net.arrivals.map(([name]) => name)).toEqual([3, 4])
    expect([net.counters.cut, net.network.inFlight]).toEqual([2, 0])
  })

  test('takes no datagram that was on its way when it began and ended', () => {
    const net = datagrams()
    net.send(0, 2, 1)
    net.runUntil(2)
    net.cut(0, 1)
    net.send(0, 2, 2)
    net.runUntil(5)
    net.heal(0, 1)
    net.send(0, 2, 3)
    net.runToTheEnd()
    expect(net.arrivals.map(([name, at]) => [name, at])).toEqual([
      [1, 10],
      [3, 15],
    ])
  })

  test('that overlaps another ends with the later of them', () => {
    const net = datagrams()
    const first = net.cut(0, 1)
    net.cut(0, 1)
    net.network.heal(first)
    net.send(0, 2, 1)
    net.heal(0, 1)
    net.send(0, 2, 2)
    net.runToTheEnd()
    expect(net.arrivals.map(([name]) => name)).toEqual([2])
    expect(() => net.network.heal(first)).toThrow('a cut ends once.')
  })
})

describe('a process that is down', () => {
  test('refuses connections: its host says so after the delay back', () => {
    const net = new SmallNetwork({ nodes: NODES, clients: [0] })
    net.process(2).crash()
    net.send(FIRST_CLIENT, 2, 1)
    net.runToTheEnd()
    expect(net.refusals).toEqual([[1, 20, 2]])
    expect([net.arrivals.length, net.counters.dead, net.network.inFlight]).toEqual([0, 1, 0])
  })

  test('is silent where the way back is cut, or the sender is down too', () => {
    const net = new SmallNetwork({ nodes: NODES, clients: [0] })
    net.process(2).crash()
    net.cut(1, 0)
    net.send(FIRST_CLIENT, 2, 1)
    net.runUntil(50)
    net.heal(1, 0)
    net.send(0, 2, 2)
    net.process(0).crash()
    net.runToTheEnd()
    expect([net.refusals, net.counters.dead]).toEqual([[], 2])
  })

  test('does not receive in its next life what was sent to an earlier one', () => {
    const net = new SmallNetwork({ nodes: NODES, clients: [0] })
    net.send(FIRST_CLIENT, 2, 1)
    net.process(2).crash()
    net.process(2).up = true
    net.send(FIRST_CLIENT, 2, 2)
    net.runToTheEnd()
    expect(net.arrivals).toEqual([[2, 10, 2]])
    expect(net.refusals).toEqual([[1, 20, 2]])
  })
})

test('what a process has no room for counts as refused, and not as delivered', () => {
  const net = new SmallNetwork({ nodes: NODES })
  net.process(2).hasRoom = false
  net.send(0, 2, 1)
  net.runToTheEnd()
  expect([net.counters.refused, net.counters.delivered, net.network.inFlight]).toEqual([1, 0, 0])
})

test('connections of many clients, more than there was room for at first, keep their own order', () => {
  const clients = Array.from({ length: 500 }, () => 0)
  const net = new SmallNetwork({ nodes: [0], clients, delay: RANDOM })
  for (const i of [1, 2, 3]) {
    for (const client of clients.keys()) net.sendFor(10 * client + i, 1 + client, 0)
  }
  net.runToTheEnd()
  clients.forEach((_, client) => {
    const names = net.arrivals.map(([name]) => name).filter((name) => Math.floor(name / 10) === client)
    expect(names).toEqual([1, 2, 3].map((i) => 10 * client + i))
  })
})

describe('messages of a periodic series', () => {
  const periodic = (net: SmallNetwork, from: number, to: number, name: number) =>
    net.network.send(from, to, { kind: name, work: 0, leg: 0, operation: -1, attempt: 0, bytes: 0 }, true)

  test('are in flight as others are, and counted beside them until they arrive', () => {
    const net = new SmallNetwork({ nodes: NODES })
    periodic(net, 0, 2, 1)
    net.send(0, 2, 2)
    expect([net.network.inFlight, net.network.periodicInFlight]).toEqual([2, 1])
    net.runToTheEnd()
    expect([net.network.inFlight, net.network.periodicInFlight]).toEqual([0, 0])
    expect(net.arrivals.map(([name]) => name)).toEqual([1, 2])
  })

  test.each(['tcp', 'datagram'] as const)('are ordinary once a cut meets them, over %s', (transport) => {
    const net = new SmallNetwork({ nodes: NODES, transport })
    periodic(net, 0, 2, 1)
    net.cut(0, 1)
    periodic(net, 0, 2, 2)
    expect(net.network.periodicInFlight).toBe(1)
    net.runUntil(15)
    const held = transport === 'tcp' ? 2 : 0
    expect([net.network.inFlight, net.network.periodicInFlight]).toEqual([held, 0])
    net.heal(0, 1)
    net.runToTheEnd()
    expect(net.arrivals.length).toBe(held)
    expect([net.network.inFlight, net.network.periodicInFlight]).toEqual([0, 0])
  })

  test('are counted out where they find the node down', () => {
    const net = new SmallNetwork({ nodes: NODES })
    periodic(net, 0, 2, 1)
    net.process(2).crash()
    net.runToTheEnd()
    expect([net.network.inFlight, net.network.periodicInFlight, net.counters.dead]).toEqual([0, 0, 1])
  })
})
