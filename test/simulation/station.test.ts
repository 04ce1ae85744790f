/**
 * The service queue by itself: who is served, who waits, who is turned away, and the time integrals, against a history worked out by
 * hand and against a naive queue that keeps every visit and adds up its stay.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from '../../src/replication/replica.js'
import { Station } from '../../src/simulation/station.js'

const work = (operation: number): Message => ({ kind: 0, work: 1, leg: 0, operation, attempt: 0, bytes: 0 })

/** What leaves the queue for a server: who sent it, and its operation; null if nobody waited. */
function departed(station: Station, now: number): readonly [number, number] | null {
  return station.depart(now) ? [station.nextFrom, (station.nextMessage as Message).operation] : null
}

describe('a station', () => {
  test('serves as many at once as it has servers, and what waits in the order of arrival', () => {
    const station = new Station(2, 10)
    const admissions = [0, 1, 2, 3, 4].map((i) => station.arrive(i, 100 + i, work(i)))
    expect(admissions).toEqual(['serve', 'serve', 'wait', 'wait', 'wait'])
    expect([5, 6, 7, 8, 9].map((now) => departed(station, now))).toEqual([[102, 2], [103, 3], [104, 4], null, null])
    expect([station.busy, station.waiting]).toEqual([0, 0])
  })

  test('refuses beyond its bound, and takes work in again once one has left', () => {
    const station = new Station(1, 2)
    const arrive = () => station.arrive(0, 0, work(0))
    expect([arrive(), arrive(), arrive(), arrive()]).toEqual(['serve', 'wait', 'wait', 'refuse'])
    station.depart(1)
    expect([arrive(), arrive()]).toEqual(['wait', 'refuse'])
  })

  test('with a bound of 0 makes nobody wait', () => {
    const station = new Station(1, 0)
    expect([station.arrive(0, 0, work(0)), station.arrive(0, 0, work(1))]).toEqual(['serve', 'refuse'])
    expect(departed(station, 1)).toBeNull()
    expect(station.arrive(1, 0, work(2))).toBe('serve')
  })

  test('integrates what is in the system and who is busy', () => {
    const station = new Station(2, 10)
    station.arrive(10, 0, work(0))
    station.arrive(20, 0, work(1))
    station.arrive(30, 0, work(2))
    station.depart(50)
    station.depart(60)
    // One from 10, two from 20, three from 30, two from 50, one from 60; both servers are busy from 20 to 60.
    expect(station.integrals(100)).toEqual({
      inSystem: 10 + 2 * 10 + 3 * 20 + 2 * 10 + 40,
      busy: 10 + 2 * 40 + 40,
      completions: 2,
    })
  })

  test('refused work leaves no trace in the integrals', () => {
    const station = new Station(1, 0)
    station.arrive(0, 0, work(0))
    station.arrive(5, 0, work(1))
    expect(station.integrals(10)).toEqual({ inSystem: 10, busy: 10, completions: 0 })
  })

  test('is empty after a crash, and counts up to it', () => {
    const station = new Station(1, 10)
    for (const i of [0, 1, 2]) station.arrive(0, 0, work(i))
    station.clear(10)
    expect(station.integrals(100)).toEqual({ inSystem: 30, busy: 10, completions: 0 })
    expect([station.arrive(100, 7, work(3)), station.arrive(100, 8, work(4))]).toEqual(['serve', 'wait'])
    expect(departed(station, 110)).toEqual([8, 4])
    expect(() => new Station(1, 1).depart(0)).toThrow('a service that ends was going on.')
  })
})

/** Every visit with when it came, when it was served and when it left; sums are taken over all of them. */
class NaiveStation {
  private readonly visits: { from: number; operation: number; came: number; served?: number; left?: number }[] = []
  completions = 0
  constructor(
    private readonly servers: number,
    private readonly limit: number,
  ) {}

  arrive(now: number, from: number, operation: number): string {
    const served = this.serving.length < this.servers
    if (!served && this.queue.length >= this.limit) return 'refuse'
    this.visits.push({ from, operation, came: now, ...(served ? { served: now } : {}) })
    return served ? 'serve' : 'wait'
  }

  depart(now: number): readonly [number, number] | null {
    // Which of those in service leaves is its owner's concern and changes no sum.
    const leaving = this.serving[0]
    if (leaving === undefined) throw new Error('Nobody is served.')
    leaving.left = now
    this.completions++
    const next = this.queue[0]
    if (next === undefined) return null
    next.served = now
    return [next.from, next.operation]
  }

  clear(now: number): void {
    for (const visit of this.visits) visit.left ??= now
  }

  integrals(now: number): unknown {
    let inSystem = 0
    let busy = 0
    for (const { came, served, left = now } of this.visits) {
      inSystem += left - came
      busy += served === undefined ? 0 : left - served
    }
    return { inSystem, busy, completions: this.completions }
  }

  get serving() {
    return this.visits.filter(({ served, left }) => served !== undefined && left === undefined)
  }

  private get queue() {
    return this.visits.filter(({ served, left }) => served === undefined && left === undefined)
  }
}

type Command = { readonly does: 'arrive' | 'depart' | 'clear'; readonly after: number; readonly times: number }

const command = (does: Command['does'], most: number): fc.Arbitrary<Command> =>
  fc.record({
    does: fc.constant(does),
    after: fc.integer({ min: 0, max: 100 }),
    times: fc.integer({ min: 1, max: most }),
  })

const script = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: command('arrive', 40) },
    { weight: 10, arbitrary: command('depart', 30) },
    { weight: 1, arbitrary: command('clear', 1) },
  ),
  { maxLength: 40 },
)

test('a station does what a naive queue does, also when its ring wraps and grows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.constantFrom(0, 3, 70, 1000), script, (servers, limit, commands) => {
      const station = new Station(servers, limit)
      const naive = new NaiveStation(servers, limit)
      let now = 0
      let operation = 0
      const carryOut = ({ does }: Command) => {
        if (does === 'arrive') {
          const admission = naive.arrive(now, operation % 7, operation)
          expect(station.arrive(now, operation % 7, work(operation++))).toBe(admission)
        } else if (does === 'depart' && naive.serving.length > 0) {
          expect(departed(station, now)).toEqual(naive.depart(now))
        } else if (does === 'clear') {
          station.clear(now)
          naive.clear(now)
        }
      }
      for (const next of commands) {
        now += next.after
        for (let i = 0; i < next.times; i++) carryOut(next)
        expect(station.integrals(now)).toEqual(naive.integrals(now))
      }
    }),
    { seed: 5, numRuns: 100 },
  )
})
