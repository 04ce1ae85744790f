/**
 * Records that have a home: those of a user live near the user. A share of each client's operations, the locality, is on records at home in its own
 * zone, and the others on records of other zones, in proportion to the clients that live there. Within a zone its records are under the law by
 * their rank. Records are dealt to the zones that have clients in turn: record i is at home in the (i mod zones)-th of them, and an
 * insert takes the next number of its client's zone, so numbers of zones that insert less are left out.
 */
import type { ZoneId } from '../core/ids.js'
import type { Random } from '../core/random.js'
import type { KeyChooser } from './keys/key-distribution.js'
import type { RecordChooser } from './record-chooser.js'
import { Records } from './records.js'

/** One zone's records, by rank. */
interface Home {
  readonly zone: ZoneId
  readonly clients: number
  readonly records: Records
  readonly chooser: KeyChooser
}

export class HomeZones implements RecordChooser {
  private readonly homes: readonly Home[]

  /** `clients` is the share of each zone; `chooserOf` makes the law over the records of one. */
  constructor(
    loaded: number,
    clients: readonly number[],
    private readonly locality: number,
    chooserOf: (records: Records) => KeyChooser,
  ) {
    const shares = clients.map((share, zone) => ({ zone, clients: share })).filter((home) => home.clients > 0)
    this.homes = shares.map((home, place) => {
      const records = new Records(Math.ceil((loaded - place) / shares.length))
      return { ...home, records, chooser: chooserOf(records) }
    })
  }

  nextForRead(zone: ZoneId, random: Random): number {
    const home = this.homeFor(zone, random)
    return this.numberOf(home, home.chooser.nextForRead(random))
  }

  nextForWrite(zone: ZoneId, random: Random): number {
    const home = this.homeFor(zone, random)
    return this.numberOf(home, home.chooser.nextForWrite(random))
  }

  insert(zone: ZoneId): number {
    const home = this.homeOf(zone)
    return this.numberOf(home, home.records.insert())
  }

  private homeFor(zone: ZoneId, random: Random): Home {
    const own = this.homeOf(zone)
    if (random.float() < this.locality) return own
    const others = this.homes.filter((home) => home !== own)
    let rest = random.float() * others.reduce((sum, { clients }) => sum + clients, 0)
    for (const home of others) {
      rest -= home.clients
      if (rest < 0) return home
    }
    return others.at(-1) as Home
  }

  private homeOf(zone: ZoneId): Home {
    return this.homes.find((home) => home.zone === zone) as Home
  }

  private numberOf(home: Home, rank: number): number {
    return rank * this.homes.length + this.homes.indexOf(home)
  }
}
