/**
 * Each kind of repair alone, in the whole simulator, key by key: which keys differ in the end follows from the history. A replica that was down for 4 s
 * stays behind in every key whose last write it missed (reference: systems 1, 2 and 13b). Anti-entropy brings it all of them; hints bring those
 * that were kept, which ends with the window, at the limit and with the disk of their holder; read repair brings those that
 * are read later by a read that asks the replica.
 *
 * What makes this exact: operations come every 10 ms, faults strike between them, and messages take 0.5 ms. The replica, b-1, has a zone to itself
 * and so a copy of every key.
 */
import { describe, expect, it } from 'vitest'
import type { Key, NodeId, OperationId } from '../../src/core/ids.js'
import { MILLISECOND } from '../../src/core/units.js'
import type { History } from '../../src/history/history.js'
import { isWrite, READ } from '../../src/history/operation-kinds.js'
import { OK } from '../../src/history/outcomes.js'
import type { Probes } from '../../src/history/probes.js'
import { equalValues, type Value } from '../../src/history/values.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'
import { sized } from './workload-run.js'

const SEEDS = Array.from({ length: sized(1, 25) }, (_, i) => i + 1)

/** In milliseconds, as all times here. */
const DOWN = { from: 2005, to: 6005 }
const HOP = 0.5
/** How long a coordinator waits for acknowledgements. */
const PATIENCE = 200
/** How long one that has missed an answer sends the replica nothing: longer than it is down. */
const RETRY = 6000
const REPLICA: NodeId = 4

interface Given {
  readonly options: string
  readonly operations?: string
  /** Share of the clients that live beside the replica. */
  readonly beside?: number
  readonly faults?: string
}

const cell = ({ options, operations = 'update: 100%', beside = 0, faults = '' }: Given, seed: number) =>
  cellOf(`
seeds: [${seed}]
warmup: 0s
duration: 20s
settle: 300s
topology:
  zones: { a: { nodes: 4, clients: ${100 - beside}% }, b: { nodes: 1, clients: ${beside}% } }
  links: { local: ${HOP}ms, a--b: ${HOP}ms }
node: { read: 0ms, write: 0ms }
client: { coordinator: nearest, timeout: 1s }
workload: { records: 2000, keys: uniform, arrivals: constant(100/s), operations: { ${operations} } }
faults: [ { crash: { node: b-1, at: ${DOWN.from}ms, for: ${DOWN.to - DOWN.from}ms } }, ${faults} ]
strategies: [ { quorum: { n: 3, r: 2, w: 2, ${options} } } ]
`)

interface Story {
  readonly history: History
  readonly probes: Probes
  /** The last acknowledged write of each key. */
  readonly last: ReadonlyMap<Key, OperationId>
  /** Keys whose replicas differ in the end. */
  readonly diverged: readonly Key[]
}

function tell(given: Given, seed: number): Story {
  const { history, probes } = simulate(cell(given, seed))
  const last = new Map<Key, OperationId>()
  for (const id of succeeded(history, isWrite)) last.set(history.key[id] as Key, id)
  const diverged = probes.finals.writtenKeys.filter((key) => {
    const values = probes.finals.values(key)
    return !values.every((value) => equalValues(value, values[0] as Value))
  })
  return { history, probes, last, diverged }
}

const succeeded = (history: History, test: (kind: number) => boolean): readonly OperationId[] =>
  Array.from({ length: history.count }, (_, id) => id).filter(
    (id) => history.outcome[id] === OK && test(history.kind[id] as number),
  )

const askedAt = (history: History, id: OperationId): number => (history.intended[id] as number) / MILLISECOND
const isDownAt = (time: number): boolean => time > DOWN.from && time < DOWN.to

/** Keys whose last write is such a one, in ascending order. */
const keysWhoseLast = ({ last }: Story, test: (write: OperationId, key: Key) => boolean): readonly Key[] =>
  [...last].flatMap(([key, write]) => (test(write, key) ? [key] : [])).sort((left, right) => left - right)

const MIX = 'read: 50%, update: 50%'

describe.each(SEEDS)('with all repair off, seed %i,', (seed) => {
  it('a replica that was down stays behind in each key whose last write it missed, and in no other', () => {
    const story = tell({ options: 'repair: none', operations: MIX, beside: 30 }, seed)
    const missed = keysWhoseLast(story, (write) => isDownAt(askedAt(story.history, write)))
    expect(story.diverged).toEqual(missed)
    expect(missed.length).toBeGreaterThan(30)
  })
})

describe.each(SEEDS)('anti-entropy alone, seed %i,', (seed) => {
  it.each(['mode: continuous, every: 2s', 'mode: sessions, every: 5s'])('repairs every key: %s', (mode) => {
    const story = tell({ options: `repair: none, anti-entropy: { ${mode} }`, operations: MIX, beside: 30 }, seed)
    expect(keysWhoseLast(story, (write) => isDownAt(askedAt(story.history, write))).length).toBeGreaterThan(30)
    expect(story.diverged).toEqual([])
  })
})

describe.each(SEEDS)('read repair alone, seed %i,', (seed) => {
  const isReadLater = ({ history }: Story, asks: (node: NodeId) => boolean) => {
    const reads = succeeded(history, (kind) => kind === READ).filter((read) => asks(history.node[read] as NodeId))
    return (write: OperationId, key: Key) =>
      reads.some((read) => read > write && history.key[read] === key && askedAt(history, read) > DOWN.to)
  }

  /** Where all are asked a read repairs whoever coordinates it; where two are, the nearest, only that of the replica itself asks it. */
  it.each([
    ['asynchronous', 'all'],
    ['blocking', 'all'],
    ['asynchronous', 'quorum'],
    ['blocking', 'quorum'],
  ])(
    'repairs the keys that are read later with the replica asked, and no other: %s, contact: %s',
    (repair, contact) => {
      const story = tell({ options: `repair: ${repair}, contact: ${contact}`, operations: MIX, beside: 30 }, seed)
      const isRepaired = isReadLater(story, (node) => contact === 'all' || node === REPLICA)
      const missed = (write: OperationId) => isDownAt(askedAt(story.history, write))
      expect(story.diverged).toEqual(keysWhoseLast(story, (write, key) => missed(write) && !isRepaired(write, key)))
      expect(story.diverged.length).toBeGreaterThan(5)
      expect(keysWhoseLast(story, (write, key) => missed(write) && isRepaired(write, key)).length).toBeGreaterThan(5)
    },
  )
})

/** A holder of hints that crashes, between two operations and for less than the time to the next. */
interface Holder {
  readonly node: NodeId
  readonly at: number
  readonly disk: 'keep' | 'lose'
}

interface HintRules {
  readonly window?: number
  readonly limit?: number
  readonly holder?: Holder
}

/** What a coordinator, in one of its lives, knows of the replica. */
interface Coordinator {
  readonly node: NodeId
  readonly life: number
  /** When it first missed an answer. */
  since: number
  /** Until then it sends the replica nothing. */
  until: number
  readonly hints: { readonly write: OperationId; readonly at: number }[]
}

/**
 * The writes that the replica has in the end. A coordinator keeps a hint at once for a replica that it holds for down and, of the first write, which
 * tells it that it is, once it has waited for the answer.
 */
function delivered({ history }: Story, rules: HintRules): ReadonlySet<OperationId> {
  const arrived = new Set<OperationId>()
  const coordinators = new Map<string, Coordinator>()
  for (const write of succeeded(history, isWrite)) {
    const at = askedAt(history, write) + HOP
    const coordinator = coordinatorOf(coordinators, history.node[write] as NodeId, at, rules)
    if (at < coordinator.until) coordinator.hints.push({ write, at })
    else if (isDownAt(at + HOP)) {
      coordinator.since = at + 2 * HOP
      coordinator.until = at + PATIENCE + RETRY
      coordinator.hints.push({ write, at: at + PATIENCE })
    } else arrived.add(write)
  }
  for (const coordinator of coordinators.values()) for (const write of kept(coordinator, rules)) arrived.add(write)
  return arrived
}

function coordinatorOf(known: Map<string, Coordinator>, node: NodeId, at: number, { holder }: HintRules): Coordinator {
  const life = holder?.node === node && at > holder.at ? 1 : 0
  const name = `${node}/${life}`
  const found = known.get(name) ?? { node, life, since: Number.NaN, until: Number.NEGATIVE_INFINITY, hints: [] }
  known.set(name, found)
  return found
}

/** In the order in which they come to be kept, and handed back once the replica is held for up again. */
function kept({ node, life, since, hints }: Coordinator, rules: HintRules): readonly OperationId[] {
  const { window = Number.POSITIVE_INFINITY, limit = Number.POSITIVE_INFINITY, holder } = rules
  if (holder?.disk === 'lose' && holder.node === node && life === 0) return []
  const inTime = hints.filter(({ at }) => at - since <= window).sort((left, right) => left.at - right.at)
  return inTime.slice(0, limit).map(({ write }) => write)
}

describe.each(SEEDS)('hints alone, seed %i,', (seed) => {
  const storyOf = ({ window, limit, holder }: HintRules, seed: number): Story => {
    const bounds = [window === undefined ? '' : `, window: ${window}ms`, limit === undefined ? '' : `, limit: ${limit}`]
    return tell(
      {
        options: `repair: none, hints: { every: 500ms${bounds.join('')} }, detector: { kind: timeout, retry: ${RETRY}ms }, timeouts: { write: ${PATIENCE}ms }`,
        faults:
          holder === undefined
            ? ''
            : `{ crash: { node: a-${holder.node + 1}, at: ${holder.at}ms, for: 2ms, disk: ${holder.disk} } }`,
      },
      seed,
    )
  }

  /** Keys that the replica is behind in, by the rules. */
  const behind = (story: Story, rules: HintRules): readonly Key[] => {
    const arrived = delivered(story, rules)
    return keysWhoseLast(story, (write) => !arrived.has(write))
  }

  it('repair every key if the replica was down for less than the window', () => {
    // It is held for down for 6.2 s, from the first write that it misses on.
    for (const window of [undefined, RETRY + PATIENCE]) {
      const rules = window === undefined ? {} : { window }
      const story = storyOf(rules, seed)
      expect(keysWhoseLast(story, (write) => isDownAt(askedAt(story.history, write))).length).toBeGreaterThan(30)
      expect(behind(story, rules)).toEqual([])
      expect(story.diverged).toEqual([])
    }
  })

  it.each([1000, 2500, 5000])('repair the keys last written within the window of %i ms, and no other', (window) => {
    const story = storyOf({ window }, seed)
    expect(story.diverged).toEqual(behind(story, { window }))
    expect(story.diverged.length).toBeGreaterThan(10)
  })

  it.each([1, 20, 100])('repair the keys whose hints were kept before the limit of %i, and no other', (limit) => {
    const story = storyOf({ limit }, seed)
    expect(story.diverged).toEqual(behind(story, { limit }))
    expect(story.diverged.length).toBeGreaterThan(10)
  })

  it('repair the keys whose holder kept its disk, and no other', () => {
    const holder = { node: 1, at: 4005, disk: 'lose' } as const
    const story = storyOf({ holder }, seed)
    const { history, probes } = story
    const behindHere = behind(story, { holder })
    // Its own copies are gone as well, of what was not written again.
    const lost = keysWhoseLast(
      story,
      (write, key) => probes.replicas(key).includes(holder.node) && askedAt(history, write) < holder.at,
    )
    const either = [...new Set([...behindHere, ...lost])].sort((left, right) => left - right)
    expect(story.diverged).toEqual(either)
    expect(behindHere.filter((key) => !lost.includes(key)).length).toBeGreaterThan(0)
  })

  it('repair every key if the holder crashes and keeps its disk', () => {
    const rules = { holder: { node: 1, at: 4005, disk: 'keep' } } as const
    const story = storyOf(rules, seed)
    expect(behind(story, rules)).toEqual([])
    expect(story.diverged).toEqual([])
  })
})
