/**
 * Carries out the faults of a cell: what a strike does when it begins, and takes back when it ends. Strikes overlap, and each takes back only
 * what it did itself: a node is down, and a link cut, while any strike says so. Nothing strikes once the load has ended.
 */
import type { Nanos } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import type { FaultStrike } from '../../faults/fault.js'
import type { Network } from '../../simulation/network.js'
import type { EventHandler, Simulation } from '../../simulation/simulation.js'
import type { SimulatedNode } from './node.js'

const BEGIN = 0
const END = 1

/** What the weather strikes. */
export interface Exposed {
  readonly simulation: Simulation
  readonly network: Network
  readonly world: World
  readonly nodes: readonly SimulatedNode[]
  startNode(node: SimulatedNode): void
}

export class Weather implements EventHandler {
  private readonly handler: number
  /** Crashes in force, by node. */
  private readonly crashes: number[]
  private readonly struck: FaultStrike[] = []
  private isOver = false

  constructor(
    private readonly strikes: readonly FaultStrike[],
    private readonly exposed: Exposed,
  ) {
    this.handler = exposed.simulation.register(this)
    this.crashes = exposed.nodes.map(() => 0)
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
    for (const strike of [...this.struck]) this.end(strike)
  }

  onEvent(kind: number, _a: number, _b: number, payload: unknown): void {
    const strike = payload as FaultStrike
    if (kind === END) this.end(strike)
    else if (!this.isOver) this.begin(strike)
  }

  private begin(strike: FaultStrike): void {
    this.struck.push(strike)
    const { action } = strike
    if (action.verb === 'crash') {
      const node = this.exposed.nodes[action.node] as SimulatedNode
      if ((this.crashes[action.node] as number) === 0) node.crash('keep')
      this.crashes[action.node] = (this.crashes[action.node] as number) + 1
      return
    }
    const { network, world } = this.exposed
    world.zones.forEach((_, other) => {
      if (other === action.zone) return
      network.cut(action.zone, other)
      network.cut(other, action.zone)
    })
  }

  private end(strike: FaultStrike): void {
    const place = this.struck.indexOf(strike)
    if (place < 0) return
    this.struck.splice(place, 1)
    const { action } = strike
    if (action.verb === 'crash') {
      this.crashes[action.node] = (this.crashes[action.node] as number) - 1
      if (this.crashes[action.node] === 0) this.exposed.startNode(this.exposed.nodes[action.node] as SimulatedNode)
      return
    }
    const { network, world } = this.exposed
    world.zones.forEach((_, other) => {
      if (other === action.zone) return
      network.heal(action.zone, other)
      network.heal(other, action.zone)
    })
  }
}
