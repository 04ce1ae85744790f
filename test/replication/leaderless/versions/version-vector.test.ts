/** Version vectors against causal histories: a vector is a set of events, each known together with all of its writer before it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  descends,
  EMPTY_VECTOR,
  frontierOf,
  joinVectors,
  latestStamp,
  pruned,
  type VersionVector,
  withEvent,
} from '../../../../src/replication/leaderless/versions/version-vector.js'

const vectorOf = (counters: readonly number[]): VersionVector =>
  counters.flatMap((counter, writer) => (counter > 0 ? [{ writer, counter, stamp: 10 * counter + writer }] : []))

const vectors = fc.array(fc.nat({ max: 4 }), { minLength: 4, maxLength: 4 }).map(vectorOf)

/** The events that a vector knows. */
const eventsOf = (vector: VersionVector): readonly string[] =>
  vector.flatMap(({ writer, counter }) => Array.from({ length: counter }, (_, i) => `${writer}.${i + 1}`)).sort()

describe('a version vector', () => {
  it('descends another if it knows all of its events', () => {
    fc.assert(
      fc.property(vectors, vectors, (left, right) => {
        const known = new Set(eventsOf(left))
        expect(descends(left, right)).toBe(eventsOf(right).every((event) => known.has(event)))
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('joins another to the union of their events', () => {
    fc.assert(
      fc.property(vectors, vectors, (left, right) => {
        const union = [...new Set([...eventsOf(left), ...eventsOf(right)])].sort()
        expect(eventsOf(joinVectors(left, right))).toEqual(union)
        expect(joinVectors(left, right)).toEqual(joinVectors(right, left))
      }),
      { seed: 2, numRuns: 500 },
    )
  })

  it('knows one event more after an event, and names it by its stamp', () => {
    const first = withEvent(withEvent(EMPTY_VECTOR, 3, 100), 1, 200)
    expect(frontierOf(first)).toEqual([1, 200, 3, 100])
    const second = withEvent(first, 3, 300)
    expect(second).toEqual([
      { writer: 1, counter: 1, stamp: 200 },
      { writer: 3, counter: 2, stamp: 300 },
    ])
    expect(descends(second, first)).toBe(true)
    expect(descends(first, second)).toBe(false)
    expect(latestStamp(second)).toBe(300)
  })
})

describe('pruning', () => {
  const five = [50, 10, 40, 20, 30].map((stamp, writer) => ({ writer, counter: 1, stamp }))
  const writersLeft = (now: number, rules: { small: number; big: number; young: number; old: number }) =>
    pruned(five, now, rules).map(({ writer }) => writer)

  it('drops the oldest beyond a threshold, as Dynamo does', () => {
    const rules = { small: 3, big: 3, young: 0, old: Number.POSITIVE_INFINITY }
    expect(writersLeft(60, rules)).toEqual([0, 2, 4])
    expect(writersLeft(60, { ...rules, small: 5, big: 5 })).toEqual([0, 1, 2, 3, 4])
  })

  it('drops none while the oldest is young, and stops at one that is', () => {
    expect(writersLeft(60, { small: 1, big: 1, young: 51, old: 1000 })).toEqual([0, 1, 2, 3, 4])
    // Ages 50 and 40 are not younger than 35; age 30 is.
    expect(writersLeft(60, { small: 1, big: 1, young: 35, old: 1000 })).toEqual([0, 2, 4])
  })

  it('drops what is old down to the small number, and what is not only down to the big one', () => {
    // Ages are 10, 50, 20, 40 and 30.
    expect(writersLeft(60, { small: 1, big: 4, young: 0, old: 1000 })).toEqual([0, 2, 3, 4])
    expect(writersLeft(60, { small: 1, big: 4, young: 0, old: 25 })).toEqual([0, 2])
    expect(writersLeft(60, { small: 3, big: 4, young: 0, old: 25 })).toEqual([0, 2, 4])
  })
})
