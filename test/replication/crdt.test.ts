import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OperationId } from '../../src/core/ids.js'
import { INITIAL } from '../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { ADD, REMOVE } from '../../src/history/operation-kinds.js'
import { type CrdtOptions, crdt } from '../../src/replication/crdt/crdt.js'
import { HEADER_BYTES } from '../../src/replication/message-bytes.js'
import { Outcome } from '../../src/replication/replica.js'
import type { Shape } from './fake-cluster.js'
import { FakeCluster } from './fake-cluster.js'

/** Three zones of one node each, 10 ms from one to another. */
const triangle: Shape = { zones: [1, 1, 1], delay: () => 10 * MILLISECOND }

const start = (options: object = {}, shape: Shape = triangle) =>
  new FakeCluster<CrdtOptions>(crdt as never, options, shape)

describe('concurrent', () => {
  it('increments are all counted', () => {
    const cluster = start()
    for (const zone of [0, 1, 2]) cluster.increment(0, zone)
    cluster.settle()
    for (const zone of [0, 1, 2]) cluster.increment(0, zone)
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ count: 6 }, { count: 6 }, { count: 6 }])
  })

  it('adds are all kept', () => {
    const cluster = start()
    const added = [0, 1, 2].map((zone) => cluster.add(0, zone))
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ elements: added }, { elements: added }, { elements: added }])
  })

  it('add of an element wins over its remove', () => {
    const cluster = start()
    const element = cluster.add(0, 0)
    cluster.settle()
    cluster.remove(0, element, 1)
    // The client of node 2 retries the add that node 0 had taken.
    cluster.request({ ...addAgain(element), zone: 2 })
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ elements: [element] }, { elements: [element] }, { elements: [element] }])
  })

  it('updates of a register are settled by the later stamp, after what the node had received', () => {
    const cluster = start({}, { ...triangle, clock: (node, now) => (node === 1 ? now - SECOND : now) })
    cluster.update(0, 0)
    cluster.run(20 * MILLISECOND)
    const after = cluster.update(0, 1)
    cluster.settle()
    expect(cluster.outcome(after).order).toBe(1)
    expect(cluster.valuesOf(0)).toEqual([after, after, after])
  })
})

describe('concurrent updates of a register that keeps siblings', () => {
  const siblings = () => start({ registers: 'mv' })

  it('are all kept, in ascending order, until an update that has seen them replaces them', () => {
    const cluster = siblings()
    const concurrent = [2, 0, 1].map((zone) => cluster.update(0, zone))
    cluster.settle()
    const ids = { ids: concurrent }
    expect(cluster.valuesOf(0)).toEqual([ids, ids, ids])
    const read = cluster.read(0, 1)
    expect(cluster.value(read)).toEqual(ids)
    const later = cluster.update(0, 1)
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ ids: [later] }, { ids: [later] }, { ids: [later] }])
  })

  it('are replaced only where they had arrived: the others stay beside the later one', () => {
    const cluster = siblings()
    const first = cluster.update(0, 0)
    cluster.run(5 * MILLISECOND)
    const unseen = cluster.update(0, 1)
    const replaces = cluster.update(0, 0)
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual(Array(3).fill({ ids: [unseen, replaces] }))
    expect(first).toBeLessThan(unseen)
  })

  it('have places in logs, and a read tells how much of each it has seen', () => {
    const cluster = siblings()
    const untouched = cluster.read(0, 0)
    const writes = [cluster.update(0, 0), cluster.increment(1, 0), cluster.update(0, 0)]
    const read = cluster.read(0, 0)
    cluster.settle()
    expect(cluster.outcome(untouched)).toEqual(new Outcome(INITIAL, Number.NEGATIVE_INFINITY, -1))
    expect(writes.map((write) => [cluster.outcome(write).order, cluster.outcome(write).tie])).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ])
    expect(cluster.outcome(read)).toEqual(new Outcome({ ids: [writes[2] as number] }, Number.NaN, -1, [0, 3]))
  })
})

describe('a leader that lost its disk', () => {
  it('never takes a dot for its next that it has used, though nobody who answers knows it', () => {
    const cluster = start({ registers: 'mv' })
    cluster.update(0, 0)
    cluster.settle()
    // The second write reaches node 1 alone, and node 0 has its data from node 2.
    cluster.cut(0, 2)
    cluster.cut(1, 2)
    const known = cluster.update(0, 0)
    cluster.run(50 * MILLISECOND)
    cluster.nodeAt(0).loseDisk()
    cluster.heal()
    cluster.cut(0, 1)
    cluster.cut(1, 2)
    cluster.nodeAt(0).start()
    cluster.run(100 * MILLISECOND)
    const again = cluster.update(0, 0)
    cluster.run(100 * MILLISECOND)
    cluster.heal()
    cluster.settle()
    const both = { ids: [known, again] }
    expect(cluster.valuesOf(0)).toEqual([both, both, both])
  })
})

const addAgain = (operation: OperationId) => ({ kind: ADD, key: 0, operation, attempt: 1 })

describe('a remove', () => {
  it('that overtakes its add takes it out where it arrives first', () => {
    // Node 0 to node 2 is slow, so node 1's remove is there first.
    const cluster = start(
      {},
      { zones: [1, 1, 1], delay: (from, to) => (from === 0 && to === 2 ? 100 : 1) * MILLISECOND },
    )
    const element = cluster.add(0, 0)
    cluster.run(10 * MILLISECOND)
    cluster.remove(0, element, 1)
    cluster.run(10 * MILLISECOND)
    expect(cluster.nodeAt(2).running.valueOf(0)).toEqual({ elements: [] })
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ elements: [] }, { elements: [] }, { elements: [] }])
  })

  it('of nothing is a write that changes nothing', () => {
    const cluster = start()
    const nothing = cluster.request({ kind: REMOVE, key: 0 })
    cluster.settle()
    expect(cluster.outcome(nothing)).toEqual(new Outcome(nothing, 1, 0))
    expect(cluster.valuesOf(0)).toEqual([{ elements: [] }, { elements: [] }, { elements: [] }])
    expect(cluster.nodes.every((node) => node.receivedAt.has(nothing))).toBe(true)
  })
})

describe('versions', () => {
  it('of counters and sets are places in logs, and a read tells how much of each it has seen', () => {
    const cluster = start()
    const untouched = cluster.read(0, 0)
    const writes = [cluster.increment(0, 0), cluster.add(1, 0), cluster.increment(0, 1)]
    const early = cluster.read(0, 1)
    cluster.settle()
    const late = cluster.read(1, 2)
    expect(cluster.outcome(untouched)).toEqual(new Outcome(INITIAL, Number.NEGATIVE_INFINITY, -1))
    expect(writes.map((write) => [cluster.outcome(write).order, cluster.outcome(write).tie])).toEqual([
      [1, 0],
      [2, 0],
      [1, 1],
    ])
    expect(cluster.outcome(early)).toEqual(new Outcome({ count: 1 }, Number.NaN, -1, [1, 1]))
    expect(cluster.outcome(late)).toEqual(
      new Outcome({ elements: [writes[1] as number] }, Number.NaN, -1, [0, 2, 1, 1]),
    )
  })

  it('of registers are stamps', () => {
    const cluster = start()
    cluster.run(5 * MILLISECOND)
    const write = cluster.update(0, 2)
    const read = cluster.read(0, 2)
    expect(cluster.outcome(write)).toEqual(new Outcome(write, 5 * MILLISECOND, 2))
    expect(cluster.outcome(read)).toEqual(new Outcome(write, 5 * MILLISECOND, 2))
  })

  it('stay in place over a crash', () => {
    const cluster = start()
    cluster.increment(0, 0)
    cluster.run(5 * MILLISECOND)
    cluster.nodeAt(0).crash()
    cluster.nodeAt(0).start()
    const second = cluster.increment(0, 0)
    const read = cluster.read(0, 0)
    expect(cluster.outcome(second).order).toBe(2)
    expect(cluster.outcome(read).frontier).toEqual([0, 2])
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ count: 2 }, { count: 2 }, { count: 2 }])
  })
})

describe('deltas', () => {
  it('weigh what they carry, however much the set holds', () => {
    const cluster = start()
    const elements = [0, 1, 2, 3, 4, 5, 6, 7].map(() => cluster.add(0, 0))
    cluster.increment(1, 0)
    cluster.update(2, 0)
    cluster.remove(0, elements[3] as OperationId, 0)
    cluster.run(0)
    const bytes = cluster.sent.filter(({ to }) => to === 1).map(({ message }) => message.bytes - HEADER_BYTES)
    // An element, its dot and the dot once more in the context; two totals; a value; a dot.
    expect(bytes).toEqual([...elements.map(() => 24), 16, 100, 8])
  })

  it('of a register that keeps siblings weigh its value, a dot, and what it has seen', () => {
    const cluster = start({ registers: 'mv' })
    for (const zone of [0, 1, 2]) cluster.update(0, zone)
    cluster.settle()
    cluster.update(0, 2)
    cluster.run(0)
    const bytes = cluster.sent
      .filter(({ from, to, message }) => from === 2 && to === 1 && message.bytes > HEADER_BYTES)
      .map(({ message }) => message.bytes - HEADER_BYTES)
    expect(bytes).toEqual([116, 132])
  })
})

describe('every replica', () => {
  it('ends up with what was done anywhere, whatever is cut, crashes and overtakes on the way', () => {
    const zone = fc.nat({ max: 1 })
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ verb: fc.constantFrom('increment' as const, 'add' as const), zone }) },
      { weight: 3, arbitrary: fc.record({ verb: fc.constant('remove' as const), zone, pick: fc.nat({ max: 100 }) }) },
      {
        weight: 2,
        arbitrary: fc.record({ verb: fc.constantFrom('crash' as const, 'cut' as const), node: fc.nat({ max: 5 }) }),
      },
      { weight: 4, arbitrary: fc.record({ verb: fc.constant('run' as const), milliseconds: fc.nat({ max: 800 }) }) },
      { weight: 1, arbitrary: fc.record({ verb: fc.constant('revive' as const) }) },
    )
    const leaders = fc.constantFrom('zone', 'node')
    fc.assert(
      fc.property(leaders, fc.array(step, { minLength: 10, maxLength: 50 }), fc.integer(), (led, steps, seed) => {
        const random = start().random.fork(`${seed}`)
        const cluster = start(
          { copies: 5, leaders: led },
          { zones: [3, 3], delay: () => random.below(50) * MILLISECOND },
        )
        const revive = () => {
          for (const node of cluster.nodes) if (node.replica === null) node.start()
          cluster.heal()
        }
        const counter = 0
        const set = 1
        const increments: OperationId[] = []
        const adds: OperationId[] = []
        const removes: { remove: OperationId; element: OperationId }[] = []
        for (const action of steps) {
          if (action.verb === 'run') cluster.run(action.milliseconds * MILLISECOND)
          else if (action.verb === 'revive') revive()
          else if ('node' in action && action.verb === 'crash') cluster.nodeAt(action.node).crash()
          else if ('node' in action) cluster.cut(action.node, (action.node + 3) % 6)
          else if ('pick' in action) {
            // A client removes what a read has shown it.
            const element = shownElement(cluster, set, action.zone, action.pick)
            if (element !== undefined) removes.push({ remove: cluster.remove(set, element, action.zone), element })
          } else if (action.verb === 'increment') increments.push(cluster.increment(counter, action.zone))
          else adds.push(cluster.add(set, action.zone))
          cluster.run(0)
        }
        revive()
        cluster.settle()
        const answered = (operation: OperationId) => cluster.answers.get(operation) instanceof Outcome
        const count = increments.filter(answered).length
        const values = cluster.valuesOf(counter)
        expect(values).toEqual(values.map(() => (count === 0 ? INITIAL : { count })))
        checkSets(
          cluster,
          set,
          adds.filter(answered),
          removes.filter(({ remove }) => answered(remove)),
          led,
        )
      }),
      { seed: 8, numRuns: 60 },
    )
  })
})

/** One of the elements that a read in `zone` shows, if there is an answer and it has any. */
function shownElement(cluster: FakeCluster<CrdtOptions>, key: number, zone: number, pick: number) {
  const read = cluster.read(key, zone)
  cluster.run(0)
  const answer = cluster.answers.get(read)
  if (!(answer instanceof Outcome) || typeof answer.value === 'number' || !('elements' in answer.value))
    return undefined
  return answer.value.elements[pick % Math.max(1, answer.value.elements.length)]
}

/** A remove takes effect if its leader had its element; with leaders: node another leader may serve it than the one read. */
function checkSets(
  cluster: FakeCluster<CrdtOptions>,
  key: number,
  adds: readonly OperationId[],
  removes: readonly { readonly remove: OperationId; readonly element: OperationId }[],
  leaders: string,
): void {
  const observed = ({ remove, element }: { remove: OperationId; element: OperationId }) => {
    const leader = cluster.nodeAt(cluster.outcome(remove).tie)
    const order = [...leader.receivedAt.keys()]
    return order.includes(element) && order.indexOf(element) < order.indexOf(remove)
  }
  const effective = removes.filter(observed)
  if (leaders === 'zone') expect(effective).toHaveLength(removes.length)
  const gone = new Set(effective.map(({ element }) => element))
  const elements = adds.filter((element) => !gone.has(element))
  for (const value of cluster.valuesOf(key)) {
    if (value !== INITIAL) expect(value).toEqual({ elements })
    else expect(elements).toEqual([])
  }
}
