/**
 * Carries out the faults of a cell: strikes begin and end at their times, targets that were left open are found when a strike begins, and what
 * became of each is reported. Strikes overlap, and each takes back only what it did itself (effects.ts). Nothing strikes once the load has
 * ended, and what is in force then is taken back.
 */
import type { Nanos, NodeId } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import type { NodeTarget } from '../../faults/fault.js'
import { nodeNames } from '../../faults/names.js'
import type { ScheduledStrike } from '../../faults/schedule.js'
import type { FaultWindow } from '../../history/probes.js'
import type { Placement } from '../../replication/replica.js'
import type { EventHandler } from '../../simulation/simulation.js'
import { type Effect, type Exposed, NodeState, Overload, strikeFlows, strikeNode } from './effects.js'

const BEGIN = 0
const END = 1

export interface WeatherWorld extends Exposed {
  readonly world: World
  readonly placement: Placement
  /** The node that a client asked last. */
  lastAsked(): NodeId | undefined
}

/** A strike that has begun. */
interface Struck {
  readonly strike: ScheduledStrike
  readonly label: string
  readonly targets: readonly string[]
  readonly from: Nanos
  to: Nanos
  touched: number
  /** Empty once it has been taken back. */
  effects: readonly Effect[]
}

export class Weather implements EventHandler {
  private readonly handler: number
  private readonly states: readonly NodeState[]
  private readonly names: readonly string[]
  /** In order of their beginning. */
  private readonly struck: Struck[] = []
  private readonly inForce = new Map<ScheduledStrike, Struck>()
  private isOver = false

  constructor(
    private readonly strikes: readonly ScheduledStrike[],
    private readonly exposed: WeatherWorld,
  ) {
    this.handler = exposed.simulation.register(this)
    this.states = exposed.nodes.map(() => new NodeState())
    this.names = nodeNames(exposed.world)
  }

  /** Puts all strikes on the calendar; theirs counts from `measuredFrom`. */
  start(measuredFrom: Nanos): void {
    const { simulation } = this.exposed
    for (const strike of this.strikes) {
      simulation.schedule(measuredFrom + strike.from, this.handler, BEGIN, 0, 0, strike)
      simulation.schedule(measuredFrom + strike.to, this.handler, END, 0, 0, strike)
    }
  }

  /** The load has ended: everything heals. */
  clear(): void {
    this.isOver = true
    for (const strike of [...this.inForce.keys()]) this.end(strike)
  }

  /** Every strike that has begun; after `clear`. */
  windows(): readonly FaultWindow[] {
    return this.struck.map(({ strike: { fault, name, unit }, label, from, to, targets, touched }) => ({
      fault,
      name,
      label,
      from,
      to,
      targets,
      touched,
      unit,
    }))
  }

  onEvent(kind: number, _a: number, _b: number, payload: unknown): void {
    const strike = payload as ScheduledStrike
    if (kind === END) this.end(strike)
    else if (!this.isOver) this.begin(strike)
  }

  private begin(strike: ScheduledStrike): void {
    const from = this.exposed.simulation.now
    const struck = { strike, from, to: from, touched: 0, ...this.strike(strike) }
    this.struck.push(struck)
    this.inForce.set(strike, struck)
  }

  private end(strike: ScheduledStrike): void {
    const struck = this.inForce.get(strike)
    if (struck === undefined) return
    this.inForce.delete(strike)
    struck.to = this.exposed.simulation.now
    for (const effect of struck.effects) {
      struck.touched += effect.touched()
      effect.takeBack()
    }
    struck.effects = []
  }

  private strike({ act, label, fault }: ScheduledStrike): Pick<Struck, 'label' | 'targets' | 'effects'> {
    const { exposed } = this
    if (act.on === 'load') return { label, targets: [], effects: [new Overload(exposed.load, act.factor)] }
    if (act.on === 'flows') return { label, targets: act.targets, effects: [strikeFlows(exposed, act, fault)] }
    const nodes = this.nodesOf(act.target)
    const targets = nodes.map((node) => this.names[node] as string)
    const effects = nodes.map((node) => strikeNode(exposed, this.states[node] as NodeState, node, act.action))
    return { label: act.target.kind === 'nodes' ? label : `${label} (${targets.join(', ')})`, targets, effects }
  }

  private nodesOf(target: NodeTarget): readonly NodeId[] {
    switch (target.kind) {
      case 'nodes':
        return target.nodes
      case 'leader':
        return this.exposed.placement.replicas(target.key).slice(0, 1)
      case 'coordinator':
        return [this.exposed.lastAsked() ?? target.otherwise]
    }
  }
}
