/**
 * Both event queues against a sorted array: whatever is pushed, popped and looked at, slots come out in the order of (time, sequence).
 * Bursts are longer than the ladder sorts by insertion (64) and longer than its bottom (128), so that rungs are opened, divided and
 * read to their end, and crowds come together.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EventPool, NO_EVENT } from '../../src/simulation/event-pool.js'
import { createEventQueue, type EventQueueName } from '../../src/simulation/event-queue.js'

interface Entry {
  readonly time: number
  readonly sequence: number
}

/** The queue under test and the model, driven together; what either shows is written down, and compared at the end. */
class Pair {
  private readonly pool = new EventPool()
  private readonly queue
  private readonly model: Entry[] = []
  private readonly shown: (number | undefined)[] = []
  private readonly expected: (number | undefined)[] = []
  private pushed = 0
  lastPopped = 0

  constructor(
    name: EventQueueName,
    /** Unique, but not in the order of pushing, as for timers that leave a ring. */
    private readonly scrambled: boolean,
  ) {
    this.queue = createEventQueue(name, this.pool)
  }

  push(time: number): void {
    const count = this.pushed++
    // 7,919 has no factor in common with a power of two: the products are a permutation.
    const sequence = this.scrambled ? (count * 7919) % 65536 : count
    this.queue.push(this.pool.acquire(time, sequence, 0, 0, 0, 0, null))
    let place = this.model.length
    while (place > 0 && precedes({ time, sequence }, this.model[place - 1] as Entry)) place--
    this.model.splice(place, 0, { time, sequence })
  }

  peek(): void {
    this.compare(this.queue.peek(), this.model[0])
  }

  pop(): void {
    const slot = this.queue.pop()
    const entry = this.model.shift()
    this.compare(slot, entry)
    if (slot !== NO_EVENT) this.pool.release(slot)
    if (entry !== undefined) this.lastPopped = entry.time
  }

  /** Pops everything, and once more. */
  finish(): void {
    for (let left = this.model.length; left >= 0; left--) this.pop()
    expect(this.shown).toEqual(this.expected)
  }

  private compare(slot: number, entry: Entry | undefined): void {
    const found = slot !== NO_EVENT
    this.shown.push(
      this.queue.size,
      found ? this.pool.time[slot] : undefined,
      found ? this.pool.sequence[slot] : undefined,
    )
    this.expected.push(this.model.length, entry?.time, entry?.sequence)
  }
}

function precedes(first: Entry, second: Entry): boolean {
  return first.time < second.time || (first.time === second.time && first.sequence < second.sequence)
}

type Command = { readonly push: readonly number[] } | { readonly pop: number } | { readonly peek: true }

/** Time after the last event popped: equal, close, on a grid, far, and over fifteen decades. */
const increment = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 0, max: 1000 }),
  fc.integer({ min: 1, max: 5 }).map((ticks) => ticks * 1_000_000),
  fc
    .tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 1, max: 9 }))
    .map(([zeros, digit]) => Number(`${digit}e${zeros}`)),
)

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.array(increment, { minLength: 1, maxLength: 8 }).map((push) => ({ push })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(increment, fc.integer({ min: 60, max: 300 }))
      .map(([one, times]) => ({ push: new Array(times).fill(one) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(increment, fc.integer({ min: 60, max: 300 }))
      .map(([step, times]) => ({ push: Array.from({ length: times }, (_, i) => (i * 7 * step) % 999_999_937) })),
  },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 200 }).map((pop) => ({ pop })) },
  { weight: 2, arbitrary: fc.constant<Command>({ peek: true }) },
)

function execute(pair: Pair, commands: readonly Command[]): void {
  for (const step of commands) {
    if ('push' in step) for (const after of step.push) pair.push(pair.lastPopped + after)
    else if ('pop' in step) for (let i = 0; i < step.pop; i++) pair.pop()
    else pair.peek()
  }
  pair.finish()
}

describe.each<EventQueueName>(['heap', 'ladder'])('the %s event queue', (name) => {
  test.each([false, true])('agrees with a sorted array on any schedule (sequences scrambled: %s)', (scrambled) => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 5, maxLength: 25 }), (commands) =>
        execute(new Pair(name, scrambled), commands),
      ),
      { seed: 1, numRuns: 60 },
    )
  })

  test('has nothing to give when it is empty', () => {
    const pair = new Pair(name, false)
    pair.peek()
    pair.pop()
    pair.push(5)
    pair.pop()
    pair.peek()
    pair.finish()
  })

  test('keeps 3,000 events of equal time in order, however often it is looked at', () => {
    const pair = new Pair(name, false)
    for (let i = 0; i < 3000; i++) pair.push(1e15)
    for (let i = 0; i < 1000; i++) {
      pair.pop()
      pair.peek()
      pair.push(1e15)
    }
    pair.finish()
  })

  test('takes earlier events after it was asked for a crowd that lies far ahead', () => {
    const pair = new Pair(name, false)
    for (let i = 0; i < 200; i++) pair.push(1e12)
    for (let round = 0; round < 3; round++) {
      pair.peek()
      for (let i = 0; i < 500; i++) pair.push(((i * 7919) % 1000) * 1e6)
      pair.push(1e12)
      for (let i = 0; i < 400; i++) pair.pop()
    }
    pair.finish()
  })

  test('divides an interval in which one far event left no room for many near ones', () => {
    const pair = new Pair(name, false)
    pair.push(0)
    pair.push(1e15)
    pair.pop()
    for (let i = 0; i < 2000; i++) pair.push(pair.lastPopped + 1 + ((i * 7919) % 1000))
    for (let i = 0; i < 2000; i++) {
      pair.pop()
      pair.push(pair.lastPopped + 1 + ((i * 104729) % 1000))
    }
    pair.finish()
  })
})

test('a pool reuses slots, keeps its fields when it grows, and lets payloads go', () => {
  const pool = new EventPool()
  const payload = { text: 'hello' }
  const first = pool.acquire(1, 2, 3, -4, -5, 6, payload)
  for (let i = 0; i < 3000; i++) pool.acquire(0, 0, 0, 0, 0, 0, null)
  expect([pool.time, pool.sequence, pool.handler, pool.kind, pool.a, pool.b].map((column) => column[first])).toEqual([
    1, 2, 3, -4, -5, 6,
  ])
  expect(pool.payload[first]).toBe(payload)
  pool.release(first)
  expect(pool.payload[first]).toBeNull()
  expect(pool.acquire(0, 0, 0, 0, 0, 0, null)).toBe(first)
})
