/**
 * What writes have seen, and what follows from it, against the definitions taken word by word: in thousands of small histories made at
 * random, with one witness or several, read-modify-writes of whatever, overtaking, and replicas that never hear of a write.
 */
import { describe, expect, it } from 'vitest'
import { INITIAL } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import type { History } from '../../src/history/history.js'
import { MODIFY, READ_FOR_MODIFY, UPDATE } from '../../src/history/operation-kinds.js'
import { OK, UNKNOWN } from '../../src/history/outcomes.js'
import { Unseen } from '../../src/measures/unseen.js'
import { Story } from './story.js'

const COPIES = 3

interface Shape {
  /** Of writes that read first. */
  readonly modifies: number
  readonly witnesses: number
  /** Of receipts that never come. */
  readonly gaps: number
  /** Whether versions are ordered at random, or as they were invoked. */
  readonly skewed: boolean
}

/** Some writes of key 0, each received by each replica at a time of its own. */
function randomStory(seed: number, { modifies, witnesses, gaps, skewed }: Shape): Story {
  const random = RandomStream.ofSeed(seed)
  const story = new Story(COPIES)
  const { history } = story
  const writes: number[] = []
  const count = 2 + random.below(10)
  for (let i = 0; i < count; i++) {
    const at = 10 * i
    const read = random.float() < modifies ? story.row({ kind: READ_FOR_MODIFY, at, until: at + 1 }) : -1
    if (read >= 0) history.observed[read] = (writes[random.below(writes.length + 1)] as number | undefined) ?? INITIAL
    const id = history.begin(read >= 0 ? MODIFY : UPDATE, 0, 0, (at + 1) * 1e6, read)
    const first = random.below(COPIES)
    for (let j = 0; j < COPIES; j++) {
      const replica = (first + j) % COPIES
      if (j >= witnesses && random.float() < gaps) continue
      history.received(id, replica, (at + 2 + random.below(60)) * 1e6)
      if (j < witnesses) history.witness(id, replica)
    }
    const isWitnessed = read >= 0 || witnesses > 0
    const outcome = random.float() < 0.2 || !isWitnessed ? UNKNOWN : OK
    const order = skewed ? random.below(1000) : i
    history.finish(id, outcome, (at + 100) * 1e6, outcome === OK ? order : Number.NaN, outcome === OK ? i : -1)
    writes.push(id)
  }
  return story
}

/** By the definition: an edge for each of (i) and (ii), closed under (iii). */
class Definition {
  readonly writes: number[] = []
  private readonly seen: boolean[][]

  constructor(private readonly history: History) {
    for (let id = 0; id < history.count; id++) if ((history.kind[id] as number) >= UPDATE) this.writes.push(id)
    this.seen = this.writes.map((b) => this.writes.map((a) => this.hasSeenDirectly(b, a)))
    for (let via = 0; via < this.writes.length; via++) {
      for (const row of this.seen) {
        if (row[via])
          this.seen[via]?.forEach((isSeen, a) => {
            if (isSeen) row[a] = true
          })
      }
    }
  }

  hasSeen(b: number, a: number): boolean {
    return this.seen[this.writes.indexOf(b)]?.[this.writes.indexOf(a)] === true
  }

  private hasSeenDirectly(b: number, a: number): boolean {
    const { history } = this
    if (history.kind[b] === MODIFY) return history.observed[history.base[b] as number] === a
    for (let j = 0; j < COPIES; j++) {
      if (history.witnesses[(history.observed[b] as number) + j] === 1 && this.isBefore(a, b, j)) return true
    }
    return false
  }

  /** Equal times: by version, and what has none last, in order of invocation. */
  private isBefore(a: number, b: number, replica: number): boolean {
    const left = this.reception(a, replica)
    const right = this.reception(b, replica)
    if (a === b || Number.isNaN(left[0])) return false
    const place = left.findIndex((value, i) => value !== right[i])
    return (left[place] as number) < (right[place] as number)
  }

  private reception(id: number, replica: number): number[] {
    const { history } = this
    const at = (history.intended[id] as number) + history.firstReceipt(id, replica)
    const hasOrder = history.outcome[id] === OK
    return [at, hasOrder ? (history.order[id] as number) : 1e9, hasOrder ? (history.tie[id] as number) : 0, id]
  }
}

const SHAPES: readonly (readonly [string, Shape])[] = [
  ['blind writes with one witness', { modifies: 0, witnesses: 1, gaps: 0, skewed: false }],
  ['the same that some replicas never receive, under skew', { modifies: 0, witnesses: 1, gaps: 0.4, skewed: true }],
  ['read-modify-writes alone', { modifies: 1, witnesses: 1, gaps: 0.2, skewed: true }],
  ['a mixture', { modifies: 0.5, witnesses: 1, gaps: 0.3, skewed: true }],
  ['a mixture with two witnesses', { modifies: 0.5, witnesses: 2, gaps: 0.3, skewed: true }],
  ['a mixture with three witnesses', { modifies: 0.3, witnesses: 3, gaps: 0, skewed: false }],
  ['a mixture with blind writes that nobody witnessed', { modifies: 0.4, witnesses: 0, gaps: 0.3, skewed: true }],
]

describe('what writes have seen', () => {
  it.each(SHAPES)('is as the definition says: %s', (_, shape) => {
    for (let seed = 1; seed <= 400; seed++) {
      const story = randomStory(seed, shape)
      const { history } = story
      const index = story.index()
      const { seen } = index
      const definition = new Definition(history)
      const { isOverwritten, isConcurrent } = new Unseen(history, seen, index.versions, 1)
      const acknowledged = definition.writes.filter((id) => history.outcome[id] === OK)
      for (const a of definition.writes) {
        for (const b of definition.writes) {
          if (a === b) continue
          const found = seen.includes(seen.placeOf[b] as number, seen.placeOf[a] as number)
          expect(found, `seed ${seed}: ${b} has seen ${a}`).toBe(definition.hasSeen(b, a))
        }
        if (history.outcome[a] !== OK) continue
        const unseeing = acknowledged.filter((b) => b !== a && !definition.hasSeen(b, a))
        const isLost = unseeing.some((b) => isAfter(history, b, a))
        expect(isOverwritten[a], `seed ${seed}: ${a} is overwritten`).toBe(isLost ? 1 : 0)
        const met = unseeing.some((b) => !definition.hasSeen(a, b))
        expect(isConcurrent[a], `seed ${seed}: ${a} has a concurrent write`).toBe(met ? 1 : 0)
      }
    }
  })
})

describe('receipts in single precision', () => {
  it('do not turn a burst around: a leader that takes many writes at once has seen each before the next', () => {
    const story = new Story(1)
    const { history } = story
    // Both were held back ten seconds and taken in the same nanosecond; a receipt is rounded to some thousand of them.
    const taken = 10_000_000_123
    for (const [order, intended] of [600, 0].entries()) {
      const id = history.begin(UPDATE, 0, 0, intended, -1)
      history.received(id, 0, taken)
      history.witness(id, 0)
      history.finish(id, OK, taken, order, 0)
    }
    const recorded = [0, 1].map((id) => (history.intended[id] as number) + history.firstReceipt(id, 0))
    expect(recorded[0]).toBeGreaterThan(recorded[1] as number)
    const { seen, unseen } = story.index()
    expect(seen.includes(seen.placeOf[1] as number, seen.placeOf[0] as number)).toBe(true)
    expect([...unseen.isOverwritten]).toEqual([0, 0])
  })
})

function isAfter({ order, tie }: History, b: number, a: number): boolean {
  if (order[b] !== order[a]) return (order[b] as number) > (order[a] as number)
  return (tie[b] as number) > (tie[a] as number)
}
