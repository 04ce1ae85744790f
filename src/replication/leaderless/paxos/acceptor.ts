/**
 * What a replica keeps of each key for Paxos (Lamport 2001, "Paxos made simple"; Cassandra's PaxosState): the ballot that it has promised, the
 * proposal that it has accepted last, and the one that it has committed last. All are on the disk, and whoever asked is answered once
 * they are durable: a replica that forgot a promise could help to choose two values. One that lost its disk does, or
 * lost power before it had flushed (`flush`).
 */
import type { Key } from '../../../core/ids.js'
import type { Disk, ObjectColumn } from '../../disk.js'
import type { LocalCopy } from '../local-copy.js'
import { type Ballot, isAfter, later, NO_BALLOT, type Proposal } from './ballot.js'

export interface Accepted {
  readonly promised: Ballot
  /** Null once it is committed. */
  readonly proposal: Proposal | null
  readonly committed: Proposal | null
}

const NOTHING: Accepted = { promised: NO_BALLOT, proposal: null, committed: null }

export class Acceptor {
  private readonly states: ObjectColumn<Accepted>

  constructor(
    disk: Disk,
    private readonly copy: LocalCopy,
  ) {
    this.states = disk.objects('paxos')
  }

  at(key: Key): Accepted {
    return this.states.get(key) ?? NOTHING
  }

  /** False if a later ballot has been promised. */
  prepare(key: Key, ballot: Ballot): boolean {
    const state = this.at(key)
    if (isAfter(state.promised, ballot)) return false
    this.states.set(key, { ...state, promised: ballot })
    return true
  }

  /** False if a later ballot has been promised. */
  accept(key: Key, proposal: Proposal): boolean {
    const state = this.at(key)
    if (isAfter(state.promised, proposal.ballot)) return false
    this.states.set(key, { ...state, promised: proposal.ballot, proposal })
    return true
  }

  commit(key: Key, committed: Proposal): void {
    const state = this.at(key)
    const { proposal } = state
    const isLater = proposal !== null && isAfter(proposal.ballot, committed.ballot)
    const latest = later(state.committed, committed)
    this.states.set(key, { promised: state.promised, proposal: isLater ? proposal : null, committed: latest })
    if (committed.version !== null) this.copy.apply(key, committed.version, committed.valueBytes)
  }
}
