/**
 * The name under which a node coordinates writes of keys that it stands in for, while all their replicas are down: an actor of its own, as a fallback
 * vnode of Riak's is (reference: systems.md, sections 1 and 3). An event is (name, counter), the counter is one more than what the node keeps of the
 * key tells, and what it keeps it forgets once it has handed it back. Counting from 1 again, a name would issue an event twice, or
 * one that seems to have replaced what was forgotten. So a name is given up for a new one before the next write of such a key, as Riak
 * begins a new epoch of an actor for a key that its vnode does not find.
 *
 * A name lasts no longer than the process, so none is used again after a crash, whatever of the disk that has undone. Names are
 * shared by keys, so that a node needs no more of them than it has times of standing in. The host gives them, each once.
 */
import type { Key, WriterId } from '../../../core/ids.js'
import type { Message, ReplicaContext } from '../../replica.js'

export class StandInNames {
  private current: WriterId | null = null
  /** Keys that were written under the current name, and whether all of that is still kept. */
  private readonly written = new Map<Key, boolean>()

  constructor(private readonly context: ReplicaContext<Message>) {}

  /** For the next write of the key. */
  writerOf(key: Key): WriterId {
    if (this.current === null || this.written.get(key) === false) {
      this.current = this.context.newIdentity()
      this.written.clear()
    }
    this.written.set(key, true)
    return this.current
  }

  /** Something that was kept of the key is not kept any more. */
  forget(key: Key): void {
    if (this.written.has(key)) this.written.set(key, false)
  }
}
