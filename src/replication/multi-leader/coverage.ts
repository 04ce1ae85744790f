/**
 * How much of each writer's log a copy holds, by group: a version vector over all lives of all leaders' disks (Parker et al. 1983). The
 * log of a life that has ended is shipped no more, so what some copies hold of it and others do not must be spread by
 * states; comparing coverages tells who lacks what.
 */
import type { WriterId } from '../../core/ids.js'
import type { DiskCell, NumberColumn } from '../disk.js'
import type { Message, ReplicaContext } from '../replica.js'

/** Writer, sequence, writer, sequence … */
export type Frontier = readonly number[]

export class Coverage {
  private readonly sequences: NumberColumn
  private readonly writers: DiskCell<readonly WriterId[]>

  constructor(context: ReplicaContext<Message>, group: number) {
    this.sequences = context.disk.numbers(`covered of group ${group}`, 0)
    this.writers = context.disk.cell<readonly WriterId[]>(`writers of group ${group}`, [])
  }

  of(writer: WriterId): number {
    return this.sequences.get(writer)
  }

  /** Returns whether that is news. */
  extend(writer: WriterId, sequence: number): boolean {
    const known = this.sequences.get(writer)
    if (sequence <= known) return false
    if (known === 0) this.writers.value = [...this.writers.value, writer]
    this.sequences.set(writer, sequence)
    return true
  }

  get frontier(): Frontier {
    const frontier: number[] = []
    for (const writer of this.writers.value) frontier.push(writer, this.sequences.get(writer))
    return frontier
  }

  /** Whether this covers more than `frontier` does of some of the writers. */
  exceeds(frontier: Frontier, matters: (writer: WriterId) => boolean): boolean {
    return this.writers.value.some((writer) => matters(writer) && this.of(writer) > sequenceIn(frontier, writer))
  }
}

export function sequenceIn(frontier: Frontier, writer: WriterId): number {
  for (let i = 0; i < frontier.length; i += 2) if (frontier[i] === writer) return frontier[i + 1] as number
  return 0
}
