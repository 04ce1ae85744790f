/** Which record a client of a zone takes: one law over all records, or over those whose home is one zone (home-zones.ts). */
import type { ZoneId } from '../core/ids.js'
import type { Random } from '../core/random.js'
import type { KeyChooser } from './keys/key-distribution.js'
import type { Records } from './records.js'

export interface RecordChooser {
  nextForRead(zone: ZoneId, random: Random): number
  nextForWrite(zone: ZoneId, random: Random): number
  /** A new record for a client of the zone. */
  insert(zone: ZoneId): number
}

/** Records without homes. */
export class AllRecords implements RecordChooser {
  constructor(
    private readonly records: Records,
    private readonly chooser: KeyChooser,
  ) {}

  nextForRead(_zone: ZoneId, random: Random): number {
    return this.chooser.nextForRead(random)
  }

  nextForWrite(_zone: ZoneId, random: Random): number {
    return this.chooser.nextForWrite(random)
  }

  insert(): number {
    return this.records.insert()
  }
}
