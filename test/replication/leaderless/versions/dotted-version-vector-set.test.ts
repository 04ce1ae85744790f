/**
 * Dotted version vector sets against what they stand for: a set of events that are known, and of values, each under the event that wrote it.
 * A value is gone where its event is known and it is not there.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DottedSet,
  knowing,
  synchronized,
  updated,
  valuesIn,
  vectorOf,
} from '../../../../src/replication/leaderless/versions/dotted-version-vector-set.js'
import { descends } from '../../../../src/replication/leaderless/versions/version-vector.js'

/** The definition, with explicit sets. Values are named by their events. */
interface Model {
  readonly known: ReadonlySet<string>
  readonly values: ReadonlySet<string>
}

const EMPTY: Model = { known: new Set(), values: new Set() }

function synchronizedModels(left: Model, right: Model): Model {
  const isKept = (event: string, own: Model, other: Model) =>
    own.values.has(event) && !(other.known.has(event) && !other.values.has(event))
  const values = [...left.values, ...right.values].filter(
    (event) =>
      (!left.values.has(event) || isKept(event, left, right)) &&
      (!right.values.has(event) || isKept(event, right, left)),
  )
  return { known: new Set([...left.known, ...right.known]), values: new Set(values) }
}

function updatedModel(context: ReadonlySet<string>, local: Model, writer: number): Model {
  const both = synchronizedModels({ known: context, values: new Set() }, local)
  const count = [...both.known].filter((event) => event.startsWith(`${writer}.`)).length
  const event = `${writer}.${count + 1}`
  return { known: new Set([...both.known, event]), values: new Set([...both.values, event]) }
}

const modelOf = (set: DottedSet<string>): Model => ({
  known: new Set(set.flatMap(({ writer, counter }) => Array.from({ length: counter }, (_, i) => `${writer}.${i + 1}`))),
  values: new Set(valuesIn(set)),
})

type Step =
  | { readonly act: 'read'; readonly client: number; readonly replica: number }
  | { readonly act: 'write'; readonly client: number; readonly replica: number }
  | { readonly act: 'exchange'; readonly from: number; readonly to: number }

const REPLICAS = 3
const CLIENTS = 3
const index = (below: number) => fc.nat({ max: below - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ act: fc.constant('read' as const), client: index(CLIENTS), replica: index(REPLICAS) }),
  fc.record({ act: fc.constant('write' as const), client: index(CLIENTS), replica: index(REPLICAS) }),
  fc.record({ act: fc.constant('exchange' as const), from: index(REPLICAS), to: index(REPLICAS) }),
)
const schedules = fc.array(step, { maxLength: 40 })

/** Replicas and what clients have read, by both. */
class World {
  readonly sets: DottedSet<string>[] = Array<DottedSet<string>>(REPLICAS).fill([])
  readonly models: Model[] = Array<Model>(REPLICAS).fill(EMPTY)
  private readonly contexts = Array.from({ length: CLIENTS }, () => knowing<string>([]))
  private readonly contextModels = Array.from({ length: CLIENTS }, (): ReadonlySet<string> => new Set())
  private stamp = 0

  do(step: Step): void {
    if (step.act === 'exchange') {
      this.sets[step.to] = synchronized(this.set(step.to), this.set(step.from))
      this.models[step.to] = synchronizedModels(this.model(step.to), this.model(step.from))
      return
    }
    const { client, replica } = step
    if (step.act === 'write') {
      const context = vectorOf(this.contexts[client] as DottedSet<string>)
      const model = updatedModel(this.contextModels[client] as ReadonlySet<string>, this.model(replica), replica)
      const event = [...model.values].find(
        (value) => !this.model(replica).known.has(value) && value.startsWith(`${replica}.`),
      )
      this.sets[replica] = updated(context, this.set(replica), replica, event as string, ++this.stamp)
      this.models[replica] = model
    }
    this.contexts[client] = this.set(replica)
    this.contextModels[client] = this.model(replica).known
  }

  set(replica: number): DottedSet<string> {
    return this.sets[replica] as DottedSet<string>
  }

  model(replica: number): Model {
    return this.models[replica] as Model
  }
}

describe('a dotted version vector set', () => {
  it('knows the events and has the values that causal histories say, whatever is read, written and exchanged', () => {
    fc.assert(
      fc.property(schedules, (steps) => {
        const world = new World()
        for (const step of steps) {
          world.do(step)
          for (let replica = 0; replica < REPLICAS; replica++) {
            expect(modelOf(world.set(replica))).toEqual(world.model(replica))
          }
        }
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  it('synchronizes in any order to the same, and says so where one side adds nothing', () => {
    fc.assert(
      fc.property(schedules, (steps) => {
        const world = new World()
        for (const step of steps) world.do(step)
        const [a, b, c] = [world.set(0), world.set(1), world.set(2)]
        const both = synchronized(a, b)
        expect(synchronized(b, a)).toEqual(both)
        expect(synchronized(both, c)).toEqual(synchronized(a, synchronized(b, c)))
        expect(synchronized(both, b)).toBe(both)
        expect(synchronized(a, both)).toEqual(both)
        expect(descends(vectorOf(both), vectorOf(a))).toBe(true)
      }),
      { seed: 4, numRuns: 300 },
    )
  })

  it('stays at two values under two clients that write in turns, each a step behind', () => {
    let replica: DottedSet<string> = []
    let known = [knowing<string>([]), knowing<string>([])]
    for (let turn = 0; turn < 20; turn++) {
      const client = turn % 2
      replica = updated(vectorOf(known[client] as DottedSet<string>), replica, 7, `write ${turn}`, turn)
      known = known.map((former, other) => (other === client ? replica : former))
      expect(valuesIn(replica)).toEqual(turn === 0 ? ['write 0'] : [`write ${turn}`, `write ${turn - 1}`])
    }
    expect(vectorOf(replica)).toEqual([{ writer: 7, counter: 20, stamp: 19 }])
  })
})
