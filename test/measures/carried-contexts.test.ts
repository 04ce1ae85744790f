/**
 * Measures of stores whose writes carry contexts: a write has seen what its context reaches, of every origin's writes those up to a position,
 * and nothing else. The rules are worked out here for every pair of writes.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OperationId } from '../../src/core/ids.js'
import { MILLISECOND } from '../../src/core/units.js'
import { MODIFY, READ_FOR_MODIFY } from '../../src/history/operation-kinds.js'
import { OK, UNKNOWN } from '../../src/history/outcomes.js'
import { conflicts } from '../../src/measures/conflicts.js'
import { cost } from '../../src/measures/cost.js'
import { NOT_IN_TIME } from '../../src/measures/coverage.js'
import { loss } from '../../src/measures/loss.js'
import { Story } from './story.js'

const ORIGINS = 3
const COPIES = 2

interface Write {
  readonly origin: number
  /** Whether it is acknowledged, and so has a place in the order. */
  readonly isOk: boolean
  /** Of each origin, how many of its latest writes it has not seen. */
  readonly behind: readonly number[]
  /** When each replica receives it. */
  readonly received: readonly (number | null)[]
}

const writes: fc.Arbitrary<readonly Write[]> = fc.array(
  fc.record({
    origin: fc.nat({ max: ORIGINS - 1 }),
    isOk: fc.boolean(),
    behind: fc.array(fc.nat({ max: 3 }), { minLength: ORIGINS, maxLength: ORIGINS }),
    received: fc.array(fc.option(fc.integer({ min: 30, max: 60 })), { minLength: COPIES, maxLength: COPIES }),
  }),
  { maxLength: 25 },
)

/** Writes to one key, one each millisecond; the position of each is its number. */
function storyOf(given: readonly Write[]): Story {
  const story = new Story(COPIES)
  story.probes = { isPartiallyOrdered: () => true }
  const byOrigin = Array.from({ length: ORIGINS }, (): number[] => [])
  given.forEach(({ origin, isOk, behind, received }, i) => {
    const context = byOrigin.flatMap((positions, other) =>
      positions
        .slice(0, positions.length - (behind[other] as number))
        .slice(-1)
        .flatMap((position) => [other, position]),
    )
    const row = isOk ? { order: i, tie: origin } : { outcome: UNKNOWN, tie: -1 }
    const id = story.row({ at: i, until: i, ...row })
    story.history.contexts.set(id, context)
    story.reach(id, received)
    byOrigin[origin]?.push(i)
  })
  return story
}

function hasSeen({ history }: Story, later: OperationId, earlier: OperationId): boolean {
  const context = history.contexts.get(later) ?? []
  const at = context.findIndex((origin, i) => i % 2 === 0 && origin === history.tie[earlier])
  return at >= 0 && (history.order[earlier] as number) <= (context[at + 1] as number)
}

const idsOf = (story: Story) => Array.from({ length: story.history.count }, (_, id) => id)
const acknowledgedOf = (story: Story) => idsOf(story).filter((id) => story.history.outcome[id] === OK)

describe('writes that carry contexts', () => {
  it('are concurrent if neither has seen the other, and overwrite nothing unseen', () => {
    fc.assert(
      fc.property(writes, (given) => {
        const story = storyOf(given)
        const acknowledged = acknowledgedOf(story)
        const { unseen } = story.index()
        for (const id of acknowledged) {
          const isConcurrent = acknowledged.some(
            (other) => other !== id && !hasSeen(story, id, other) && !hasSeen(story, other, id),
          )
          expect(unseen.isConcurrent[id]).toBe(isConcurrent ? 1 : 0)
        }
        expect(unseen.isOverwritten).not.toContain(1)
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('are everywhere once every replica has received them, or one that has seen them', () => {
    fc.assert(
      fc.property(writes, (given) => {
        const story = storyOf(given)
        const { coverage, versions } = story.index()
        versions.rows.forEach((id, position) => {
          const holders = idsOf(story).filter((other) => other === id || hasSeen(story, other, id))
          const times = Array.from({ length: COPIES }, (_, j) =>
            Math.min(NOT_IN_TIME, ...holders.map((other) => (given[other]?.received[j] ?? NOT_IN_TIME) * MILLISECOND)),
          )
          expect(coverage.everywhere[position]).toBe(Math.max(...times))
        })
      }),
      { seed: 8, numRuns: 300 },
    )
  })

  it('are in the final value of a key if it is one of those that have seen them', () => {
    const story = new Story(1)
    story.probes = { isPartiallyOrdered: () => true }
    const modify = (order: number, context: readonly number[]) => {
      const read = story.row({ kind: READ_FOR_MODIFY, at: order, until: order })
      const id = story.row({ kind: MODIFY, at: order, until: order, base: read, order, tie: 0 })
      story.history.contexts.set(id, context)
      return id
    }
    modify(1, [])
    const second = modify(2, [0, 1])
    const third = modify(3, [])
    story.finals.set(0, [{ ids: [second, third] }])
    expect(story.measure(loss).ratios['lost.rmw']).toEqual([0, 3])
    // Nothing that is left has seen the third.
    story.finals.set(0, [second])
    expect(story.measure(loss).ratios['lost.rmw']).toEqual([1, 3])
  })
})

it('reads that merged siblings count how many there were', () => {
  const story = new Story()
  const write = story.write(0, 1, 1)
  for (const count of [1, 4, 2]) story.history.siblings.set(story.read(5, write), count)
  story.read(6, write)
  expect(story.measure(conflicts).measuresInOrder()).toMatchObject({ 'siblings.max': 4 })
})

it('metadata is the mean over replicas that keep clocks', () => {
  const story = new Story(3)
  story.write(0, 1, 1)
  story.finals.set(0, [0, 0, 0])
  const finals = { writtenKeys: [0], values: () => [0, 0, 0] }
  story.probes = { finals: { ...finals, metadata: () => [16, 32, undefined] } }
  expect(story.measure(cost).ratios['metadata.bytes-per-key']).toEqual([48, 2])
  story.probes = { finals: { ...finals, metadata: () => [undefined, undefined, undefined] } }
  expect(story.measure(cost).ratios['metadata.bytes-per-key']).toBeUndefined()
})
