/**
 * Timers against a naive kernel: one array of all events, sorted by (time, sequence) whenever the next one is wanted. Whatever is
 * scheduled, set, cancelled and run, both fire the same things in the same order.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EventPool } from '../../src/simulation/event-pool.js'
import { createEventQueue, type EventQueueName } from '../../src/simulation/event-queue.js'
import { Simulation } from '../../src/simulation/simulation.js'
import { TimerRings } from '../../src/simulation/timer-rings.js'

/** What the scripts below need of a kernel. */
interface Kernel {
  now: number
  readonly pending: number
  schedule(at: number, handler: number, kind: number, a: number, b: number, payload: null): void
  setTimer(after: number, handler: number, kind: number, a: number, b: number): number
  cancelTimer(timer: number): void
  step(): boolean
  runUntil(end: number): void
  peekTime(): number
}

class NaiveKernel implements Kernel {
  now = 0
  private sequence = 0
  private events: { time: number; sequence: number; kind: number; a: number }[] = []
  constructor(private readonly onEvent: (kind: number, a: number) => void) {}

  get pending(): number {
    return this.events.length
  }

  schedule(at: number, _handler: number, kind: number, a: number): void {
    this.events.push({ time: at, sequence: this.sequence++, kind, a })
    this.events.sort((first, second) => first.time - second.time || first.sequence - second.sequence)
  }

  setTimer(after: number, _handler: number, kind: number, a: number): number {
    this.schedule(this.now + after, 0, kind, a)
    return this.sequence
  }

  cancelTimer(timer: number): void {
    this.events = this.events.filter((event) => event.sequence !== timer - 1)
  }

  step(): boolean {
    const event = this.events.shift()
    if (event === undefined) return false
    this.now = event.time
    this.onEvent(event.kind, event.a)
    return true
  }

  runUntil(end: number): void {
    while (this.peekTime() <= end) this.step()
    this.now = end
  }

  peekTime(): number {
    return this.events[0]?.time ?? Number.POSITIVE_INFINITY
  }
}

type Command =
  | { readonly does: 'schedule' | 'run'; readonly after: number }
  | { readonly does: 'set'; readonly after: number; readonly times: number }
  | { readonly does: 'cancel'; readonly which: number }
  | { readonly does: 'step' | 'peek' }

const EVENT = 0
const TIMER = 1
/** A timer that, when it fires, sets the next one and cancels an older one. */
const CHAIN = 2

/** Carries out the commands and writes down everything that can be seen. */
function transcript(
  commands: readonly Command[],
  create: (onEvent: (kind: number, a: number) => void) => Kernel,
): unknown[] {
  const seen: unknown[] = []
  const timers: number[] = []
  const kernel: Kernel = create((kind, a) => {
    seen.push([kernel.now, kind, a])
    if (kind !== CHAIN || a % 7 === 0) return
    timers.push(kernel.setTimer(10 * (a % 3), 0, CHAIN, a + 1, 0))
    kernel.cancelTimer(timers[(a * 31) % timers.length] as number)
  })
  const carryOut = (command: Command) => {
    switch (command.does) {
      case 'schedule':
        return kernel.schedule(kernel.now + command.after, 0, EVENT, seen.length, 0, null)
      case 'set':
        for (let i = 0; i < command.times; i++) {
          timers.push(kernel.setTimer(command.after, 0, i % 4 === 3 ? CHAIN : TIMER, timers.length, 0))
        }
        return
      case 'cancel':
        return kernel.cancelTimer(timers[command.which % Math.max(1, timers.length)] ?? 0)
      case 'run':
        return kernel.runUntil(kernel.now + command.after)
      case 'step':
        return kernel.step()
      case 'peek':
        return seen.push(kernel.peekTime())
    }
  }
  for (const command of commands) {
    carryOut(command)
    seen.push(kernel.pending)
  }
  kernel.runUntil(kernel.now + 2_000_000)
  seen.push(kernel.pending, kernel.peekTime(), kernel.step())
  return seen
}

/** Few durations, so that ties and long rings are common, and sometimes any, so that rings run out. */
const duration = fc.oneof(
  fc.constantFrom(0, 10, 20, 30, 50, 1000),
  fc.integer({ min: 0, max: 60 }),
  fc.integer({ min: 0, max: 1_000_000 }),
)
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ does: fc.constant('schedule'), after: duration }) },
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('set'), after: duration, times: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 8, arbitrary: fc.record({ does: fc.constant('cancel'), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('run'), after: fc.integer({ min: 0, max: 40 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom<'step' | 'peek'>('step', 'peek') }) },
)

function simulated(queue: EventQueueName): (onEvent: (kind: number, a: number) => void) => Kernel {
  return (onEvent) => {
    const simulation = new Simulation({ queue })
    simulation.register({ onEvent })
    return simulation
  }
}

describe.each<EventQueueName>(['heap', 'ladder'])('timers on the %s queue', (queue) => {
  test('fire as they would in a plain sorted list of events', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 10, maxLength: 150 }), (commands) => {
        const naive = transcript(commands, (onEvent) => new NaiveKernel(onEvent))
        expect(transcript(commands, simulated(queue))).toEqual(naive)
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  test('fire in order when more durations are in use than there are rings', () => {
    const commands: Command[] = []
    for (let i = 0; i < 1000; i++) {
      commands.push({ does: 'set', after: (i * 7919) % 5000, times: 1 + (i % 3) })
      if (i % 2 === 0) commands.push({ does: 'cancel', which: i * 31 })
      if (i % 10 === 0) commands.push({ does: 'run', after: 20 })
    }
    expect(transcript(commands, simulated(queue))).toEqual(transcript(commands, (onEvent) => new NaiveKernel(onEvent)))
  })

  test('are kept, and can be cancelled, when the pool grows', () => {
    const commands: Command[] = [100, 50, 100].map((after) => ({ does: 'set', after, times: 1000 }))
    for (let i = 0; i < 2000; i++) commands.push({ does: 'cancel', which: i * 7919 })
    commands.push({ does: 'run', after: 60 }, { does: 'set', after: 50, times: 500 })
    for (let i = 0; i < 2000; i++) commands.push({ does: 'cancel', which: i * 7907 })
    expect(transcript(commands, simulated(queue))).toEqual(transcript(commands, (onEvent) => new NaiveKernel(onEvent)))
  })
})

test('a timer and an event of equal time fire in the order in which they were set and scheduled', () => {
  const simulation = new Simulation()
  const order: number[] = []
  const handler = simulation.register({ onEvent: (kind) => order.push(kind) })
  simulation.setTimer(100, handler, 1, 0, 0)
  simulation.schedule(100, handler, 2, 0, 0, null)
  // Waits in the ring behind the first, and still fires before the event that is scheduled next.
  simulation.setTimer(100, handler, 3, 0, 0)
  simulation.schedule(100, handler, 4, 0, 0, null)
  simulation.runUntil(100)
  expect(order).toEqual([1, 2, 3, 4])
})

test('a handle is good for one timer only, although the slot is used again', () => {
  const simulation = new Simulation()
  const fired: number[] = []
  const handler = simulation.register({ onEvent: (kind) => fired.push(kind) })
  const first = simulation.setTimer(10, handler, 1, 0, 0)
  simulation.runUntil(10)
  const second = simulation.setTimer(10, handler, 2, 0, 0)
  expect(second).not.toBe(first)
  simulation.cancelTimer(first)
  simulation.cancelTimer(0)
  expect(simulation.pending).toBe(1)
  simulation.runUntil(20)
  const third = simulation.setTimer(10, handler, 3, 0, 0)
  simulation.cancelTimer(third)
  simulation.cancelTimer(third)
  expect([simulation.pending, simulation.peekTime()]).toEqual([0, Number.POSITIVE_INFINITY])
  simulation.runUntil(30)
  expect(fired).toEqual([1, 2])
  expect(simulation.eventsExecuted).toBe(2)
})

test('timeouts that are cancelled leave nothing behind, and a ring has one event in the queue', () => {
  const pool = new EventPool()
  const queue = createEventQueue('ladder', pool)
  const rings = new TimerRings(pool, queue)
  const capacity = pool.time.length
  for (let i = 0; i < 100_000; i++) rings.cancel(rings.add(pool.acquire(i + 1e9, i, 0, 0, 0, 0, null), 1e9))
  expect(pool.time.length).toBe(capacity)
  expect(queue.size).toBe(1)
})

test('a ring whose timers have all gone serves another duration', () => {
  const pool = new EventPool()
  const queue = createEventQueue('heap', pool)
  const rings = new TimerRings(pool, queue)
  for (let duration = 0; duration < 1000; duration++) {
    for (const sequence of [0, 1, 2]) rings.add(pool.acquire(duration, sequence, 0, 0, 0, 0, null), duration)
    expect(queue.size).toBe(1)
    for (const sequence of [0, 1, 2]) {
      const slot = queue.pop()
      expect([pool.time[slot], pool.sequence[slot]]).toEqual([duration, sequence])
      expect(rings.expire(slot)).toBe(true)
      pool.release(slot)
    }
    expect(queue.size).toBe(0)
  }
})
