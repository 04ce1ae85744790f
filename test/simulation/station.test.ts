/** The station against a hand-computed history, and against a second implementation that keeps a plain list. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../src/replication/replica.js'
import { Station } from '../../src/simulation/station.js'

const work = (operation: number): Message => ({ kind: 0, work: 1, leg: 0, operation, attempt: 0, bytes: 0 })

describe('a station', () => {
  it('serves as many as it has servers, queues up to its bound, and refuses the rest', () => {
    const station = new Station(2, 1)
    expect([0, 1, 2, 3].map((i) => station.arrive(0, 0, work(i)))).toEqual(['serve', 'serve', 'wait', 'refuse'])
    expect(station.depart(10)).toBe(true)
    expect([station.nextFrom, station.nextMessage?.operation]).toEqual([0, 2])
    expect([station.depart(20), station.depart(30)]).toEqual([false, false])
    expect(station.arrive(40, 0, work(4))).toBe('serve')
  })

  it('integrates the number in the system and the busy servers over time', () => {
    const station = new Station(1, 10)
    station.arrive(5, 0, work(0))
    station.arrive(7, 0, work(1))
    station.depart(10)
    station.depart(20)
    // One from 5, two from 7, one from 10 to 20.
    expect(station.integrals(30)).toEqual({ inSystem: 2 + 6 + 10, busy: 15, completions: 2 })
  })

  it('loses its work in a crash, and the time goes on from there', () => {
    const station = new Station(1, 10)
    station.arrive(0, 0, work(0))
    station.arrive(0, 0, work(1))
    station.clear(4)
    expect(station.integrals(100)).toEqual({ inSystem: 8, busy: 4, completions: 0 })
    expect(station.arrive(100, 0, work(2))).toBe('serve')
    expect(station.depart(101)).toBe(false)
  })

  it('does what a plain list does, in first-in, first-out order', () => {
    const step = fc.record({ arrives: fc.boolean(), after: fc.integer({ min: 0, max: 5 }) })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 100 }),
        fc.array(step, { maxLength: 400 }),
        (servers, bound, steps) => {
          const station = new Station(servers, bound)
          const waiting: number[] = []
          let busy = 0
          let now = 0
          let inSystem = 0
          steps.forEach(({ arrives, after }, i) => {
            now += after
            inSystem += after * (busy + waiting.length)
            if (arrives) {
              const expected = busy < servers ? 'serve' : waiting.length < bound ? 'wait' : 'refuse'
              expect(station.arrive(now, i, work(i))).toBe(expected)
              if (expected === 'serve') busy++
              if (expected === 'wait') waiting.push(i)
            } else if (busy > 0) {
              const next = waiting.shift()
              expect(station.depart(now)).toBe(next !== undefined)
              if (next === undefined) busy--
              else expect([station.nextFrom, station.nextMessage?.operation]).toEqual([next, next])
            }
            expect([station.busy, station.waiting]).toEqual([busy, waiting.length])
          })
          expect(station.integrals(now).inSystem).toBe(inSystem)
        },
      ),
      { seed: 1, numRuns: 200 },
    )
  })
})
