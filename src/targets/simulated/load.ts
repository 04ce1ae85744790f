/**
 * The load of a cell: when operations begin, in which session, and what follows them. Open loop: an arrival takes an idle session of its
 * zone or opens one, so operations of a session never overlap and an arrival never waits for a session. Closed loop: all sessions
 * begin at time 0 and think after each outcome. A read-modify-write goes on with its modify, a compare-and-set too, a write that is
 * to be read back with a read from another client.
 *
 * Draws come in the order of arrivals, or from each closed session's own stream, and names and turns from their counts: no strategy
 * moves another's.
 */
import type { Nanos, OperationId, ZoneId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import { mix32, type RandomStream } from '../../core/random.js'
import { compile } from '../../distributions/index.js'
import type { QuantileTable } from '../../distributions/quantile-table.js'
import type { Cell } from '../../experiment/cell.js'
import {
  ADD,
  COMPARE_AND_SET,
  isWrite,
  MODIFY,
  type OperationKind,
  READ_BACK,
  READ_FOR_MODIFY,
} from '../../history/operation-kinds.js'
import type { Request } from '../../replication/replica.js'
import type { EventHandler, Simulation } from '../../simulation/simulation.js'
import type { ArrivalProcess } from '../../workload/arrivals/arrival-process.js'
import type { Draw, WorkloadDraws } from '../../workload/draws.js'
import type { Clients } from './clients.js'
import type { Sequel, Session } from './session.js'

const ARRIVAL = 0
const THINK_OVER = 1
const READ_BACK_DUE = 2

/** A read-back on its way, as an event's payload. */
interface DueReadBack {
  readonly write: OperationId
  readonly zone: ZoneId
  readonly name: number
  readonly answerBytes: number
}

export class Load implements EventHandler {
  /** When it ends: by time, or earlier by count. */
  end: Nanos
  private readonly handler: number
  private readonly idle: Session[][]
  private readonly idleReaders: Session[][]
  private readonly arrivalsStream: RandomStream
  private readonly operationsStream: RandomStream
  private readonly closedStreams: RandomStream[] = []
  /** Operations that each closed session has begun. */
  private readonly closedCounts: number[] = []
  /** Null in a closed loop. */
  private readonly process: ArrivalProcess | null
  private readonly thinking: QuantileTable | null
  private readonly readBackLaw: QuantileTable | null
  private arrivals = 0
  private measuredArrivals = 0
  /** Operations that have begun while an overload was on. */
  hastened = 0
  private readonly overloads: number[] = []
  /** The product of the overloads. */
  private haste = 1
  private nextArrival: Nanos = 0
  /** Tells the arrival on the calendar from those that it replaced. */
  private calendar = 0

  constructor(
    private readonly cell: Cell,
    private readonly simulation: Simulation,
    private readonly draws: WorkloadDraws,
    private readonly clients: Clients,
    private readonly random: RandomStream,
    process: ArrivalProcess | null,
  ) {
    this.handler = simulation.register(this)
    this.end = cell.phases.warmup + cell.phases.duration
    this.idle = cell.zones.map(() => [])
    this.idleReaders = cell.zones.map(() => [])
    this.arrivalsStream = random.fork('arrivals')
    this.operationsStream = random.fork('operations')
    const { arrivals, readBack } = cell.workload
    this.process = process
    this.thinking = arrivals.kind === 'closed' ? compile(arrivals.think, 'time') : null
    this.readBackLaw = typeof readBack?.after === 'string' ? compile(readBack.after, 'time') : null
  }

  /** Puts the first operations on the calendar. */
  start(): void {
    const { workload, zones } = this.cell
    const { arrivals } = workload
    if (arrivals.kind === 'open') {
      this.scheduleArrival()
      return
    }
    const shares = zones.map((zone) => zone.clients)
    const counts = zones.map(() => 0)
    for (let client = 0; client < arrivals.sessions; client++) {
      const zone = mostBehind(shares, counts, client + 1)
      counts[zone] = (counts[zone] as number) + 1
      this.clients.open(zone, false)
      this.closedStreams.push(this.random.fork(`client/${client}`))
      this.closedCounts.push(0)
      this.simulation.schedule(0, this.handler, THINK_OVER, client, 0, null)
    }
  }

  onEvent(kind: number, client: number, _b: number, payload: unknown): void {
    // What was on the calendar when the last of a count arrived does not happen.
    if (!this.isOn) return
    if (kind === ARRIVAL) this.onArrival(client)
    else if (kind === THINK_OVER) this.onThinkOver(this.clients.sessions[client] as Session)
    else this.onReadBackDue(payload as DueReadBack)
  }

  /** Operations arrive so many times as often. */
  hasten(factor: number): void {
    this.overloads.push(factor)
    this.onHaste()
  }

  calm(factor: number): void {
    this.overloads.splice(this.overloads.indexOf(factor), 1)
    this.onHaste()
  }

  /** Called when an operation has ended, with its request, and the session is free for what follows. */
  onEnded(session: Session, request: Request, isOk: boolean): void {
    const { sequel } = session
    session.sequel = null
    if (sequel !== null && isOk) {
      if (sequel.goesOnAs !== null) {
        this.goOn(session, request, sequel, sequel.goesOnAs)
        return
      }
      this.scheduleReadBacks(request.operation, session.name, sequel)
    }
    this.release(session)
  }

  private get isOn(): boolean {
    return this.simulation.now < this.end && this.measuredArrivals !== this.cell.workload.count
  }

  private scheduleArrival(): void {
    this.arriveAfter((this.process as ArrivalProcess).gap(this.arrivalsStream) / this.haste)
  }

  private arriveAfter(gap: Nanos): void {
    this.nextArrival = this.simulation.now + Math.round(gap)
    if (this.nextArrival < this.end)
      this.simulation.schedule(this.nextArrival, this.handler, ARRIVAL, this.calendar, 0, null)
  }

  /** What is left of the time to the next arrival passes at the new rate, so arrivals stay a Poisson process at every rate. */
  private onHaste(): void {
    const before = this.haste
    this.haste = 1
    for (const factor of this.overloads) this.haste *= factor
    if (this.process === null || !this.isOn) return
    this.calendar++
    this.arriveAfter(((this.nextArrival - this.simulation.now) * before) / this.haste)
  }

  private onArrival(calendar: number): void {
    if (calendar !== this.calendar) return
    if ((this.process as ArrivalProcess).arrives(this.simulation.now, this.arrivalsStream)) this.arrive()
    this.scheduleArrival()
  }

  private arrive(): void {
    const zone = this.draws.zone(this.operationsStream)
    const draw = this.draws.next(zone, this.operationsStream)
    const session = this.idle[zone]?.pop() ?? this.clients.open(zone, false)
    this.begin(session, draw, mix32(this.arrivals), this.arrivals)
  }

  private onThinkOver(session: Session): void {
    const { client } = session
    const draw = this.draws.next(session.zone, this.closedStreams[client] as RandomStream)
    const count = this.closedCounts[client] as number
    this.closedCounts[client] = count + 1
    this.begin(session, draw, mix32(Math.imul(client + 1, 0x9e3779b1) + count), client + count)
  }

  private begin(session: Session, draw: Draw, name: number, turn: number): void {
    this.count()
    const goesOnAs = sequelKind(draw.kind)
    session.sequel = goesOnAs !== null || draw.readBacks.length > 0 ? this.sequelOf(draw, goesOnAs) : null
    const { key, element, length } = draw
    const kind = goesOnAs === null ? draw.kind : READ_FOR_MODIFY
    this.clients.begin(session, {
      kind,
      key,
      element,
      expected: NO_OPERATION,
      length,
      valueBytes: isWrite(kind) ? draw.valueBytes : draw.answerBytes,
      base: element,
      intended: this.simulation.now,
      name,
      turn,
    })
    if (draw.kind === ADD) this.draws.onAdd(draw.key, session.operation)
  }

  /** The arrival that reaches the count is the last; a nanosecond keeps it inside the measured phase. */
  private count(): void {
    this.arrivals++
    if (this.haste !== 1) this.hastened++
    if (this.simulation.now < this.cell.phases.warmup) return
    if (++this.measuredArrivals !== this.cell.workload.count) return
    this.end = this.simulation.now + 1
    this.simulation.endBy(this.end)
  }

  private sequelOf({ readBacks, valueBytes, answerBytes }: Draw, goesOnAs: OperationKind | null): Sequel {
    const due = readBacks.map(({ zone, quantile }, i) => ({ zone, after: this.readBackDelay(i, quantile) }))
    return { goesOnAs, readBacks: due, valueBytes, answerBytes }
  }

  private readBackDelay(i: number, quantile: number): Nanos {
    const after = this.cell.workload.readBack?.after
    return this.readBackLaw !== null ? this.readBackLaw.at(quantile) : ((after as readonly Nanos[])[i] as Nanos)
  }

  private goOn(session: Session, read: Request, sequel: Sequel, kind: OperationKind): void {
    session.sequel = { ...sequel, goesOnAs: null }
    this.clients.begin(session, {
      kind,
      key: read.key,
      element: NO_OPERATION,
      expected: kind === COMPARE_AND_SET ? this.clients.returnedBy(read.operation) : NO_OPERATION,
      length: 0,
      valueBytes: sequel.valueBytes,
      base: read.operation,
      intended: this.simulation.now,
      name: mix32(session.name ^ 0x4d),
      turn: read.turn,
    })
  }

  private release(session: Session): void {
    if (session.readsBack) {
      this.idleReaders[session.zone]?.push(session)
    } else if (this.thinking === null) {
      this.idle[session.zone]?.push(session)
    } else {
      const thinking = this.thinking.at((this.closedStreams[session.client] as RandomStream).next())
      const at = this.simulation.now + (this.haste === 1 ? thinking : Math.round(thinking / this.haste))
      if (at < this.end) this.simulation.schedule(at, this.handler, THINK_OVER, session.client, 0, null)
    }
  }

  private scheduleReadBacks(write: OperationId, name: number, { readBacks, answerBytes }: Sequel): void {
    readBacks.forEach(({ after, zone }, i) => {
      const due: DueReadBack = { write, zone, answerBytes, name: mix32(name + Math.imul(i + 1, 0x27d4eb2f)) }
      const at = this.simulation.now + after
      if (at < this.end) this.simulation.schedule(at, this.handler, READ_BACK_DUE, 0, 0, due)
    })
  }

  private onReadBackDue({ write, zone, name, answerBytes }: DueReadBack): void {
    const session = this.idleReaders[zone]?.pop() ?? this.clients.open(zone, true)
    this.clients.begin(session, {
      kind: READ_BACK,
      key: this.clients.keyOf(write),
      element: NO_OPERATION,
      expected: NO_OPERATION,
      length: 0,
      valueBytes: answerBytes,
      base: write,
      intended: this.simulation.now,
      name,
      turn: name,
    })
  }
}

/** What follows the read of an operation that begins with one. */
function sequelKind(drawn: OperationKind): OperationKind | null {
  if (drawn === COMPARE_AND_SET) return COMPARE_AND_SET
  return drawn === READ_FOR_MODIFY ? MODIFY : null
}

/** The zone whose count is furthest below its share of `total`. */
function mostBehind(shares: readonly number[], counts: readonly number[], total: number): ZoneId {
  const deficits = shares.map((share, zone) => share * total - (counts[zone] as number))
  return deficits.indexOf(Math.max(...deficits))
}
