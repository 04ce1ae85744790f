/**
 * A cell whose strategy is a script: what a node answers to each request, and after how long. It does nothing else, so what clients, load and
 * nodes do is seen alone. Clients ask node 0, or whom a placement names. The cell comes from the text of a workload file, of which only
 * `strategies` is given here.
 */
import { catalog } from '../../../src/catalog.js'
import type { Nanos, NodeId, OperationId } from '../../../src/core/ids.js'
import { INITIAL } from '../../../src/core/ids.js'
import { RandomStream } from '../../../src/core/random.js'
import { MILLISECOND } from '../../../src/core/units.js'
import type { World } from '../../../src/core/world.js'
import type { Cell } from '../../../src/experiment/cell.js'
import { buildWorld } from '../../../src/experiment/world.js'
import type { Fault } from '../../../src/faults/fault.js'
import { type ScheduledStrike, scheduleAll } from '../../../src/faults/schedule.js'
import { History } from '../../../src/history/history.js'
import type { Probes } from '../../../src/history/probes.js'
import { LeaderPlacement, ledByAll } from '../../../src/replication/placement/leader-placement.js'
import type {
  Message,
  Placement,
  Refusal,
  Replica,
  ReplicaContext,
  Request,
  Strategy,
} from '../../../src/replication/replica.js'
import { Outcome } from '../../../src/replication/replica.js'
import { unreplicated } from '../../../src/replication/unreplicated.js'
import { buildArrivals, buildDraws } from '../../../src/runner/build-workload.js'
import { Cluster } from '../../../src/targets/simulated/cluster.js'
import { cellOf } from '../../runner/cells.js'

/** A node answers, or refuses, after so many milliseconds. */
export interface Answer {
  readonly after: number
  readonly refusal?: Refusal
}

/** A request as it reached a node. */
export interface Asked extends Request {
  readonly node: NodeId
  /** In milliseconds. */
  readonly at: number
}

/** What a node answers to a request; nothing means that it stays silent. */
export type Script = (request: Request, node: NodeId) => readonly Answer[]

export const answered = (after = 0): Answer => ({ after })
export const refused = (after = 0, applied: Refusal['applied'] = 'no'): Answer => ({
  after,
  refusal: { reason: 'unavailable', applied },
})

class ScriptedReplica implements Replica<Message> {
  private readonly answers: { readonly request: Request; readonly refusal: Refusal | undefined }[] = []

  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly script: Script,
    private readonly asked: Asked[],
  ) {}

  onStart(): void {}
  onMessage(): void {}
  onDurable(): void {}
  onOverload(): void {}

  onRequest(request: Request): void {
    const { id } = this.context
    this.asked.push({ ...request, node: id, at: this.context.clock() / MILLISECOND })
    for (const { after, refusal } of this.script(request, id)) {
      this.answers.push({ request, refusal })
      this.context.setTimer(0, this.answers.length - 1, Math.round(after * MILLISECOND))
    }
  }

  onTimer(_kind: number, argument: number): void {
    const { request, refusal } = this.answers[argument] as (typeof this.answers)[number]
    const { operation } = request
    if (refusal === undefined) this.context.reply(operation, new Outcome(operation, operation, 0))
    else this.context.refuse(request, refusal)
  }

  valueOf(): number {
    return INITIAL
  }
}

/** One row of the history, in milliseconds. */
export interface Row {
  readonly id: OperationId
  readonly kind: number
  readonly key: number
  readonly client: number
  readonly base: number
  readonly outcome: number
  readonly attempts: number
  readonly intended: number
  readonly completed: number
}

export function rowsOf(history: History): readonly Row[] {
  const milliseconds = (time: Nanos | undefined): number => (time as Nanos) / MILLISECOND
  return Array.from({ length: history.count }, (_, id) => ({
    id,
    kind: history.kind[id] as number,
    key: history.key[id] as number,
    client: history.client[id] as number,
    base: history.base[id] as number,
    outcome: history.outcome[id] as number,
    attempts: history.attempts[id] as number,
    intended: milliseconds(history.intended[id]),
    completed: milliseconds(history.completed[id]),
  }))
}

export interface ScriptedRun {
  readonly cell: Cell
  readonly history: History
  readonly rows: readonly Row[]
  readonly asked: readonly Asked[]
  readonly probes: Probes
}

/** Runs a cell, once parsed, with another replica in place of that of `unreplicated`. */
export function runWith(
  text: string,
  create: (context: ReplicaContext<Message>) => Replica<Message>,
  place: (world: World) => Placement = () => onFirstNode,
): Omit<ScriptedRun, 'asked'> {
  const whole = `${text}\nstrategies: [unreplicated]`
  const strategy = { ...unreplicated, create, place: (_options: unknown, there: World) => place(there) }
  const cluster = clusterOf(whole, null, strategy)
  const { probes } = cluster.run()
  return { cell: cellOf(whole), history: cluster.history, rows: rowsOf(cluster.history), probes }
}

/** The cluster of a cell before it runs: with these strikes in place of its faults, and this strategy in place of its own. */
export function clusterOf(text: string, given: readonly ScheduledStrike[] | null, other?: Strategy): Cluster {
  const cell = cellOf(text)
  const world = buildWorld(cell)
  const strategy = other ?? (catalog.strategies.get(cell.strategy.name) as Strategy)
  const history = new History({ copies: strategy.copies(cell.strategy.options) })
  const draws = buildDraws(cell, 1)
  const arrivals = buildArrivals(cell)
  const faults = cell.faults.map(({ name, options }) => ({ fault: catalog.faults.get(name) as Fault, options }))
  const strikes = given ?? scheduleAll(faults, world, cell.phases.duration, RandomStream.ofSeed(1))
  const simulation = { eventLimit: cell.eventLimit }
  return new Cluster({ cell, world, strategy, history, draws, arrivals, strikes, simulation })
}

export function runScripted(text: string, script: Script, place?: (world: World) => Placement): ScriptedRun {
  const asked: Asked[] = []
  return { ...runWith(text, (context) => new ScriptedReplica(context, script, asked), place), asked }
}

const onFirstNode: Placement = { replicas: () => [0], route: () => 0 }

/** Clients ask the nearest nodes, by turns. */
export function onAllNodes(world: World): Placement {
  const nodes = world.zoneOf.map((_, node) => node)
  return new LeaderPlacement(world, [ledByAll(nodes)], null, 'leader')
}
