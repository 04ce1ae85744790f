/**
 * Versions with clocks without a network: replicas that coordinate writes, exchange what they hold, and answer clients who carry contexts.
 * What must hold is told by the causal histories of the writes.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INITIAL, NO_OPERATION, type OperationId } from '../../../../src/core/ids.js'
import { ADD, DELETE, INCREMENT, REMOVE, UPDATE } from '../../../../src/history/operation-kinds.js'
import { Disk } from '../../../../src/replication/disk.js'
import { bytesOf, clockBytesOf, valueIn, writersOf } from '../../../../src/replication/leaderless/held.js'
import { NOTHING_HELD, type Versioned } from '../../../../src/replication/leaderless/versioned.js'
import { ClockedStore } from '../../../../src/replication/leaderless/versions/clocked-store.js'
import { clockedMaker, clockedVersions } from '../../../../src/replication/leaderless/versions/clocked-versions.js'
import type { VersionOptions } from '../../../../src/replication/leaderless/versions/options.js'
import type { Context, Request } from '../../../../src/replication/replica.js'

const REPLICAS = 3
const CLIENTS = 3

class Replicas {
  /** Of each replica what it holds of the one key. */
  readonly held: Versioned[] = Array<Versioned>(REPLICAS).fill(NOTHING_HELD)
  readonly versions
  private readonly makers
  private now = 0
  private operations = 0

  constructor(options: VersionOptions) {
    this.versions = clockedVersions(options)
    this.makers = Array.from({ length: REPLICAS }, (_, identity) => {
      const context = { identity, disk: new Disk(), clock: () => ++this.now }
      return clockedMaker(context as never, options)
    })
  }

  /** A write through a replica by a client that knows `context`; returns its operation. */
  write(replica: number, context: Context | null, kind = UPDATE, element = NO_OPERATION): OperationId {
    return this.put(replica, { kind, element, context }, null)
  }

  /** An increment, add or remove of what another replica holds. */
  merge(replica: number, kind: number, found: Versioned, element = NO_OPERATION): OperationId {
    return this.put(replica, { kind, element, context: null }, found)
  }

  at(replica: number): Versioned {
    return this.held[replica] as Versioned
  }

  exchange(from: number, to: number): void {
    this.held[to] = this.versions.reconcile(this.at(to), this.at(from))
  }

  contextAt(replica: number): Context | null {
    return this.versions.readOutcome(this.at(replica)).context
  }

  valueAt(replica: number): unknown {
    return valueIn(this.at(replica).held)
  }

  private put(replica: number, given: Partial<Request>, found: Versioned | null): OperationId {
    const operation = this.operations++
    const request = { operation, key: 0, valueBytes: 100, ...given } as Request
    const made = this.makers[replica]?.make(request, found, this.at(replica)) as Versioned
    this.held[replica] = made
    return operation
  }
}

const both = [{ versions: 'vectors' }, { versions: 'dotted' }] as const

describe.each(both)('versions with clocks ($versions)', (options) => {
  const index = (below: number) => fc.nat({ max: below - 1 })
  const steps = fc.array(
    fc.oneof(
      fc.record({ act: fc.constantFrom('read', 'write', 'blind'), client: index(CLIENTS), replica: index(REPLICAS) }),
      fc.record({ act: fc.constant('exchange'), client: index(REPLICAS), replica: index(REPLICAS) }),
    ),
    { maxLength: 40 },
  )

  it('keep every write that no other has seen, and, with dots, no other', () => {
    fc.assert(
      fc.property(steps, (schedule) => {
        const replicas = new Replicas(options)
        const contexts = Array<Context | null>(CLIENTS).fill(null)
        /** Writes that each client knows, each replica knows, and each write had seen. */
        const known = Array.from({ length: CLIENTS }, () => new Set<OperationId>())
        const arrived = Array.from({ length: REPLICAS }, () => new Set<OperationId>())
        const seen: Set<OperationId>[] = []
        for (const { act, client, replica } of schedule) {
          if (act === 'exchange') {
            replicas.exchange(client, replica)
            arrived[replica] = new Set([...(arrived[replica] as Set<number>), ...(arrived[client] as Set<number>)])
            continue
          }
          if (act !== 'read') {
            const isBlind = act === 'blind'
            const written = replicas.write(replica, isBlind ? null : (contexts[client] as Context | null))
            seen.push(isBlind ? new Set() : (known[client] as Set<OperationId>))
            arrived[replica] = new Set([
              ...(arrived[replica] as Set<number>),
              ...(seen[written] as Set<number>),
              written,
            ])
          }
          contexts[client] = replicas.contextAt(replica)
          known[client] = arrived[replica] as Set<OperationId>
        }
        for (let replica = 0; replica < REPLICAS; replica++) {
          const writes = [...(arrived[replica] as Set<OperationId>)]
          const unseen = writes.filter((write) => !writes.some((other) => (seen[other] as Set<number>).has(write)))
          const kept = writersOf(replicas.at(replica).held).filter((writer) => writer !== INITIAL)
          if (options.versions === 'dotted') expect(kept).toEqual(unseen.sort((left, right) => left - right))
          else expect(kept).toEqual(expect.arrayContaining(unseen))
        }
      }),
      { seed: 5, numRuns: 500 },
    )
  })

  it('come out the same once they have met both ways, by their fingerprints too', () => {
    fc.assert(
      fc.property(steps, (schedule) => {
        const replicas = new Replicas(options)
        for (const { act, client, replica } of schedule) {
          if (act === 'exchange') replicas.exchange(client, replica)
          else if (act !== 'read') replicas.write(replica, act === 'blind' ? null : replicas.contextAt(client))
        }
        const { versions } = replicas
        const [a, b, c] = [replicas.at(0), replicas.at(1), replicas.at(2)]
        const left = versions.reconcile(versions.reconcile(a, b), c)
        const right = versions.reconcile(a, versions.reconcile(c, b))
        // Under vectors a value may have stayed on one side that was replaced before it came on the other.
        if (options.versions === 'dotted') expect(versions.isSame(left, right)).toBe(true)
        const there = versions.reconcile(left, right)
        const back = versions.reconcile(right, left)
        expect(versions.isSame(there, back)).toBe(true)
        expect(versions.fingerprint(there)).toBe(versions.fingerprint(back))
        expect(writersOf(there.held)).toEqual(writersOf(back.held))
        expect(versions.reconcile(there, a)).toBe(there)
        expect(versions.fingerprint(left) === versions.fingerprint(a)).toBe(versions.isSame(left, a))
      }),
      { seed: 6, numRuns: 300 },
    )
  })

  it('are kept by a store as what contains all that was put', () => {
    const replicas = new Replicas(options)
    replicas.write(0, null)
    replicas.write(1, null)
    const store = new ClockedStore(new Disk(), replicas.versions)
    expect([store.held(4), store.order(4)]).toEqual([INITIAL, Number.NEGATIVE_INFINITY])
    for (const { held, order, tie } of [replicas.at(0), replicas.at(1), replicas.at(0)]) store.put(4, held, order, tie)
    expect(writersOf(store.held(4))).toEqual([0, 1])
    expect(store.order(4)).toBeNaN()
    expect(store.held(3)).toBe(INITIAL)
  })

  it('name what is deleted beside what is not', () => {
    const replicas = new Replicas(options)
    replicas.write(0, null)
    replicas.write(1, null, DELETE)
    replicas.exchange(1, 0)
    expect(replicas.valueAt(0)).toEqual({ ids: [0, 1] })
    const { held } = replicas.at(0)
    // Two coordinators' entries, the value, and nothing for the tombstone.
    expect(bytesOf(held, 100)).toBe(100 + (clockBytesOf(held) as number))
    expect(clockBytesOf(held)).toBe(options.versions === 'vectors' ? 2 * 16 : 2 * 8)
  })
})

describe('pruning', () => {
  it('makes a sibling of what a write had seen', () => {
    const siblings = (prune: VersionOptions['prune']) => {
      const replicas = new Replicas({ versions: 'vectors', prune })
      replicas.write(0, null)
      replicas.exchange(0, 1)
      // Node 1 has seen what node 0 wrote, node 2 what node 1 did, and nobody tells node 0.
      replicas.write(1, replicas.contextAt(1))
      replicas.exchange(1, 2)
      replicas.write(2, replicas.contextAt(2))
      replicas.exchange(2, 0)
      return writersOf(replicas.at(0).held)
    }
    expect(siblings(undefined)).toEqual([2])
    const oldest = { young: 0, old: Number.POSITIVE_INFINITY }
    expect(siblings({ small: 3, big: 3, ...oldest })).toEqual([2])
    expect(siblings({ small: 2, big: 2, ...oldest })).toEqual([0, 2])
  })
})

describe('merging siblings', () => {
  const carts = () => {
    const replicas = new Replicas({ versions: 'dotted', merge: 'union' })
    const milk = replicas.merge(0, ADD, NOTHING_HELD)
    replicas.exchange(0, 1)
    const shared = replicas.at(0)
    return { replicas, milk, shared }
  }

  it('by union brings back what one side took out of a cart, and keeps what each put in', () => {
    const { replicas, milk, shared } = carts()
    replicas.merge(0, REMOVE, shared, milk)
    const eggs = replicas.merge(1, ADD, shared)
    expect(replicas.valueAt(0)).toEqual({ elements: [] })
    replicas.exchange(1, 0)
    expect(replicas.valueAt(0)).toEqual({ elements: [milk, eggs] })
  })

  it('by union takes out what one side took out if the other has seen it', () => {
    const { replicas, milk, shared } = carts()
    replicas.merge(0, REMOVE, shared, milk)
    replicas.exchange(0, 1)
    const eggs = replicas.merge(1, ADD, replicas.at(1))
    replicas.exchange(1, 0)
    expect(replicas.valueAt(0)).toEqual({ elements: [eggs] })
  })

  const counted = (merge: VersionOptions['merge']) => {
    const replicas = new Replicas({ versions: 'dotted', merge })
    replicas.merge(0, INCREMENT, NOTHING_HELD)
    const shared = replicas.at(0)
    for (const replica of [1, 2]) replicas.exchange(0, replica)
    for (const replica of [0, 1, 2]) replicas.merge(replica, INCREMENT, shared)
    for (const replica of [1, 2]) replicas.exchange(replica, 0)
    return replicas
  }

  it('adds up what counters have got on top of what they had in common, or keeps the largest', () => {
    expect(counted('counter').valueAt(0)).toEqual({ count: 4 })
    expect(counted('union').valueAt(0)).toEqual({ count: 2 })
    const replicas = counted('counter')
    replicas.merge(0, INCREMENT, replicas.at(0))
    expect(replicas.valueAt(0)).toEqual({ count: 5 })
  })

  describe.each(both)('as data types ($versions)', ({ versions }) => {
    const types = () => new Replicas({ versions, merge: 'data-types' })

    it('counts every increment once, however often copies have drifted apart and met', () => {
      const drift = fc.oneof(
        fc.record({ act: fc.constant('increment'), from: fc.nat({ max: 2 }), to: fc.nat({ max: 2 }) }),
        fc.record({ act: fc.constant('exchange'), from: fc.nat({ max: 2 }), to: fc.nat({ max: 2 }) }),
      )
      fc.assert(
        fc.property(fc.array(drift, { maxLength: 30 }), (steps) => {
          const replicas = types()
          let increments = 0
          for (const { act, from, to } of steps) {
            if (act === 'exchange') replicas.exchange(from, to)
            else {
              replicas.merge(from, INCREMENT, NOTHING_HELD)
              increments++
            }
          }
          for (const from of [0, 1]) replicas.exchange(from, 2)
          expect(valueIn(replicas.at(2).held)).toEqual(increments === 0 ? INITIAL : { count: increments })
        }),
      )
    })

    it('leaves out what one side took out of a cart, and keeps what each put in', () => {
      const replicas = types()
      const milk = replicas.merge(0, ADD, NOTHING_HELD)
      replicas.exchange(0, 1)
      replicas.merge(0, REMOVE, replicas.at(0), milk)
      const eggs = replicas.merge(1, ADD, NOTHING_HELD)
      replicas.exchange(1, 0)
      replicas.exchange(0, 1)
      expect([replicas.valueAt(0), replicas.valueAt(1)]).toEqual([{ elements: [eggs] }, { elements: [eggs] }])
    })

    it('takes out an element through a coordinator that it has not reached yet', () => {
      const replicas = types()
      const milk = replicas.merge(0, ADD, NOTHING_HELD)
      replicas.merge(1, REMOVE, replicas.at(0), milk)
      replicas.exchange(0, 1)
      expect(replicas.valueAt(1)).toEqual({ elements: [] })
    })

    it('keeps an add that the remove has not found', () => {
      const replicas = types()
      const milk = replicas.merge(0, ADD, NOTHING_HELD)
      replicas.merge(0, REMOVE, NOTHING_HELD, milk)
      expect(replicas.valueAt(0)).toEqual({ elements: [milk] })
    })

    it('weighs what the CRDT weighs, and its clock', () => {
      const replicas = types()
      for (const replica of [0, 1]) replicas.merge(replica, INCREMENT, NOTHING_HELD)
      replicas.exchange(0, 1)
      const { held } = replicas.at(1)
      // Two siblings, each with the tallies of one writer, 8 bytes for what is added and 8 for what is subtracted.
      expect(bytesOf(held, 100) - (clockBytesOf(held) as number)).toBe(32)
    })
  })

  it('keeps the last write alone under version vectors, whatever the order in which they meet', () => {
    const replicas = new Replicas({ versions: 'vectors', merge: 'last-write' })
    replicas.write(0, null)
    replicas.exchange(0, 1)
    const joined = replicas.write(1, null)
    replicas.write(2, null)
    const last = replicas.write(1, replicas.contextAt(0))
    const [a, b, c] = [replicas.at(0), replicas.at(1), replicas.at(2)]
    const { versions } = replicas
    expect([a, b, c].map(({ held }) => valueIn(held))).toEqual([0, last, 2])
    expect(joined).toBe(1)
    for (const [x, y, z] of [
      [a, b, c],
      [c, a, b],
      [b, c, a],
    ] as const) {
      const all = versions.reconcile(versions.reconcile(x, y), z)
      expect(writersOf(all.held)).toEqual([last])
      expect(versions.isSame(all, versions.reconcile(x, versions.reconcile(y, z)))).toBe(true)
    }
  })

  it('keeps the last write, whose order never contradicts the clocks', () => {
    const replicas = new Replicas({ versions: 'dotted', merge: 'last-write' })
    const first = replicas.write(0, null)
    const second = replicas.write(1, null)
    replicas.exchange(1, 0)
    expect(replicas.valueAt(0)).toBe(second)
    const { order, tie, frontier, siblings } = replicas.versions.readOutcome(replicas.at(0))
    expect(siblings).toEqual([first, second])
    expect(frontier).toBeNull()
    const written = replicas.versions.writeOutcome(second, replicas.at(1))
    expect([written.order, written.tie]).toEqual([order, tie])
  })
})
