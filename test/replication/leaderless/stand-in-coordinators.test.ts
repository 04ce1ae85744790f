/**
 * Writes under clocks that a stand-in coordinates while all replicas of the key are down (DeCandia et al. 2007, sections 4.5 and 4.6; Riak's fallback
 * vnodes): where they are kept, who sees them, what becomes of two that did not see each other, and that no event is ever issued twice, whatever
 * the stand-in has handed back or lost. Seven nodes, or five; a node that is down says nothing, so whoever asks it finds out after 50 ms.
 */
import { describe, expect, it } from 'vitest'
import type { NodeId, OperationId } from '../../../src/core/ids.js'
import { INITIAL } from '../../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../../src/core/units.js'
import { INCREMENT, READ, UPDATE } from '../../../src/history/operation-kinds.js'
import { Disk, Journal } from '../../../src/replication/disk.js'
import { HINTED_WRITE } from '../../../src/replication/leaderless/hints/hinted-write.js'
import { StandInNames } from '../../../src/replication/leaderless/hints/stand-in-names.js'
import { quorum } from '../../../src/replication/leaderless/quorum.js'
import type { Context } from '../../../src/replication/replica.js'
import { FakeCluster } from '../fake-cluster.js'

describe('a name', () => {
  const names = () => {
    let next = 7
    return new StandInNames({ newIdentity: () => next++ } as never)
  }

  it('is asked for once, and serves all keys', () => {
    const standIn = names()
    expect([1, 2, 1].map((key) => standIn.writerOf(key))).toEqual([7, 7, 7])
  })

  it('is given up before the next write of a key of which something was forgotten', () => {
    const standIn = names()
    for (const key of [1, 2]) standIn.writerOf(key)
    standIn.forget(1)
    expect([2, 1, 2, 1].map((key) => standIn.writerOf(key))).toEqual([7, 8, 8, 8])
    standIn.forget(2)
    expect([1, 2].map((key) => standIn.writerOf(key))).toEqual([8, 9])
  })

  it('stays where what was forgotten was written under another', () => {
    const standIn = names()
    standIn.forget(1)
    expect(standIn.writerOf(1)).toBe(7)
    standIn.forget(2)
    expect(standIn.writerOf(2)).toBe(7)
  })
})

const OPTIONS = {
  n: 3,
  r: 1,
  w: 1,
  versions: 'dotted',
  sloppy: true,
  repair: 'none',
  timeouts: { read: '50ms', write: '50ms', forward: '50ms' },
  detector: { kind: 'timeout', retry: '5s' },
  hints: { every: '1s' },
}

const PAUSE = 200 * MILLISECOND

class Outage extends FakeCluster<object> {
  readonly key = 500
  readonly replicas: readonly NodeId[]
  /** In the order in which they stand in. */
  readonly others: readonly NodeId[]

  constructor(options: object = {}, nodes = 5) {
    super(quorum as never, { ...OPTIONS, ...options }, { zones: [nodes], delay: () => MILLISECOND })
    this.replicas = this.placement.replicas(this.key)
    this.others = (this.placement as unknown as { fallbacks: (key: number) => readonly NodeId[] }).fallbacks(this.key)
  }

  /** All replicas are down, and the others know it. */
  begin(): void {
    for (const node of this.replicas) this.nodeAt(node).crash()
    for (const node of this.others) this.request({ kind: READ, key: this.key }, node)
    this.run(PAUSE)
  }

  /** All are back, and everything is handed back. */
  end(): void {
    for (const node of this.replicas) this.nodeAt(node).start()
    this.run(30 * SECOND)
  }

  ask(node: NodeId, kind: number, context: Context | null = null): OperationId {
    const operation = this.request({ kind, key: this.key, context, valueBytes: 100 }, node)
    this.run(PAUSE)
    return operation
  }

  write = (node: NodeId, context: Context | null = null) => this.ask(node, UPDATE, context)
  look = (node: NodeId) => this.outcome(this.ask(node, READ))

  answerTo(operation: OperationId): unknown {
    const answer = this.answers.get(operation)
    return answer !== undefined && 'reason' in answer ? `${answer.reason} ${answer.applied}` : answer?.value
  }

  /** Writes are durable once the journal says so, which it does to nobody. */
  delayDisk(node: NodeId): Journal {
    const journal = new Journal()
    const host = this.nodeAt(node)
    host.crash()
    Object.assign(host, { disk: new Disk(journal), sync: () => {} })
    host.start()
    return journal
  }

  /** As the simulator does: what was not durable is undone, and the node's own name goes with it. */
  crashBeforeFlush(node: NodeId, journal: Journal): void {
    const host = this.nodeAt(node)
    host.crash()
    journal.undo()
    host.identity = this.nextIdentity()
    host.start()
  }
}

const everywhere = <T>(value: T): readonly T[] => [value, value, value]

describe.each([
  { versions: 'dotted', put: 'local-first' },
  { versions: 'vectors', put: 'parallel' },
])('under $versions, $put', (options) => {
  it('a write is kept by the stand-ins, found there, and handed back to all replicas', () => {
    const cluster = new Outage({ ...options, w: 2, r: 2 })
    const [first, second] = cluster.others as [NodeId, NodeId]
    cluster.begin()
    const id = cluster.write(first)
    expect(cluster.answerTo(id)).toBe(id)
    // The one keeps it for the first replica and, as nobody is left to stand in for it, for the third; the other for the second.
    expect([first, second].map((node) => cluster.nodeAt(node).hintsKept)).toEqual([2, 1])
    expect([first, second].map((node) => cluster.look(node).value)).toEqual([id, id])
    cluster.end()
    expect(cluster.valuesOf(cluster.key)).toEqual(everywhere(id))
    expect([first, second].map((node) => cluster.nodeAt(node).hintsKept)).toEqual([0, 0])
  })

  it('one that has seen the one before it replaces it, by either stand-in', () => {
    const cluster = new Outage({ ...options, w: 2, r: 2 })
    const [first, second] = cluster.others as [NodeId, NodeId]
    cluster.begin()
    cluster.write(first)
    cluster.write(first, cluster.look(first).context)
    const last = cluster.write(second, cluster.look(second).context)
    expect(cluster.look(first).value).toBe(last)
    cluster.end()
    expect(cluster.valuesOf(cluster.key)).toEqual(everywhere(last))
  })

  it('two of stand-ins that did not hear of each other are siblings, and a write that saw both replaces them', () => {
    const both = new Outage(options)
    const [first, second] = both.others as [NodeId, NodeId]
    both.begin()
    both.cut(first, second)
    const ids = [both.write(first), both.write(second)]
    both.heal()
    both.end()
    expect(both.valuesOf(both.key)).toEqual(everywhere({ ids }))
    const last = both.write(both.replicas[0] as NodeId, both.look(both.replicas[1] as NodeId).context)
    expect(both.valuesOf(both.key)).toEqual(everywhere(last))
  })

  it('two of clients that know nothing are siblings at the stand-in that took both', () => {
    const cluster = new Outage(options)
    const [first] = cluster.others as [NodeId]
    cluster.begin()
    const ids = [cluster.write(first), cluster.write(first)]
    expect(cluster.look(first).value).toEqual({ ids })
    cluster.end()
    expect(cluster.valuesOf(cluster.key)).toEqual(everywhere({ ids }))
  })

  it('what was handed back and forgotten is not replaced by a write of the next outage that has not seen it', () => {
    const cluster = new Outage(options)
    const [first] = cluster.others as [NodeId]
    const ids: OperationId[] = []
    for (let outage = 0; outage < 3; outage++) {
      cluster.begin()
      ids.push(cluster.write(first))
      cluster.end()
    }
    expect(cluster.valuesOf(cluster.key)).toEqual(everywhere({ ids }))
  })

  it('finds what it keeps after a crash, and what it writes then comes after it', () => {
    const cluster = new Outage(options)
    const [first, second] = cluster.others as [NodeId, NodeId]
    cluster.begin()
    cluster.nodeAt(second).crash()
    cluster.write(first)
    cluster.nodeAt(first).crash()
    cluster.nodeAt(first).start()
    cluster.begin()
    const context = cluster.look(first).context
    const last = cluster.write(first, context)
    cluster.end()
    expect(cluster.valuesOf(cluster.key)).toEqual(everywhere(last))
  })

  it('is done by the stand-in to whom a node hands it on that is none', () => {
    const cluster = new Outage(options, 7)
    const [first, , , fourth] = cluster.others as [NodeId, NodeId, NodeId, NodeId]
    cluster.begin()
    const id = cluster.write(fourth)
    expect(cluster.answerTo(id)).toBe(id)
    expect(cluster.transcript.at(-1)).toContain(`node ${fourth} answers ${id}`)
    expect(cluster.nodeAt(first).hintsKept).toBe(1)
    cluster.end()
    expect(cluster.valuesOf(cluster.key)).toEqual(everywhere(id))
  })

  it('is handed on once more where the stand-in knows of a replica that is up, and the answer comes back the same way', () => {
    const cluster = new Outage(options, 7)
    const fourth = cluster.others[3] as NodeId
    for (const node of cluster.replicas) cluster.cut(fourth, node)
    cluster.ask(fourth, READ)
    const id = cluster.write(fourth)
    expect(cluster.answerTo(id)).toBe(id)
    expect(cluster.transcript.at(-1)).toContain(`node ${fourth} answers ${id}`)
    expect(cluster.countSent(({ kind }) => kind === HINTED_WRITE)).toBe(0)
    expect(cluster.valuesOf(cluster.key)).toEqual(everywhere(id))
  })

  it('is done once the stand-in has found out of each replica, by handing a write on to it, that it is down', () => {
    const cluster = new Outage(options)
    const [first] = cluster.others as [NodeId]
    for (const node of cluster.replicas) cluster.nodeAt(node).crash()
    const answers = cluster.replicas.map(() => cluster.answerTo(cluster.write(first)))
    expect(answers).toEqual(everywhere('unavailable unknown'))
    const id = cluster.write(first)
    expect(cluster.answerTo(id)).toBe(id)
  })

  it('is refused where the stand-in has no room, and leaves nothing behind', () => {
    const cluster = new Outage({ ...options, hints: { every: '1s', limit: 1 } })
    const [first, second] = cluster.others as [NodeId, NodeId]
    cluster.begin()
    cluster.nodeAt(second).crash()
    const kept = cluster.write(first)
    expect(cluster.answerTo(cluster.write(first))).toBe('overloaded no')
    expect(cluster.look(first).value).toBe(kept)
    cluster.nodeAt(second).start()
    cluster.end()
    expect(cluster.valuesOf(cluster.key)).toContain(kept)
  })

  it('is not said to be nowhere where all queues are full, for who coordinates has made and kept it', () => {
    const cluster = new Outage(options, 7)
    const [first] = cluster.others as [NodeId]
    cluster.begin()
    for (const node of cluster.others) cluster.nodeAt(node).overloaded = true
    const id = cluster.write(first)
    // Where it is to be stored first it has not been made.
    const isMade = options.put === 'parallel'
    expect(cluster.answerTo(id)).toBe(isMade ? 'overloaded unknown' : 'overloaded no')
    for (const node of cluster.others) cluster.nodeAt(node).overloaded = false
    expect(cluster.look(first).value).toBe(isMade ? id : INITIAL)
  })

  it('is refused where one must be stored by a replica proper, as by PW of Riak, or nobody may stand in', () => {
    for (const more of [{ pw: 1 }, { sloppy: false }]) {
      const cluster = new Outage({ ...options, ...more })
      cluster.begin()
      expect(cluster.answerTo(cluster.write(cluster.others[0] as NodeId))).toBe('unavailable no')
      cluster.end()
      expect(cluster.valuesOf(cluster.key)).toEqual(everywhere(INITIAL))
    }
  })
})

describe('an event that was issued and not flushed', () => {
  it('is not issued again after the crash: what others have of it stays beside what comes then', () => {
    const cluster = new Outage({ put: 'parallel' })
    const [first] = cluster.others as [NodeId]
    const journal = cluster.delayDisk(first)
    cluster.begin()
    const lost = cluster.write(first)
    // The other stand-in has it on its disk, and has acknowledged it.
    expect(cluster.answerTo(lost)).toBe(lost)
    cluster.crashBeforeFlush(first, journal)
    expect(cluster.nodeAt(first).hintsKept).toBe(0)
    cluster.begin()
    const next = cluster.write(first)
    journal.makeDurable(journal.position)
    cluster.end()
    // It went to the second replica's place alone; the hints for the other two are undone.
    expect(cluster.valuesOf(cluster.key)).toEqual([next, { ids: [lost, next] }, next])
  })

  it('never left the stand-in where that stores a write before it sends it', () => {
    const cluster = new Outage({ put: 'local-first' })
    const [first] = cluster.others as [NodeId]
    const journal = cluster.delayDisk(first)
    cluster.begin()
    const lost = cluster.write(first)
    expect(cluster.answerTo(lost)).toBe('timeout unknown')
    expect(cluster.countSent(({ kind }) => kind === HINTED_WRITE)).toBe(0)
    cluster.crashBeforeFlush(first, journal)
    cluster.end()
    expect(cluster.valuesOf(cluster.key)).toEqual(everywhere(INITIAL))
  })

  it('nor is one of a disk that was lost', () => {
    const cluster = new Outage({ put: 'local-first' })
    const [first] = cluster.others as [NodeId]
    cluster.begin()
    const old = cluster.write(first)
    cluster.nodeAt(first).loseDisk()
    cluster.nodeAt(first).start()
    cluster.begin()
    const next = cluster.write(first)
    cluster.end()
    // The other stand-in has kept the old one for the second replica.
    expect(cluster.valuesOf(cluster.key)).toEqual([next, { ids: [old, next] }, next])
  })
})

it('increments of a data type that a stand-in does in one outage and the next all count', () => {
  const cluster = new Outage({ put: 'local-first', merge: 'data-types' })
  const [first, second] = cluster.others as [NodeId, NodeId]
  for (let outage = 0; outage < 3; outage++) {
    cluster.begin()
    for (const node of [first, first, second]) cluster.ask(node, INCREMENT)
    cluster.end()
  }
  // Three in each of three outages.
  expect(cluster.valuesOf(cluster.key)).toEqual(everywhere({ count: 9 }))
})
