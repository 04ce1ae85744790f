/**
 * The sessions of a closed loop: as many in each zone as its share of the clients says, also when they are few. Each draws its operations from a
 * stream of its own, and names them by its number and theirs, so that how fast the others are moves none of its draws.
 */
import type { Nanos, ZoneId } from '../../core/ids.js'
import { mix32, type RandomStream } from '../../core/random.js'
import type { Cell } from '../../experiment/cell.js'
import type { Draw, WorkloadDraws } from '../../workload/draws.js'
import type { Clients } from './clients.js'
import type { Load } from './load.js'
import type { Session } from './session.js'

export class ClosedSessions {
  readonly all: Session[] = []
  private readonly streams: RandomStream[] = []
  private readonly drawn: number[] = []

  constructor(
    private readonly cell: Cell,
    private readonly draws: WorkloadDraws,
    private readonly clients: Clients,
    private readonly load: Load,
    private readonly random: RandomStream,
  ) {}

  open(count: number, onOpened: (session: Session) => void): void {
    const shares = this.cell.zones.map((zone) => zone.clients)
    const counts = shares.map(() => 0)
    for (let client = 0; client < count; client++) {
      const zone = mostBehind(shares, counts, client + 1)
      counts[zone] = (counts[zone] as number) + 1
      const session = this.clients.open(zone, false)
      this.all.push(session)
      this.streams.push(this.random.fork(`client/${client}`))
      this.drawn.push(0)
      onOpened(session)
    }
  }

  /** Operations of the session that have been drawn. */
  drawnBy({ client }: Session): number {
    return this.drawn[client] as number
  }

  streamOf({ client }: Session): RandomStream {
    return this.streams[client] as RandomStream
  }

  begin(session: Session, intended: Nanos): void {
    const draw = this.next(session)
    const number = this.drawnBy(session) - 1
    this.load.count(intended)
    this.load.begin(session, draw, intended, nameOf(session, number), session.client + number)
  }

  /** The session never got round to its next operation. */
  drop(session: Session, intended: Nanos): void {
    const draw = this.next(session)
    const number = this.drawnBy(session) - 1
    this.load.drop(session.zone, draw, intended, nameOf(session, number), session.client + number)
  }

  private next(session: Session): Draw {
    this.drawn[session.client] = this.drawnBy(session) + 1
    return this.draws.next(session.zone, this.streamOf(session))
  }
}

const nameOf = ({ client }: Session, number: number): number => mix32(Math.imul(client + 1, 0x9e3779b1) + number)

/** The zone whose count is furthest below its share of `total`. */
function mostBehind(shares: readonly number[], counts: readonly number[], total: number): ZoneId {
  const deficits = shares.map((share, zone) => share * total - (counts[zone] as number))
  return deficits.indexOf(Math.max(...deficits))
}
