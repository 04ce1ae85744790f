/**
 * The load of a cell: operations begin when its loop says, open or closed, and what follows them. A read-modify-write goes on with its modify, a
 * compare-and-set likewise, a write that is to be read back with a read from another client. The load ends by time, or earlier by count.
 *
 * Draws come in the order of arrivals, or from each closed session's own stream, and names and turns from their counts: no strategy
 * moves another's.
 */
import { assert } from '../../core/assert.js'
import type { Nanos, OperationId, ZoneId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import { mix32, type RandomStream } from '../../core/random.js'
import { SECOND } from '../../core/units.js'
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
import type { Asked, Clients } from './clients.js'
import { ClosedSessions } from './closed-sessions.js'
import type { Loop } from './loop.js'
import { OpenLoop } from './open-loop.js'
import { PacedLoop } from './paced-loop.js'
import type { Sequel, Session } from './session.js'
import { ThinkingLoop } from './thinking-loop.js'

const READ_BACK_DUE = 0

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
  /** Operations that have arrived while an overload was on. */
  hastened = 0
  private readonly handler: number
  private readonly loop: Loop
  private readonly idleReaders: Session[][]
  /** By zone, opened when something is dropped: the sessions that clients would have wanted, and that ask for nothing. */
  private readonly turnedAway: Session[] = []
  private readonly readBackLaw: QuantileTable | null
  private measuredArrivals = 0
  private readonly overloads: number[] = []
  /** The product of the overloads. */
  private haste = 1

  constructor(
    private readonly cell: Cell,
    private readonly simulation: Simulation,
    private readonly draws: WorkloadDraws,
    private readonly clients: Clients,
    random: RandomStream,
    process: ArrivalProcess | null,
  ) {
    this.handler = simulation.register(this)
    this.end = cell.phases.warmup + cell.phases.duration
    this.idleReaders = cell.zones.map(() => [])
    const { readBack } = cell.workload
    this.readBackLaw = typeof readBack?.after === 'string' ? compile(readBack.after, 'time') : null
    this.loop =
      process === null ? this.closedLoop(random) : new OpenLoop(cell, process, simulation, draws, clients, this, random)
  }

  /** Puts the first operations on the calendar. */
  start(): void {
    this.loop.start()
  }

  /** What is on the calendar when the last of a count has arrived does not happen. */
  get isOn(): boolean {
    return this.simulation.now < this.end && !this.isComplete
  }

  /** Whether a count has been reached. */
  get isComplete(): boolean {
    return this.measuredArrivals === this.cell.workload.count
  }

  /** Called at its end, before anything settles. */
  close(): void {
    this.loop.close()
  }

  onEvent(_kind: number, _a: number, _b: number, payload: unknown): void {
    if (this.isOn) this.onReadBackDue(payload as DueReadBack)
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
    if (session.readsBack) this.idleReaders[session.zone]?.push(session)
    else this.loop.onEnded(session)
  }

  /** An operation has arrived. The one that reaches the count is the last; a nanosecond keeps it inside the measured phase. */
  count(intended: Nanos): void {
    if (this.haste !== 1) this.hastened++
    if (intended < this.cell.phases.warmup) return
    if (++this.measuredArrivals !== this.cell.workload.count) return
    this.end = this.simulation.now + 1
    this.simulation.endBy(this.end)
  }

  /** An operation that has been counted begins. */
  begin(session: Session, draw: Draw, intended: Nanos, name: number, turn: number): void {
    const goesOnAs = sequelKind(draw.kind)
    session.sequel = goesOnAs !== null || draw.readBacks.length > 0 ? this.sequelOf(draw, goesOnAs) : null
    this.clients.begin(session, askedOf(draw, intended, name, turn))
    if (draw.kind === ADD) this.draws.onAdd(draw.key, session.operation)
  }

  /** An operation that is never begun. */
  drop(zone: ZoneId, draw: Draw, intended: Nanos, name: number, turn: number): void {
    const session = this.turnedAway[zone] ?? this.clients.open(zone, false)
    this.turnedAway[zone] = session
    this.clients.drop(session, askedOf(draw, intended, name, turn))
  }

  private closedLoop(random: RandomStream): Loop {
    const { arrivals } = this.cell.workload
    assert(arrivals.kind === 'closed', 'a loop without an arrival process is closed.')
    const sessions = new ClosedSessions(this.cell, this.draws, this.clients, this, random)
    if (arrivals.perSecond === null) {
      return new ThinkingLoop(arrivals.sessions, compile(arrivals.think, 'time'), this.simulation, sessions, this)
    }
    const tick = (arrivals.sessions * SECOND) / arrivals.perSecond
    return new PacedLoop(arrivals.sessions, tick, this.simulation, sessions, this, random)
  }

  private onHaste(): void {
    this.haste = this.overloads.reduce((product, factor) => product * factor, 1)
    if (this.isOn) this.loop.hasten(this.haste)
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

/** The first row of what was drawn. */
function askedOf(draw: Draw, intended: Nanos, name: number, turn: number): Asked {
  const { key, element, length } = draw
  const kind = sequelKind(draw.kind) === null ? draw.kind : READ_FOR_MODIFY
  return {
    kind,
    key,
    element,
    expected: NO_OPERATION,
    length,
    valueBytes: isWrite(kind) ? draw.valueBytes : draw.answerBytes,
    base: element,
    intended,
    name,
    turn,
  }
}
