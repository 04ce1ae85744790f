/** The network by itself: processes that only note what reaches them and when. Times are in milliseconds. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_OPERATION } from '../../src/core/ids.js'
import { mix32, RandomStream } from '../../src/core/random.js'
import { compile } from '../../src/distributions/index.js'
import type { Message } from '../../src/replication/replica.js'
import { Network, type Receiver } from '../../src/simulation/network.js'
import { OperationDice } from '../../src/simulation/operation-dice.js'
import { Simulation } from '../../src/simulation/simulation.js'

const MILLISECOND = 1_000_000
const NODES = 4

interface Settings {
  readonly law?: string
  readonly loss?: number
  readonly bandwidth?: number
  readonly ordered?: boolean
}

class Process implements Receiver {
  up = true
  incarnation = 0
  readonly arrivals: { readonly name: number; readonly at: number }[] = []
  readonly refusals: { readonly name: number; readonly at: number }[] = []
  accepts = true

  constructor(
    readonly zone: number,
    private readonly simulation: Simulation,
  ) {}

  receive(_from: number, message: Message): boolean {
    this.arrivals.push({ name: message.bytes, at: this.simulation.now / MILLISECOND })
    return this.accepts
  }

  onConnectionRefused(_to: number, message: Message): void {
    this.refusals.push({ name: message.bytes, at: this.simulation.now / MILLISECOND })
  }
}

/** Nodes 0 and 1 in zone 0, nodes 2 and 3 in zone 1, a client of zone 0. */
class Lab {
  readonly simulation = new Simulation()
  readonly network: Network
  readonly processes: Process[]
  readonly client: number

  constructor({ law = '10ms', loss = 0, bandwidth = Number.POSITIVE_INFINITY, ordered = true }: Settings = {}) {
    const table = compile(law, 'time')
    const model = { delays: [table, table, table, table], loss, bandwidth, ordered }
    const dice = new OperationDice()
    for (let operation = 0; operation < 5000; operation++) dice.set(operation, mix32(operation))
    const models = [
      [model, model],
      [model, model],
    ]
    this.network = new Network(this.simulation, models, NODES, dice, RandomStream.ofSeed(1))
    this.processes = [0, 0, 1, 1, 0].map((zone) => new Process(zone, this.simulation))
    const ids = this.processes.map((process) => this.network.join(process))
    this.client = ids[NODES] as number
  }

  /** A message is told by its bytes. */
  send(from: number, to: number, name: number, operation = name): void {
    this.network.send(from, to, { kind: 0, work: 0, leg: 0, operation, attempt: 0, bytes: name })
  }

  cut(): void {
    this.network.cut(0, 1)
    this.network.cut(1, 0)
  }

  heal(): void {
    this.network.heal(0, 1)
    this.network.heal(1, 0)
  }

  runTo(milliseconds: number): void {
    this.simulation.runUntil(milliseconds * MILLISECOND)
  }

  arrivals(process: number): (readonly [number, number])[] {
    return (this.processes[process] as Process).arrivals.map(({ name, at }) => [name, at] as const)
  }

  names(process: number): number[] {
    return (this.processes[process] as Process).arrivals.map(({ name }) => name)
  }
}

describe('delays', () => {
  it('belong to the message, whatever else is sent', () => {
    const alone = new Lab({ law: 'exponential(10ms)', ordered: false })
    alone.send(0, 2, 7)
    alone.runTo(1000)
    const among = new Lab({ law: 'exponential(10ms)', ordered: false })
    for (const name of [1, 2, 3]) among.send(0, 2, name)
    among.send(1, 2, 7)
    among.send(0, 2, 7)
    among.runTo(1000)
    const times = among.arrivals(2).filter(([name]) => name === 7)
    expect(times).toHaveLength(2)
    expect(times).toContainEqual(alone.arrivals(2)[0])
    expect(times[0]?.[1]).not.toBe(times[1]?.[1])
  })

  it('of background messages go by their number on their pair', () => {
    const lab = new Lab({ law: 'exponential(10ms)', ordered: false })
    lab.send(0, 2, 1, NO_OPERATION)
    lab.send(0, 2, 2, NO_OPERATION)
    lab.runTo(1000)
    const again = new Lab({ law: 'exponential(10ms)', ordered: false })
    again.send(0, 2, 1, NO_OPERATION)
    again.send(1, 2, 9, NO_OPERATION)
    again.send(0, 2, 2, NO_OPERATION)
    again.runTo(1000)
    expect(again.arrivals(2).filter(([name]) => name !== 9)).toEqual(lab.arrivals(2))
  })

  it('let datagrams overtake each other, and hold order on a tcp connection, and on that alone', () => {
    const arrive = (ordered: boolean): Lab => {
      const lab = new Lab({ law: 'exponential(10ms)', ordered })
      for (let name = 0; name < 200; name++) lab.send(0, 2, name)
      for (let name = 200; name < 220; name++) lab.send(1, 2, name)
      lab.runTo(10_000)
      return lab
    }
    const sorted = (names: number[]): number[] => [...names].sort((left, right) => left - right)
    const datagrams = arrive(false).names(2)
    expect(datagrams).not.toEqual(sorted(datagrams))
    const tcp = arrive(true).names(2)
    expect(tcp.filter((name) => name < 200)).toEqual(sorted(tcp.filter((name) => name < 200)))
    expect(tcp).not.toEqual(sorted(tcp))
  })
})

describe('loss and bandwidth', () => {
  it('lose a datagram with the stated probability', () => {
    const lab = new Lab({ loss: 0.2, ordered: false })
    for (let name = 0; name < 5000; name++) lab.send(0, 2, name)
    lab.runTo(1000)
    // Four standard deviations of 5,000 trials.
    expect(Math.abs(lab.network.counters.lost / 5000 - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / 5000))
    expect(lab.names(2)).toHaveLength(5000 - lab.network.counters.lost)
  })

  it('send a lost segment again after 200 ms, doubling, and hold up what follows', () => {
    const lab = new Lab({ loss: 0.2 })
    for (let name = 0; name < 1000; name++) lab.send(0, 2, name)
    lab.runTo(100_000)
    expect(lab.names(2)).toEqual(Array.from({ length: 1000 }, (_, name) => name))
    expect(lab.network.counters.retransmissions).toBeGreaterThan(150)
    const late = new Set(lab.arrivals(2).map(([, at]) => at))
    for (const at of late) expect([10, 210, 610, 1410, 3010, 6210]).toContain(at)
    expect(late.size).toBeGreaterThan(2)
  })

  it('put the bytes of a link on the wire one after the other', () => {
    // 1000 bytes a millisecond.
    const lab = new Lab({ bandwidth: 1000 / MILLISECOND })
    lab.send(0, 2, 500, 0)
    lab.send(1, 3, 1500, 1)
    lab.send(0, 1, 250, 2)
    lab.runTo(100)
    expect([lab.arrivals(2), lab.arrivals(3), lab.arrivals(1)]).toEqual([[[500, 10.5]], [[1500, 12]], [[250, 10.25]]])
  })
})

describe('a cut', () => {
  it('loses datagrams that are sent or would arrive meanwhile', () => {
    const lab = new Lab({ ordered: false })
    lab.send(0, 2, 1)
    lab.runTo(5)
    lab.cut()
    lab.send(0, 2, 2)
    lab.send(0, 1, 3)
    lab.runTo(20)
    lab.heal()
    lab.send(0, 2, 4)
    lab.runTo(100)
    expect([lab.names(2), lab.names(1), lab.network.counters.cut]).toEqual([[4], [3], 2])
  })

  it('stalls a tcp connection until a retransmission gets through, in order', () => {
    const lab = new Lab()
    lab.cut()
    lab.send(0, 2, 1)
    lab.runTo(300)
    lab.send(0, 2, 2)
    lab.runTo(500)
    lab.heal()
    // The first arrived at 10 ms, and is sent again 200, 600 and 1400 ms after that.
    lab.send(0, 2, 3)
    lab.send(1, 2, 4)
    lab.runTo(5000)
    expect(lab.arrivals(2)).toEqual([
      [4, 510],
      [1, 620],
      [2, 620],
      [3, 620],
    ])
  })

  it('is over when every fault that made it has healed', () => {
    const lab = new Lab({ ordered: false })
    lab.cut()
    lab.cut()
    lab.heal()
    lab.send(0, 2, 1)
    lab.heal()
    lab.send(0, 2, 2)
    lab.runTo(100)
    expect(lab.names(2)).toEqual([2])
    expect(() => lab.heal()).toThrow('healed as often')
  })

  it('resets a connection after 30 s, and what it held is gone', () => {
    const lab = new Lab()
    lab.cut()
    lab.send(0, 2, 1)
    lab.send(0, 2, 2)
    lab.runTo(60_000)
    expect([lab.network.counters.cut, lab.network.inFlight]).toEqual([2, 0])
    lab.heal()
    lab.send(0, 2, 3)
    lab.runTo(120_000)
    expect(lab.arrivals(2)).toEqual([[3, 60_010]])
  })

  it('is not waited for by a client that abandons its stalled connections', () => {
    const lab = new Lab()
    lab.cut()
    lab.send(lab.client, 2, 1)
    lab.send(0, 2, 2)
    lab.runTo(1000)
    lab.heal()
    lab.network.abandonStalled(lab.client)
    lab.send(lab.client, 2, 3)
    lab.runTo(5000)
    expect(lab.arrivals(2)).toEqual([
      [3, 1010],
      [2, 1420],
    ])
    expect(lab.network.counters.cut).toBe(1)
  })
})

describe('a crashed process', () => {
  it('has its host refuse, after the delay back', () => {
    const lab = new Lab()
    ;(lab.processes[2] as Process).up = false
    lab.send(0, 2, 1)
    lab.runTo(100)
    expect((lab.processes[0] as Process).refusals).toEqual([{ name: 1, at: 20 }])
    expect(lab.network.counters.dead).toBe(1)
  })

  it('does not receive what was sent to an earlier life', () => {
    const lab = new Lab()
    lab.send(0, 2, 1)
    ;(lab.processes[2] as Process).incarnation++
    lab.send(0, 2, 2)
    lab.runTo(100)
    expect(lab.names(2)).toEqual([2])
  })
})

it('messages are conserved, whatever happens', () => {
  const step = fc.record({
    does: fc.constantFrom('send', 'send', 'send', 'cut', 'heal', 'crash', 'start', 'refuse', 'abandon', 'wait'),
    from: fc.integer({ min: 0, max: NODES }),
    to: fc.integer({ min: 0, max: NODES - 1 }),
    after: fc.integer({ min: 0, max: 400 }),
  })
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { maxLength: 150 }), (ordered, steps) => {
      const lab = new Lab({ law: 'exponential(10ms)', loss: 0.1, ordered })
      let cuts = 0
      steps.forEach(({ does, from, to, after }, name) => {
        const process = lab.processes[to] as Process
        if (does === 'send' && from !== to) lab.send(from, to, name)
        if (does === 'cut') {
          lab.cut()
          cuts++
        }
        if (does === 'heal' && cuts > 0) {
          lab.heal()
          cuts--
        }
        if (does === 'crash') process.up = false
        if (does === 'start' && !process.up) {
          process.up = true
          process.incarnation++
        }
        if (does === 'refuse') process.accepts = !process.accepts
        if (does === 'abandon') lab.network.abandonStalled(lab.client)
        lab.runTo(lab.simulation.now / MILLISECOND + after)
        const { sent, delivered, lost, cut, dead, refused } = lab.network.counters
        expect(sent).toBe(delivered + lost + cut + dead + refused + lab.network.inFlight)
      })
      for (; cuts > 0; cuts--) lab.heal()
      lab.runTo(lab.simulation.now / MILLISECOND + 1e6)
      expect(lab.network.inFlight).toBe(0)
    }),
    { seed: 1, numRuns: 300 },
  )
})
