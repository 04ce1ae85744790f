/**
 * Open loop: operations arrive whatever becomes of those before. An arrival takes an idle session of its zone or opens one, so operations of a
 * session never overlap and an arrival waits for no session, unless a policy bounds how many operations may be under way in all zones:
 * then it waits its turn, is dropped, or ends the cell. A read-modify-write is one operation, and a read-back none.
 *
 * Whatever the policy, draws are made at arrival and in order of arrivals.
 */
import { LimitError } from '../../core/errors.js'
import { Fifo } from '../../core/fifo.js'
import type { Nanos, ZoneId } from '../../core/ids.js'
import { mix32, type RandomStream } from '../../core/random.js'
import { formatDuration } from '../../core/units.js'
import type { Cell } from '../../experiment/cell.js'
import type { EventHandler, Simulation } from '../../simulation/simulation.js'
import type { ArrivalProcess } from '../../workload/arrivals/arrival-process.js'
import type { Draw, WorkloadDraws } from '../../workload/draws.js'
import type { Clients } from './clients.js'
import type { Load } from './load.js'
import type { Loop } from './loop.js'
import type { Session } from './session.js'

const ARRIVAL = 0
const ROOM = 1

/** An operation that has arrived. */
interface Arrival {
  readonly zone: ZoneId
  readonly draw: Draw
  readonly at: Nanos
  /** Counted from 0. */
  readonly number: number
}

export class OpenLoop implements Loop, EventHandler {
  private readonly handler: number
  private readonly arrivalsStream: RandomStream
  private readonly operationsStream: RandomStream
  private readonly idle: Session[][]
  private readonly overload: Cell['workload']['overload']
  private readonly waiting = new Fifo<Arrival>()
  private underWay = 0
  private arrivals = 0
  private haste = 1
  private nextArrival: Nanos = 0
  /** Tells the arrival on the calendar from those that it replaced. */
  private calendar = 0

  constructor(
    cell: Cell,
    private readonly process: ArrivalProcess,
    private readonly simulation: Simulation,
    private readonly draws: WorkloadDraws,
    private readonly clients: Clients,
    private readonly load: Load,
    random: RandomStream,
  ) {
    this.handler = simulation.register(this)
    this.idle = cell.zones.map(() => [])
    this.overload = cell.workload.overload
    this.arrivalsStream = random.fork('arrivals')
    this.operationsStream = random.fork('operations')
  }

  start(): void {
    this.scheduleArrival()
  }

  /** What is left of the time to the next candidate passes at the new rate, so a Poisson process stays one at every rate. */
  hasten(haste: number): void {
    const before = this.haste
    this.haste = haste
    this.calendar++
    this.arriveAfter(((this.nextArrival - this.simulation.now) * before) / haste)
  }

  onEvent(kind: number, calendar: number): void {
    if (!this.load.isOn) return
    if (kind === ROOM) this.admit()
    else if (calendar === this.calendar) this.onCandidate()
  }

  onEnded(session: Session): void {
    this.underWay--
    this.idle[session.zone]?.push(session)
    // By an event, since an operation may end the moment it begins and so, by calls, would all that wait.
    if (this.waiting.length > 0) this.simulation.schedule(this.simulation.now, this.handler, ROOM, 0, 0, null)
  }

  close(): void {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) this.drop(next)
  }

  private scheduleArrival(): void {
    this.arriveAfter(this.process.gap(this.arrivalsStream) / this.haste)
  }

  private arriveAfter(gap: Nanos): void {
    this.nextArrival = this.simulation.now + Math.round(gap)
    if (this.nextArrival < this.load.end)
      this.simulation.schedule(this.nextArrival, this.handler, ARRIVAL, this.calendar, 0, null)
  }

  private onCandidate(): void {
    if (this.process.arrives(this.simulation.now, this.arrivalsStream)) this.arrive()
    this.scheduleArrival()
  }

  private arrive(): void {
    const { now } = this.simulation
    this.load.count(now)
    const zone = this.draws.zone(this.operationsStream)
    const draw = this.draws.next(zone, this.operationsStream)
    const arrival = { zone, draw, at: now, number: this.arrivals++ }
    if (this.hasRoom && this.waiting.length === 0) this.begin(arrival)
    else this.onOverload(arrival)
  }

  private get hasRoom(): boolean {
    return this.overload === null || this.underWay < this.overload.sessions
  }

  private onOverload(arrival: Arrival): void {
    const { policy, sessions } = this.overload as NonNullable<typeof this.overload>
    if (policy === 'drop') this.drop(arrival)
    else if (policy === 'queue') this.waiting.push({ ...arrival, draw: { ...arrival.draw } })
    else {
      const found = `${formatDuration(this.simulation.now)} after the start an operation arrived while ${sessions} were under way`
      throw new LimitError(`${found}, the most that abort(${sessions}) allows: offer less, allow more, drop or queue.`)
    }
  }

  private admit(): void {
    if (!this.hasRoom) return
    const next = this.waiting.shift()
    if (next !== undefined) this.begin(next)
  }

  private begin({ zone, draw, at, number }: Arrival): void {
    this.underWay++
    const session = this.idle[zone]?.pop() ?? this.clients.open(zone, false)
    this.load.begin(session, draw, at, mix32(number), number)
  }

  private drop({ zone, draw, at, number }: Arrival): void {
    this.load.drop(zone, draw, at, mix32(number), number)
  }
}
