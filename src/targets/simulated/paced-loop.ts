/**
 * Closed loop at a rate, as `-target` paces the threads of YCSB (Cooper et al. 2010): each session has a schedule, a tick apart from an offset that
 * is drawn within the first tick. An operation that is late begins as soon as its session is free and is still meant to have started
 * when it was due, so no schedule is cut down to what the system can do. What is overdue when the load ends was asked for and
 * never begun: it is dropped then, unless a count has ended the load.
 */
import { type Nanos, NO_OPERATION } from '../../core/ids.js'
import type { RandomStream } from '../../core/random.js'
import type { EventHandler, Simulation } from '../../simulation/simulation.js'
import type { ClosedSessions } from './closed-sessions.js'
import type { Load } from './load.js'
import type { Loop } from './loop.js'
import { ScheduleTime } from './schedule-time.js'
import type { Session } from './session.js'

const DUE = 0

export class PacedLoop implements Loop, EventHandler {
  private readonly handler: number
  private readonly time = new ScheduleTime()
  private readonly offsets: number[] = []
  /** Tells the events on the calendar from those that they replaced. */
  private calendar = 0

  constructor(
    private readonly count: number,
    /** Between the starts of a session; need not be whole. */
    private readonly tick: Nanos,
    private readonly simulation: Simulation,
    private readonly sessions: ClosedSessions,
    private readonly load: Load,
    private readonly random: RandomStream,
  ) {
    this.handler = simulation.register(this)
  }

  start(): void {
    this.sessions.open(this.count, (session) => {
      this.offsets.push(this.tick * this.random.fork(`offset/${session.client}`).float())
      this.scheduleNext(session)
    })
  }

  hasten(haste: number): void {
    this.time.hasten(this.simulation.now, haste)
    this.calendar++
    for (const session of this.sessions.all) if (session.operation === NO_OPERATION) this.scheduleNext(session)
  }

  onEvent(_kind: number, client: number, calendar: number): void {
    if (!this.load.isOn || calendar !== this.calendar) return
    const session = this.sessions.all[client] as Session
    this.sessions.begin(session, this.nextDue(session))
  }

  onEnded(session: Session): void {
    this.scheduleNext(session)
  }

  close(): void {
    if (this.load.isComplete) return
    for (const session of this.sessions.all) {
      for (let due = this.nextDue(session); due < this.load.end; due = this.nextDue(session)) {
        this.sessions.drop(session, due)
      }
    }
  }

  private nextDue(session: Session): Nanos {
    const scheduled = (this.offsets[session.client] as number) + this.sessions.drawnBy(session) * this.tick
    return Math.round(this.time.when(scheduled))
  }

  private scheduleNext(session: Session): void {
    const at = Math.max(this.simulation.now, this.nextDue(session))
    if (at < this.load.end) this.simulation.schedule(at, this.handler, DUE, session.client, this.calendar, null)
  }
}
