/** The kernel by its contract: order, time, limits, and one small model whose trajectory is pinned. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LimitError } from '../../src/core/errors.js'
import { mix32, RandomStream } from '../../src/core/random.js'
import { type EventHandler, type EventQueueName, Simulation } from '../../src/simulation/simulation.js'

/** Writes down what it is woken for. */
class Recorder implements EventHandler {
  readonly seen: [time: number, kind: number][] = []
  constructor(private readonly simulation: Simulation) {}

  onEvent(kind: number): void {
    this.seen.push([this.simulation.now, kind])
  }
}

function recorded(queue: EventQueueName): { simulation: Simulation; recorder: Recorder; handler: number } {
  const simulation = new Simulation({ queue })
  const recorder = new Recorder(simulation)
  return { simulation, recorder, handler: simulation.register(recorder) }
}

describe.each<EventQueueName>(['heap', 'ladder'])('a simulation on the %s queue', (queue) => {
  test('executes events by time, and those of one time in the order of scheduling', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 300 }), (times) => {
        const { simulation, recorder, handler } = recorded(queue)
        times.forEach((time, index) => {
          simulation.schedule(time, handler, index, 0, 0, null)
        })
        while (simulation.step());
        // Array.prototype.sort is stable: ties stay in the order of scheduling.
        const expected = times.map((time, index) => [time, index]).sort(([t1], [t2]) => (t1 as number) - (t2 as number))
        expect(recorder.seen).toEqual(expected)
      }),
      { seed: 2, numRuns: 100 },
    )
  })

  test('executes what a handler schedules for the present after everything already there', () => {
    const simulation = new Simulation({ queue })
    const order: number[] = []
    const handler = simulation.register({
      onEvent(kind) {
        order.push(kind)
        if (kind < 3) simulation.schedule(simulation.now, handler, kind + 10, 0, 0, null)
      },
    })
    for (const kind of [1, 2, 3]) simulation.schedule(7, handler, kind, 0, 0, null)
    simulation.runUntil(7)
    expect(order).toEqual([1, 2, 3, 11, 12])
  })

  test('hands over whole 32-bit numbers and the payload itself, to the handler named', () => {
    const simulation = new Simulation({ queue })
    const seen: unknown[][] = []
    const handlers = ['first', 'second'].map((name) =>
      simulation.register({ onEvent: (kind, a, b, payload) => seen.push([name, kind, a, b, payload]) }),
    )
    const payload = { value: 1 }
    simulation.schedule(1, handlers[1] as number, -1, -(2 ** 31), 2 ** 31 - 1, payload)
    simulation.schedule(2, handlers[0] as number, 5, 6, 7, null)
    while (simulation.step());
    expect(seen).toEqual([
      ['second', -1, -(2 ** 31), 2 ** 31 - 1, payload],
      ['first', 5, 6, 7, null],
    ])
    expect(seen[0]?.[4]).toBe(payload)
  })

  test('runs up to and including a time and then stands at it', () => {
    const { simulation, recorder, handler } = recorded(queue)
    for (const time of [10, 20, 20, 30]) simulation.schedule(time, handler, time, 0, 0, null)
    simulation.runUntil(20)
    expect(recorder.seen.map(([time]) => time)).toEqual([10, 20, 20])
    expect([simulation.now, simulation.pending, simulation.peekTime()]).toEqual([20, 1, 30])
    simulation.runUntil(25)
    expect([simulation.now, simulation.eventsExecuted]).toEqual([25, 3])
    simulation.schedule(26, handler, 26, 0, 0, null)
    simulation.runUntil(1000)
    expect(recorder.seen.slice(3)).toEqual([
      [26, 26],
      [30, 30],
    ])
    expect([simulation.now, simulation.pending, simulation.peekTime()]).toEqual([1000, 0, Number.POSITIVE_INFINITY])
    expect(simulation.step()).toBe(false)
    expect(simulation.now).toBe(1000)
  })

  test('fails with a LimitError at the first event beyond the limit', () => {
    const simulation = new Simulation({ queue, eventLimit: 100 })
    const handler = simulation.register({
      onEvent: () => simulation.schedule(simulation.now + 1, handler, 0, 0, 0, null),
    })
    simulation.schedule(1, handler, 0, 0, 0, null)
    simulation.runUntil(100)
    expect(simulation.eventsExecuted).toBe(100)
    expect(() => simulation.step()).toThrow(LimitError)
    expect(simulation.eventsExecuted).toBe(100)
  })
})

test('an event is for a whole time, not in the past, and for someone', () => {
  const { simulation, handler } = recorded('ladder')
  simulation.runUntil(10)
  for (const time of [9, 10.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => simulation.schedule(time, handler, 0, 0, 0, null)).toThrow('not in the past')
  }
  expect(() => simulation.setTimer(-1, handler, 0, 0, 0)).toThrow('not in the past')
  expect(() => simulation.runUntil(9)).toThrow('not in the past')
  expect(() => simulation.schedule(10, handler + 1, 0, 0, 0, null)).toThrow('registered handler')
  expect(simulation.pending).toBe(0)
})

test('the heart beats after every 65,536th event', () => {
  const beats: number[] = []
  const simulation = new Simulation({ heartbeat: (beating) => beats.push(beating.eventsExecuted) })
  const handler = simulation.register({
    onEvent: () => simulation.schedule(simulation.now + 1, handler, 0, 0, 0, null),
  })
  simulation.schedule(1, handler, 0, 0, 0, null)
  simulation.runUntil(2 * 65536)
  expect(beats).toEqual([65536, 131072])
})

test('events that are over leave nothing behind', () => {
  const simulation = new Simulation()
  const capacity = simulation['pool'].time.length
  const handler = simulation.register({
    onEvent: () => simulation.schedule(simulation.now + 1, handler, 0, 0, 0, {}),
  })
  simulation.schedule(1, handler, 0, 0, 0, {})
  simulation.runUntil(100 * capacity)
  expect(simulation['pool'].time.length).toBe(capacity)
  expect(simulation['pool'].payload.filter((payload) => payload !== null)).toHaveLength(1)
})

/**
 * PHOLD (Fujimoto 1990): each event wakes a process, which sends one to another after a random time. Increments of 0 to 63 among 50
 * pending events make ties frequent; a timer per event, cancelled three times in four, goes with it.
 */
function pholdHash(queue: EventQueueName): number {
  const simulation = new Simulation({ queue })
  const random = RandomStream.ofSeed(42)
  const processes = 50
  let hash = 0
  let timer = 0
  const onEvent = (kind: number) => {
    hash = mix32(Math.imul(hash, 31) ^ mix32(simulation.now ^ (kind << 20)))
    if (kind === processes) return
    if (random.below(4) > 0) simulation.cancelTimer(timer)
    const after = random.below(50) === 0 ? random.below(1_000_000) : random.below(64)
    simulation.schedule(simulation.now + after, random.below(processes), random.below(processes), 0, 0, null)
    timer = simulation.setTimer(100 * random.below(3), 0, processes, 0, 0)
  }
  for (let i = 0; i < processes; i++) {
    simulation.register({ onEvent })
    simulation.schedule(random.below(64), i, i, 0, 0, null)
  }
  for (let i = 0; i < 50_000; i++) simulation.step()
  return hash
}

test('a small PHOLD takes the same course on both queues, today and for ever', () => {
  expect(pholdHash('heap')).toBe(2518903001)
  expect(pholdHash('ladder')).toBe(2518903001)
})
