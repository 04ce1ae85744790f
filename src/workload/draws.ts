/**
 * What the workload asks for next: kind, key, element, sizes and zone of an operation, drawn from a stream in a fixed order. The
 * draws know nothing of the strategy or of what became of earlier operations, so every strategy meets the same requests.
 * A remove takes out one of the last elements that were added to its key; an insert takes the next new record.
 */
import type { Key, OperationId, ZoneId } from '../core/ids.js'
import { NO_OPERATION } from '../core/ids.js'
import type { Random } from '../core/random.js'
import type { QuantileTable } from '../distributions/quantile-table.js'
import type { CellFields, CellReadBack, CellWorkload } from '../experiment/cell.js'
import {
  ADD,
  DELETE,
  INCREMENT,
  INSERT,
  type KeyType,
  KIND_OF,
  type OperationKind,
  type OperationName,
  READ,
  REMOVE,
  SCAN,
} from '../history/operation-kinds.js'
import type { KeySpace } from './key-space.js'
import type { RecordChooser } from './record-chooser.js'

const RECENT_ADDS = 16

export interface DrawnReadBack {
  readonly zone: ZoneId
  /** Of its delay, as 32 bits. */
  readonly quantile: number
}

/** The latest draw: every draw overwrites it. */
export interface Draw {
  /** `COMPARE_AND_SET` stands for its two rows, of which the first is a read. */
  readonly kind: OperationKind
  readonly key: Key
  readonly element: OperationId
  /** Of what is written; 0 if nothing is. */
  readonly valueBytes: number
  /** What a record's value in an answer is expected to weigh. */
  readonly answerBytes: number
  /** Records that a scan covers; 0 otherwise. */
  readonly length: number
  /** Empty for most. */
  readonly readBacks: readonly DrawnReadBack[]
}

const NO_READ_BACKS: readonly DrawnReadBack[] = []

/** The laws of a workload, compiled. */
export interface WorkloadTables {
  /** Of a field's value. */
  readonly sizes: QuantileTable
  readonly scanLengths: QuantileTable
}

export class WorkloadDraws {
  private readonly kinds: readonly OperationKind[]
  private readonly kindBounds: readonly number[]
  private readonly zoneBounds: readonly number[]
  private readonly recentAdds = new Map<Key, OperationId[]>()
  private readonly answerBytes: number
  private readonly fields: CellFields
  private readonly readBack: CellReadBack | null
  private readonly draw: { -readonly [Field in keyof Draw]: Draw[Field] } = {
    kind: READ,
    key: 0,
    element: NO_OPERATION,
    valueBytes: 0,
    answerBytes: 0,
    length: 0,
    readBacks: NO_READ_BACKS,
  }

  constructor(
    workload: CellWorkload,
    private readonly space: KeySpace,
    private readonly chooser: RecordChooser,
    private readonly tables: WorkloadTables,
    zoneShares: readonly number[],
  ) {
    const mix = Object.entries(workload.operations).filter(([, share]) => share > 0)
    this.kinds = mix.map(([name]) => KIND_OF[name as OperationName])
    this.kindBounds = runningSums(mix.map(([, share]) => share))
    this.zoneBounds = runningSums(zoneShares)
    this.readBack = workload.readBack
    this.fields = workload.fields
    this.answerBytes = Math.round(tables.sizes.mean * (this.fields.read === 'all' ? this.fields.count : 1))
  }

  /** The next operation of a client in `zone`. */
  next(zone: ZoneId, random: Random): Draw {
    const kind = this.kinds[placeOf(random.float(), this.kindBounds)] as OperationKind
    const key = this.key(kind, zone, random)
    const writes = kind !== READ && kind !== SCAN
    const { draw } = this
    draw.kind = kind
    draw.key = key
    draw.element = kind === REMOVE ? this.elementOf(key, random) : NO_OPERATION
    draw.valueBytes = writes ? this.writtenBytes(kind, random) : 0
    draw.answerBytes = this.answerBytes
    draw.length = kind === SCAN ? Math.max(1, this.tables.scanLengths.at(random.next())) : 0
    draw.readBacks = writes && this.readBack !== null ? this.drawReadBacks(this.readBack, random) : NO_READ_BACKS
    return draw
  }

  zone(random: Random): ZoneId {
    return placeOf(random.float(), this.zoneBounds)
  }

  onAdd(key: Key, element: OperationId): void {
    const recent = this.recentAdds.get(key)
    if (recent === undefined) this.recentAdds.set(key, [element])
    else if (recent.push(element) > RECENT_ADDS) recent.shift()
  }

  private key(kind: OperationKind, zone: ZoneId, random: Random): Key {
    if (kind === INSERT) return this.space.keyAt('register', this.chooser.insert(zone), this.field(random))
    if (kind === READ || kind === SCAN) {
      const type = this.space.readTypeAt(random.float())
      return this.keyOf(type, this.chooser.nextForRead(zone, random), random)
    }
    const type = kind === INCREMENT ? 'counter' : kind === ADD || kind === REMOVE ? 'set' : 'register'
    return this.keyOf(type, this.chooser.nextForWrite(zone, random), random)
  }

  private keyOf(type: KeyType, record: number, random: Random): Key {
    return this.space.keyAt(type, record, type === 'register' ? this.field(random) : 0)
  }

  /** The field that is asked for; of an operation on all of them, the one by which it is judged. */
  private field(random: Random): number {
    const { count } = this.fields
    if (count === 1) return 0
    const field = random.below(count)
    return this.space.keysPerRecord === 1 ? 0 : field
  }

  private writtenBytes(kind: OperationKind, random: Random): number {
    const { count, write } = this.fields
    const { sizes } = this.tables
    if (kind === DELETE) return 0
    if (write === 'one' && kind !== INSERT) return sizes.at(random.next())
    let bytes = 0
    for (let field = 0; field < count; field++) bytes += sizes.at(random.next())
    return bytes
  }

  private elementOf(key: Key, random: Random): OperationId {
    const recent = this.recentAdds.get(key)
    const quantile = random.float()
    if (recent === undefined || recent.length === 0) return NO_OPERATION
    return recent.splice(Math.floor(quantile * recent.length), 1)[0] as OperationId
  }

  private drawReadBacks(readBack: CellReadBack, random: Random): readonly DrawnReadBack[] {
    const isRead = random.float() < readBack.share
    const count = typeof readBack.after === 'string' ? 1 : readBack.after.length
    const drawn = Array.from({ length: count }, () => ({ zone: this.zone(random), quantile: random.next() }))
    return isRead ? drawn : NO_READ_BACKS
  }
}

/** Running sums of shares; the last is 1 whatever was rounded on the way. */
function runningSums(shares: readonly number[]): readonly number[] {
  let sum = 0
  return shares.map((share, i) => {
    sum += share
    return i === shares.length - 1 ? 1 : sum
  })
}

function placeOf(share: number, bounds: readonly number[]): number {
  let place = 0
  while (share >= (bounds[place] as number)) place++
  return place
}
