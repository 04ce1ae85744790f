/**
 * What the workload asks for next: kind, key, element, size and zone of an operation, drawn from a stream in a fixed order. The
 * draws know nothing of the strategy or of what became of earlier operations, so every strategy meets the same requests.
 * A remove takes out one of the last elements that were added to its key.
 */
import type { Key, OperationId, ZoneId } from '../core/ids.js'
import { NO_OPERATION } from '../core/ids.js'
import type { Random } from '../core/random.js'
import type { QuantileTable } from '../distributions/quantile-table.js'
import type { CellReadBack, CellWorkload } from '../experiment/cell.js'
import {
  ADD,
  INCREMENT,
  type OperationKind,
  READ,
  READ_FOR_MODIFY,
  REMOVE,
  UPDATE,
} from '../history/operation-kinds.js'
import type { KeySpace } from './key-space.js'
import type { KeyChooser } from './keys/key-distribution.js'

const RECENT_ADDS = 16

const KINDS: Readonly<Record<string, OperationKind>> = {
  read: READ,
  update: UPDATE,
  'read-modify-write': READ_FOR_MODIFY,
  increment: INCREMENT,
  add: ADD,
  remove: REMOVE,
}

export interface DrawnReadBack {
  readonly zone: ZoneId
  /** Of its delay, as 32 bits. */
  readonly quantile: number
}

/** The latest draw: every draw overwrites it. */
export interface Draw {
  readonly kind: OperationKind
  readonly key: Key
  readonly element: OperationId
  readonly valueBytes: number
  /** Empty for most. */
  readonly readBacks: readonly DrawnReadBack[]
}

const NO_READ_BACKS: readonly DrawnReadBack[] = []

export class WorkloadDraws {
  private readonly kinds: readonly OperationKind[]
  private readonly kindBounds: readonly number[]
  private readonly zoneBounds: readonly number[]
  private readonly recentAdds = new Map<Key, OperationId[]>()
  private readonly meanBytes: number
  private readonly readBack: CellReadBack | null
  private readonly draw: { -readonly [Field in keyof Draw]: Draw[Field] } = {
    kind: READ,
    key: 0,
    element: NO_OPERATION,
    valueBytes: 0,
    readBacks: NO_READ_BACKS,
  }

  constructor(
    workload: CellWorkload,
    private readonly space: KeySpace,
    private readonly chooser: KeyChooser,
    private readonly sizes: QuantileTable,
    zoneShares: readonly number[],
  ) {
    const mix = Object.entries(workload.operations).filter(([, share]) => share > 0)
    this.kinds = mix.map(([name]) => KINDS[name] as OperationKind)
    this.kindBounds = runningSums(mix.map(([, share]) => share))
    this.zoneBounds = runningSums(zoneShares)
    this.readBack = workload.readBack
    this.meanBytes = Math.round(sizes.mean)
  }

  next(random: Random): Draw {
    const kind = this.kinds[placeOf(random.float(), this.kindBounds)] as OperationKind
    const key = this.key(kind, random)
    const writes = kind !== READ
    const { draw } = this
    draw.kind = kind
    draw.key = key
    draw.element = kind === REMOVE ? this.elementOf(key, random) : NO_OPERATION
    draw.valueBytes = writes ? this.sizes.at(random.next()) : this.meanBytes
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

  private key(kind: OperationKind, random: Random): Key {
    if (kind === READ) return this.space.keyAt(this.space.readTypeAt(random.float()), this.chooser.nextForRead(random))
    const type = kind === INCREMENT ? 'counter' : kind === ADD || kind === REMOVE ? 'set' : 'register'
    return this.space.keyAt(type, this.chooser.nextForWrite(random))
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
