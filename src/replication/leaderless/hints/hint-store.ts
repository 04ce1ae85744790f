/**
 * The hints that a node keeps, on its disk: all of them, in the order in which they came, as real systems do, and not the newest of each key. Like all
 * that is on the disk they survive a crash once they are durable, and go with the disk. A place that is free again is
 * used again, so order is by number and not by place.
 */
import type { Key, Nanos, NodeId } from '../../../core/ids.js'
import type { Disk, ObjectColumn } from '../../disk.js'
import type { QuorumMessage } from '../messages.js'

export interface Hint {
  readonly target: NodeId
  readonly write: QuorumMessage
  /** Counts up. */
  readonly sequence: number
  /** When it was kept, by the clock of the node that keeps it. */
  readonly since: Nanos
  /** Its place on the disk. */
  readonly place: number
}

export class HintStore {
  private readonly column: ObjectColumn<Hint>
  private readonly free: number[] = []
  private readonly byKey = new Map<Key, Hint[]>()
  private nextSequence = 0
  /** Hints that are kept. */
  count = 0

  constructor(disk: Disk) {
    this.column = disk.objects('hints')
  }

  /** What an earlier life has left, the oldest first; once, before anything else. */
  load(): readonly Hint[] {
    const hints: Hint[] = []
    for (let place = 0; place < this.column.length; place++) {
      const hint = this.column.get(place)
      if (hint === undefined) this.free.push(place)
      else hints.push(hint)
    }
    hints.sort((left, right) => left.sequence - right.sequence)
    for (const hint of hints) this.index(hint)
    this.nextSequence = 1 + (hints[hints.length - 1]?.sequence ?? -1)
    return hints
  }

  add(target: NodeId, write: QuorumMessage, since: Nanos): Hint {
    const place = this.free.pop() ?? this.column.length
    const hint = { target, write, sequence: this.nextSequence++, since, place }
    this.column.set(place, hint)
    this.index(hint)
    return hint
  }

  remove(hint: Hint): void {
    const { key } = hint.write
    this.column.delete(hint.place)
    this.free.push(hint.place)
    this.count--
    const left = this.ofKey(key).filter((other) => other !== hint)
    if (left.length > 0) this.byKey.set(key, left)
    else this.byKey.delete(key)
  }

  /** The oldest first, whomever they are for. */
  ofKey(key: Key): readonly Hint[] {
    return this.byKey.get(key) ?? []
  }

  private index(hint: Hint): void {
    this.count++
    const others = this.byKey.get(hint.write.key)
    if (others === undefined) this.byKey.set(hint.write.key, [hint])
    else others.push(hint)
  }
}
