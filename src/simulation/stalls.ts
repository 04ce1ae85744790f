/**
 * Connections that a cut holds up. Over tcp a segment that meets a cut is sent again after 200 ms, doubling (RFC 6298, without its
 * estimate of the round trip), and what follows on its connection waits behind it, in order. What got no further for 30 s is
 * given up with all that waits: the connection is reset. A host that loses power sends nothing again; that of a process that
 * crashes does.
 */
import type { Nanos, ProcessId } from '../core/ids.js'
import { MILLISECOND, SECOND } from '../core/units.js'
import type { Message } from '../replication/replica.js'
import type { EventHandler, Simulation } from './simulation.js'

export const FIRST_RETRANSMISSION: Nanos = 200 * MILLISECOND
const RESET_AFTER: Nanos = 30 * SECOND

/** What stalls ask of the network around them. */
export interface StalledNetwork {
  isCut(from: ProcessId, to: ProcessId): boolean
  /** How long a segment that was sent again takes to arrive. */
  typicalDelay(from: ProcessId, to: ProcessId): Nanos
  deliver(from: ProcessId, to: ProcessId, message: Message, incarnation: number): void
  onRetransmission(): void
  onReset(messages: number): void
}

interface Stall {
  readonly connection: number
  readonly from: ProcessId
  readonly to: ProcessId
  readonly since: Nanos
  wait: Nanos
  readonly held: { readonly message: Message; readonly incarnation: number }[]
}

const RETRANSMIT = 0
const FLUSH = 1

export class Stalls implements EventHandler {
  private readonly handler: number
  private readonly byConnection = new Map<number, Stall>()

  constructor(
    private readonly simulation: Simulation,
    private readonly network: StalledNetwork,
  ) {
    this.handler = simulation.register(this)
  }

  get count(): number {
    return this.byConnection.size
  }

  has(connection: number): boolean {
    return this.byConnection.has(connection)
  }

  /** Holds a message behind others of its connection, or as the first that met the cut. */
  hold(connection: number, from: ProcessId, to: ProcessId, message: Message, incarnation: number): void {
    const known = this.byConnection.get(connection)
    if (known !== undefined) {
      known.held.push({ message, incarnation })
      return
    }
    const since = this.simulation.now
    const stall: Stall = { connection, from, to, since, wait: FIRST_RETRANSMISSION, held: [{ message, incarnation }] }
    this.byConnection.set(connection, stall)
    this.schedule(stall, RETRANSMIT, stall.wait)
  }

  /** One end closes the connection: what waits is gone. False if it was not stalled. */
  close(connection: number): boolean {
    const stall = this.byConnection.get(connection)
    if (stall === undefined) return false
    this.byConnection.delete(connection)
    this.network.onReset(stall.held.length)
    return true
  }

  /** A host is gone, and with it what it would have sent again. */
  closeFrom(sender: ProcessId): void {
    for (const { from, connection } of this.byConnection.values()) if (from === sender) this.close(connection)
  }

  onEvent(kind: number, _a: number, _b: number, payload: unknown): void {
    const stall = payload as Stall
    // Closed meanwhile; another may stand in its place.
    if (this.byConnection.get(stall.connection) !== stall) return
    if (kind === RETRANSMIT) this.retransmit(stall)
    else this.flush(stall)
  }

  private retransmit(stall: Stall): void {
    this.network.onRetransmission()
    if (!this.network.isCut(stall.from, stall.to)) {
      this.schedule(stall, FLUSH, this.network.typicalDelay(stall.from, stall.to))
    } else if (this.simulation.now - stall.since >= RESET_AFTER) {
      this.byConnection.delete(stall.connection)
      this.network.onReset(stall.held.length)
    } else {
      stall.wait *= 2
      this.schedule(stall, RETRANSMIT, stall.wait)
    }
  }

  private flush(stall: Stall): void {
    if (this.network.isCut(stall.from, stall.to)) {
      this.schedule(stall, RETRANSMIT, stall.wait)
      return
    }
    this.byConnection.delete(stall.connection)
    for (const { message, incarnation } of stall.held) {
      this.network.deliver(stall.from, stall.to, message, incarnation)
    }
  }

  private schedule(stall: Stall, kind: number, after: Nanos): void {
    this.simulation.schedule(this.simulation.now + after, this.handler, kind, 0, 0, stall)
  }
}
