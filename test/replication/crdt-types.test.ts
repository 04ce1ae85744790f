/**
 * The laws of the data types: merging is commutative, associative and idempotent, a delta merges to what the full state does, and replicas that
 * exchange deltas in any order, repeatedly, end up equal to a model that knows nothing of replicas, merges or dots.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NodeId, OperationId } from '../../src/core/ids.js'
import type { CausalContext, Dot } from '../../src/replication/crdt/causal-context.js'
import {
  contextOf,
  contextSize,
  EMPTY_CONTEXT,
  hasSeen,
  joinContexts,
  nextDot,
} from '../../src/replication/crdt/causal-context.js'
import type { DotStore } from '../../src/replication/crdt/dot-store.js'
import { EMPTY_STORE, idsOf, mergeStores } from '../../src/replication/crdt/dot-store.js'
import { mergeRegisters } from '../../src/replication/crdt/lww-register.js'
import { writeToRegister } from '../../src/replication/crdt/mv-register.js'
import { addToSet, removeFromSet } from '../../src/replication/crdt/orswot.js'
import type { PnCounter } from '../../src/replication/crdt/pn-counter.js'
import { addToCounter, countOf, EMPTY_COUNTER, mergeCounters } from '../../src/replication/crdt/pn-counter.js'

const REPLICAS = 3
const RUNS = { seed: 7, numRuns: 300 }

/** One step of a run: an operation at a replica, or the delivery of an earlier delta, or of a whole state, to a replica. */
type Step<Operation> =
  | { readonly replica: NodeId; readonly operation: Operation }
  | { readonly replica: NodeId; readonly delta: number }
  | { readonly replica: NodeId; readonly stateOf: NodeId }

function stepsOf<Operation>(operation: fc.Arbitrary<Operation>): fc.Arbitrary<readonly Step<Operation>[]> {
  const replica = fc.nat({ max: REPLICAS - 1 })
  return fc.array(
    fc.oneof(
      fc.record({ replica, operation }),
      fc.record({ replica, delta: fc.nat({ max: 1000 }) }),
      fc.record({ replica, stateOf: replica }),
    ),
    { maxLength: 40 },
  )
}

interface DataType<State, Operation> {
  readonly empty: State
  merge(left: State, right: State): State
  delta(state: State, replica: NodeId, operation: Operation): State
}

interface Run<State> {
  readonly states: readonly State[]
  readonly deltas: readonly State[]
}

/** Plays steps; `onOperation` hears of each operation and of which deltas its replica had merged by then. */
function play<State, Operation>(
  type: DataType<State, Operation>,
  steps: readonly Step<Operation>[],
  onOperation: (operation: Operation, seen: ReadonlySet<number>, delta: State) => void = () => {},
): Run<State> {
  const states = Array.from({ length: REPLICAS }, () => type.empty)
  const seen = Array.from({ length: REPLICAS }, () => new Set<number>())
  const deltas: State[] = []
  for (const step of steps) {
    const state = states[step.replica] as State
    const known = seen[step.replica] as Set<number>
    if ('operation' in step) {
      const delta = type.delta(state, step.replica, step.operation)
      onOperation(step.operation, new Set(known), delta)
      known.add(deltas.length)
      deltas.push(delta)
      states[step.replica] = type.merge(state, delta)
    } else if ('stateOf' in step) {
      for (const delta of seen[step.stateOf] as Set<number>) known.add(delta)
      states[step.replica] = type.merge(state, states[step.stateOf] as State)
    } else if (deltas.length > 0) {
      known.add(step.delta % deltas.length)
      states[step.replica] = type.merge(state, deltas[step.delta % deltas.length] as State)
    }
  }
  return { states, deltas }
}

/** Every state of a run, whole ones and deltas, obeys the laws of a join. */
function expectJoin<State, Operation>(type: DataType<State, Operation>, operation: fc.Arbitrary<Operation>): void {
  const pick = fc.nat({ max: 1000 })
  fc.assert(
    fc.property(stepsOf(operation), fc.tuple(pick, pick, pick), (steps, picks) => {
      const { states, deltas } = play(type, steps)
      const all = [type.empty, ...states, ...deltas]
      const [a, b, c] = picks.map((i) => all[i % all.length] as State) as [State, State, State]
      expect(type.merge(a, b)).toEqual(type.merge(b, a))
      expect(type.merge(type.merge(a, b), c)).toEqual(type.merge(a, type.merge(b, c)))
      expect(type.merge(a, a)).toEqual(a)
      expect(type.merge(a, type.empty)).toEqual(a)
    }),
    RUNS,
  )
}

/** All deltas in any order, some of them twice, give what merging all full states gives. */
function expectDeltasToSuffice<State, Operation>(
  type: DataType<State, Operation>,
  operation: fc.Arbitrary<Operation>,
): void {
  const run = stepsOf(operation).chain((steps) => {
    const { states, deltas } = play(type, steps)
    const order = fc.shuffledSubarray([...deltas, ...deltas], { minLength: 2 * deltas.length })
    return order.map((shuffled) => ({ states, shuffled }))
  })
  fc.assert(
    fc.property(run, ({ states, shuffled }) => {
      expect(shuffled.reduce(type.merge, type.empty)).toEqual(states.reduce(type.merge, type.empty))
    }),
    RUNS,
  )
}

describe('LWW-register', () => {
  const register = fc.record({ order: fc.integer({ min: -5, max: 5 }), tie: fc.nat({ max: 3 }) })

  it('keeps the greatest stamp in whatever order it meets them', () => {
    fc.assert(
      fc.property(fc.array(register, { minLength: 1 }), (registers) => {
        const merged = registers.reduce(mergeRegisters)
        const byStamp = (left: typeof merged, right: typeof merged) => left.order - right.order || left.tie - right.tie
        expect(merged).toEqual([...registers].sort(byStamp).at(-1))
        expect([...registers].reverse().reduce(mergeRegisters)).toEqual(merged)
      }),
      RUNS,
    )
  })

  it('keeps what it holds where stamps are equal', () => {
    const held = { order: 1, tie: 1 }
    expect(mergeRegisters(held, { order: 1, tie: 1 })).toBe(held)
  })
})

describe('PN-counter', () => {
  const counter: DataType<PnCounter, number> = {
    empty: EMPTY_COUNTER,
    merge: mergeCounters,
    delta: addToCounter,
  }
  const amount = fc.integer({ min: -5, max: 5 })

  it('merges as a join', () => expectJoin(counter, amount))
  it('needs no more than its deltas', () => expectDeltasToSuffice(counter, amount))

  it('counts the sum of everything that was added anywhere', () => {
    fc.assert(
      fc.property(stepsOf(amount), (steps) => {
        let sum = 0
        const { states } = play(counter, steps, (added) => {
          sum += added
        })
        expect(countOf(states.reduce(mergeCounters))).toBe(sum)
      }),
      RUNS,
    )
  })
})

describe('causal context', () => {
  const dot = (replica: NodeId, counter: number): Dot => replica * 2 ** 32 + counter
  const dots = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 8 })), { maxLength: 20 })

  it('is the set of dots that were put into it, in one form', () => {
    fc.assert(
      fc.property(dots, dots, (left, right) => {
        const both = [...left, ...right].map(([replica, counter]) => dot(replica, counter))
        const joined = joinContexts(
          contextOf(left.map(([replica, counter]) => dot(replica, counter))),
          contextOf(right.map(([replica, counter]) => dot(replica, counter))),
        )
        expect(joined).toEqual(contextOf([...both].reverse()))
        for (let replica = 0; replica < 5; replica++) {
          for (let counter = 1; counter < 10; counter++) {
            expect(hasSeen(joined, dot(replica, counter))).toBe(both.includes(dot(replica, counter)))
          }
        }
        // Normal: no dot of the cloud continues the vector.
        joined.vector.forEach((counter, replica) => {
          expect(joined.cloud).not.toContain(dot(replica, counter + 1))
        })
      }),
      RUNS,
    )
  })

  it('gives out dots in turn', () => {
    let context: CausalContext = EMPTY_CONTEXT
    const given: Dot[] = []
    for (const replica of [2, 0, 2, 2]) {
      given.push(nextDot(context, replica))
      context = joinContexts(context, contextOf(given.slice(-1)))
    }
    expect(given).toEqual([dot(2, 1), dot(0, 1), dot(2, 2), dot(2, 3)])
    expect(context).toEqual({ vector: [1, 0, 3], cloud: [] })
  })

  it('is told by a number for each writer that has been seen, and its cloud', () => {
    expect(contextSize(contextOf([dot(0, 1), dot(0, 2), dot(3, 1), dot(3, 3), dot(4, 7)]))).toBe(4)
  })
})

describe('ORSWOT', () => {
  interface SetOperation {
    readonly adds: boolean
    readonly element: OperationId
  }
  const set: DataType<DotStore, SetOperation> = {
    empty: EMPTY_STORE,
    merge: mergeStores,
    delta: (state, replica, { adds, element }) =>
      adds ? addToSet(state, replica, element) : removeFromSet(state, element),
  }
  // Few elements, so that the same one is added and removed concurrently.
  const operation = fc.record({ adds: fc.boolean(), element: fc.nat({ max: 3 }) })

  it('merges as a join', () => expectJoin(set, operation))
  it('needs no more than its deltas', () => expectDeltasToSuffice(set, operation))

  it('holds an element while some add of it was seen by no later remove or add of it', () => {
    // The model: adds are events; a remove, and an add of the same element, take out the events that their replica had seen.
    fc.assert(
      fc.property(stepsOf(operation), (steps) => {
        const events: { element: OperationId; adds: boolean; takenOut: boolean }[] = []
        const { states } = play(set, steps, ({ adds, element }, seen) => {
          for (const event of seen) {
            const earlier = events[event] as (typeof events)[number]
            if (earlier.element === element) earlier.takenOut = true
          }
          events.push({ element, adds, takenOut: false })
        })
        const present = events.filter(({ adds, takenOut }) => adds && !takenOut).map(({ element }) => element)
        const expected = [...new Set(present)].sort((left, right) => left - right)
        expect(idsOf(states.reduce(mergeStores))).toEqual(expected)
      }),
      RUNS,
    )
  })

  it('shows at each replica what follows from the deltas that it has merged, also with gaps', () => {
    fc.assert(
      fc.property(stepsOf(operation), (steps) => {
        const events: { element: OperationId; adds: boolean; takesOut: readonly number[] }[] = []
        const states = playTracking(set, steps, ({ adds, element }, seen) => {
          const takesOut = [...seen].filter((event) => events[event]?.element === element)
          events.push({ element, adds, takesOut })
        })
        for (const { state, seen } of states) {
          const takenOut = new Set([...seen].flatMap((event) => events[event]?.takesOut ?? []))
          const present = [...seen].filter((event) => events[event]?.adds && !takenOut.has(event))
          expect(new Set(idsOf(state))).toEqual(new Set(present.map((event) => events[event]?.element)))
        }
      }),
      RUNS,
    )
  })

  it('never uses a dot twice', () => {
    fc.assert(
      fc.property(stepsOf(operation), (steps) => {
        const dots: Dot[] = []
        play(set, steps, ({ adds }, _seen, delta) => {
          if (adds) dots.push(...delta.dots)
        })
        expect(new Set(dots).size).toBe(dots.length)
      }),
      RUNS,
    )
  })

  it('keeps no tombstones', () => {
    let state = EMPTY_STORE
    for (let element = 0; element < 50; element++) state = mergeStores(state, addToSet(state, 0, element))
    for (let element = 0; element < 50; element++) state = mergeStores(state, removeFromSet(state, element))
    expect(state).toEqual({ ids: [], dots: [], context: { vector: [50], cloud: [] } })
  })

  it('holds an element that is added again under its last dot alone', () => {
    const first = addToSet(EMPTY_STORE, 0, 9)
    const second = addToSet(first, 0, 9)
    expect(mergeStores(first, second).dots).toEqual(second.dots)
    // Whoever removes it need not have seen the first add.
    const elsewhere = mergeStores(second, removeFromSet(second, 9))
    expect(idsOf(mergeStores(elsewhere, first))).toEqual([])
  })

  it('lets an add win over a concurrent remove', () => {
    const added = addToSet(EMPTY_STORE, 0, 9)
    const removed = mergeStores(added, removeFromSet(added, 9))
    const addedAgain = mergeStores(added, addToSet(added, 1, 9))
    expect(idsOf(mergeStores(removed, addedAgain))).toEqual([9])
  })

  it('lets a remove that overtakes its add take it out all the same', () => {
    const added = addToSet(EMPTY_STORE, 0, 9)
    const removal = removeFromSet(added, 9)
    expect(idsOf(mergeStores(mergeStores(EMPTY_STORE, removal), added))).toEqual([])
  })

  it('changes nothing where it removes what is not there', () => {
    const added = addToSet(EMPTY_STORE, 0, 9)
    expect(mergeStores(added, removeFromSet(added, 5))).toEqual(added)
  })
})

describe('MV-register', () => {
  /** A write of a value; every write has one of its own unless it is the same write, tried again. */
  const register: DataType<DotStore, OperationId> = {
    empty: EMPTY_STORE,
    merge: mergeStores,
    delta: writeToRegister,
  }
  const value = fc.nat({ max: 5 })

  it('merges as a join', () => expectJoin(register, value))
  it('needs no more than its deltas', () => expectDeltasToSuffice(register, value))

  it('shows at each replica the values that none it has merged had seen, also with gaps', () => {
    // The model: a set of writes, each with the writes that its replica had seen.
    fc.assert(
      fc.property(stepsOf(value), (steps) => {
        const writes: { value: OperationId; hadSeen: ReadonlySet<number> }[] = []
        const states = playTracking(register, steps, (written, seen) => writes.push({ value: written, hadSeen: seen }))
        for (const { state, seen } of states) {
          const known = [...seen].map((write) => writes[write] as (typeof writes)[number])
          const current = [...seen].filter((write) => !known.some(({ hadSeen }) => hadSeen.has(write)))
          const expected = new Set(current.map((write) => writes[write]?.value as OperationId))
          expect(idsOf(state)).toEqual([...expected].sort((left, right) => left - right))
        }
      }),
      RUNS,
    )
  })

  it('keeps of a write and its second attempt elsewhere one value, which a later write replaces whole', () => {
    const twice = mergeStores(writeToRegister(EMPTY_STORE, 0, 7), writeToRegister(EMPTY_STORE, 1, 7))
    expect(idsOf(twice)).toEqual([7])
    expect(idsOf(mergeStores(twice, writeToRegister(twice, 2, 9)))).toEqual([9])
  })

  it('keeps no trace of what was replaced but the counters', () => {
    let state = EMPTY_STORE
    for (let write = 0; write < 50; write++) state = mergeStores(state, writeToRegister(state, write % 2, write))
    expect(state).toEqual({ ids: [49], dots: [2 ** 32 + 25], context: { vector: [25, 25], cloud: [] } })
  })
})

interface Tracked<State> {
  readonly state: State
  /** The numbers of the deltas in it. */
  readonly seen: ReadonlySet<number>
}

/** `play` with states that know which deltas they hold. */
function playTracking<State, Operation>(
  type: DataType<State, Operation>,
  steps: readonly Step<Operation>[],
  onOperation: (operation: Operation, seen: ReadonlySet<number>) => void,
): readonly Tracked<State>[] {
  let count = 0
  const tracked: DataType<Tracked<State>, Operation> = {
    empty: { state: type.empty, seen: new Set() },
    merge: (left, right) => ({
      state: type.merge(left.state, right.state),
      seen: new Set([...left.seen, ...right.seen]),
    }),
    delta: ({ state, seen }, replica, operation) => {
      onOperation(operation, seen)
      return { state: type.delta(state, replica, operation), seen: new Set([count++]) }
    },
  }
  return play(tracked, steps).states
}
