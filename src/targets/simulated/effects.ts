/**
 * What strikes do to a simulated world, and take back exactly. A node is down, silent or paused while any strike says so, which is counted; cuts,
 * impairments, slowdowns and disturbances of clocks are kept one by one by whom they concern. Each effect says how much it touched,
 * as the difference of what was touched before it, so where effects overlap each counts in full.
 */
import { unreachable } from '../../core/assert.js'
import type { NodeId } from '../../core/ids.js'
import type { RandomStream } from '../../core/random.js'
import { compile } from '../../distributions/index.js'
import type { FlowAct, NodeAction } from '../../faults/fault.js'
import type { Disturbance } from '../../simulation/clock.js'
import type { Cut } from '../../simulation/cuts.js'
import type { Impairment } from '../../simulation/impairments.js'
import type { Network } from '../../simulation/network.js'
import type { Simulation } from '../../simulation/simulation.js'
import type { Load } from './load.js'
import type { SimulatedNode } from './node.js'

/** What the weather strikes. */
export interface Exposed {
  readonly simulation: Simulation
  readonly network: Network
  readonly nodes: readonly SimulatedNode[]
  readonly load: Load
  readonly random: RandomStream
  startNode(node: SimulatedNode): void
}

/** Something that a strike did; it can be taken back once. */
export interface Effect {
  touched(): number
  takeBack(): void
}

/** Strikes in force on a node that stop it, and among them those that silence it. */
export class NodeState {
  stopped = 0
  silent = 0
}

export function strikeNode(exposed: Exposed, state: NodeState, id: NodeId, action: NodeAction): Effect {
  const node = exposed.nodes[id] as SimulatedNode
  switch (action.verb) {
    case 'stop':
      return new Stop(exposed, state, node, action.disk, action.silent)
    case 'pause':
      return new Pause(node)
    case 'slow':
      return new Slowdown(node, action.factor)
    case 'shift-clock':
      return new ClockShift(node, { ...action, since: exposed.simulation.now }, action.step)
    default:
      return unreachable(action)
  }
}

export function strikeFlows({ network, random }: Exposed, { flows, action }: FlowAct, fault: number): Effect {
  const none = { flows, loss: 0, duplication: 0, factor: 1, extra: null }
  switch (action.verb) {
    case 'cut':
      return new Severance(network, network.cut(flows))
    case 'lose':
      return new Impediment(network, network.impair({ ...none, loss: action.share }))
    case 'duplicate':
      return new Impediment(network, network.impair({ ...none, duplication: action.share }))
    case 'delay': {
      const { factor, extra: text } = action
      const extra = text === null ? null : { law: compile(text, 'time'), dice: random.dice(`extra delay/${fault}`) }
      return new Impediment(network, network.impair({ ...none, factor, extra }))
    }
    default:
      return unreachable(action)
  }
}

class Stop implements Effect {
  private readonly before: number
  /** Work that was waiting or being done. */
  private readonly dropped: number

  constructor(
    private readonly exposed: Exposed,
    private readonly state: NodeState,
    private readonly node: SimulatedNode,
    disk: 'keep' | 'lose',
    private readonly isSilent: boolean,
  ) {
    this.before = this.missed
    this.dropped = node.station.busy + node.station.waiting
    state.stopped++
    if (isSilent) state.silent++
    exposed.network.silence(node.id, state.silent > 0)
    node.crash(disk, isSilent)
  }

  touched(): number {
    return this.missed - this.before + this.dropped
  }

  takeBack(): void {
    const { exposed, state, node } = this
    if (this.isSilent) state.silent--
    exposed.network.silence(node.id, state.silent > 0)
    if (--state.stopped === 0) exposed.startNode(node)
  }

  private get missed(): number {
    return this.exposed.network.missed[this.node.id] as number
  }
}

/** Pauses a process, and not the one that starts after a crash. */
class Pause implements Effect {
  private readonly before: number
  private readonly incarnation: number
  private readonly isPausing: boolean

  constructor(private readonly node: SimulatedNode) {
    this.before = node.deferred
    this.incarnation = node.incarnation
    this.isPausing = node.pause()
  }

  touched(): number {
    return this.node.deferred - this.before
  }

  takeBack(): void {
    if (this.isPausing && this.node.incarnation === this.incarnation) this.node.resume()
  }
}

class Slowdown implements Effect {
  private readonly before: number

  constructor(
    private readonly node: SimulatedNode,
    private readonly factor: number,
  ) {
    this.before = node.slowed
    node.slow(factor)
  }

  touched(): number {
    return this.node.slowed - this.before
  }

  takeBack(): void {
    this.node.unslow(this.factor)
  }
}

class ClockShift implements Effect {
  constructor(
    private readonly node: SimulatedNode,
    private readonly disturbance: Disturbance,
    step: number,
  ) {
    node.localClock.step(step)
    node.localClock.disturb(disturbance)
  }

  touched(): number {
    return 1
  }

  takeBack(): void {
    this.node.localClock.settle(this.disturbance)
  }
}

class Severance implements Effect {
  constructor(
    private readonly network: Network,
    private readonly cut: Cut,
  ) {}

  touched(): number {
    return this.cut.touched
  }

  takeBack(): void {
    this.network.heal(this.cut)
  }
}

class Impediment implements Effect {
  constructor(
    private readonly network: Network,
    private readonly impairment: Impairment,
  ) {}

  touched(): number {
    return this.impairment.touched
  }

  takeBack(): void {
    this.network.repair(this.impairment)
  }
}

export class Overload implements Effect {
  private readonly before: number

  constructor(
    private readonly load: Load,
    private readonly factor: number,
  ) {
    this.before = load.hastened
    load.hasten(factor)
  }

  touched(): number {
    return this.load.hastened - this.before
  }

  takeBack(): void {
    this.load.calm(this.factor)
  }
}
