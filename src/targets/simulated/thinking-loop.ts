/**
 * Closed loop: all sessions begin at time 0, and each thinks from an outcome to its next operation. Arrivals slow down with the system, so what
 * users would have asked meanwhile is in no latency (coordinated omission); paced-loop.ts has sessions that do not wait to be due.
 */
import type { QuantileTable } from '../../distributions/quantile-table.js'
import type { EventHandler, Simulation } from '../../simulation/simulation.js'
import type { ClosedSessions } from './closed-sessions.js'
import type { Load } from './load.js'
import type { Loop } from './loop.js'
import type { Session } from './session.js'

const THINK_OVER = 0

export class ThinkingLoop implements Loop, EventHandler {
  private readonly handler: number
  private haste = 1

  constructor(
    private readonly count: number,
    private readonly thinking: QuantileTable,
    private readonly simulation: Simulation,
    private readonly sessions: ClosedSessions,
    private readonly load: Load,
  ) {
    this.handler = simulation.register(this)
  }

  start(): void {
    this.sessions.open(this.count, ({ client }) => this.beginAt(0, client))
  }

  /** The thinking that begins from now on is that much shorter. */
  hasten(haste: number): void {
    this.haste = haste
  }

  onEvent(_kind: number, client: number): void {
    if (this.load.isOn) this.sessions.begin(this.sessions.all[client] as Session, this.simulation.now)
  }

  onEnded(session: Session): void {
    const thinking = this.thinking.at(this.sessions.streamOf(session).next())
    const at = this.simulation.now + (this.haste === 1 ? thinking : Math.round(thinking / this.haste))
    if (at < this.load.end) this.beginAt(at, session.client)
  }

  close(): void {
    // Who thinks has asked for nothing.
  }

  private beginAt(at: number, client: number): void {
    this.simulation.schedule(at, this.handler, THINK_OVER, client, 0, null)
  }
}
