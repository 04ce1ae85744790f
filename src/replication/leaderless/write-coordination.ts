/**
 * Coordinates writes. Every replica is sent the write whatever the client waits for (DeCandia et al. 2007, section 4.5); the client has its
 * answer when enough have acknowledged. With `relay` one replica of each remote zone is sent it and hands it on to the others there, who
 * acknowledge to the coordinator (Cassandra's StorageProxy). With `put: local-first` the coordinator's own copy stores the write before
 * any other replica is sent it (Riak KV's put FSM). For replicas that are held for down, or do not
 * acknowledge in time, the coordinator keeps hints, if it keeps any; in a sloppy quorum others stand in for them and keep those.
 *
 * A version with clocks is made where what its coordinator made before is kept: on a replica's copy or, of a coordinator that stands in for a
 * replica, among its hints, where the write stays as a hint for that replica (section 4.6; Riak's fallback vnodes).
 */
import type { NodeId } from '../../core/ids.js'
import { type Coordination, WRITE_TIMEOUT } from './coordination.js'
import { HintedWrite } from './hints/hinted-write.js'
import { QuorumMessage } from './messages.js'
import { ANSWERED, type Pending, STORING, WRITING } from './pending.js'
import { nodesAt } from './places.js'
import { RelayedWrite } from './relay.js'
import type { Speculation } from './speculation.js'
import { NOTHING_HELD, type Versioned } from './versioned.js'

export class WriteCoordination {
  private readonly primariesNeeded: number
  private readonly timeout: number | null
  private readonly isLocalFirst: boolean

  constructor(
    private readonly parts: Coordination,
    /** Learns how long writes take. */
    private readonly additional: Speculation | null,
  ) {
    const { options } = parts
    this.primariesNeeded = options.pw ?? 0
    const isPatient = options.detector === undefined && options.hints === undefined
    this.timeout = options.timeouts?.write ?? (isPatient ? null : Number.POSITIVE_INFINITY)
    this.isLocalFirst = options.put === 'local-first'
  }

  begin(entry: Pending): void {
    const { context } = this.parts
    const live = entry.everyone & ~entry.standing.down
    const isPossible = entry.writes.isMetBy(live) || entry.writes.takesHints
    const { needsCopy } = this.parts.maker
    const isElsewhere = needsCopy && !entry.replicas.includes(context.id)
    if (!isPossible || isElsewhere || this.lacksPrimaries(entry, live)) {
      this.parts.ends.refuse(entry, 'unavailable', 'no')
      return
    }
    entry.confirmed = 0
    entry.refused = 0
    if (this.timeout !== null) this.waitAtMost(entry, this.timeout)
    if (this.isLocalFirst && (needsCopy || this.isReplica(entry))) {
      entry.phase = STORING
      context.send(context.id, QuorumMessage.localTurn(entry.request))
    } else this.send(entry, live)
  }

  /** The coordinator itself stores the write, and `onStored` is to follow once that is durable; false if nobody waits for it. */
  onLocalTurn(entry: Pending): boolean {
    return entry.phase === STORING && entry.write === null && this.makeAndStore(entry) !== null
  }

  onStored(entry: Pending): void {
    if (entry.phase !== STORING) return
    const { context } = this.parts
    const own = entry.maskOf(context.id)
    this.send(entry, entry.everyone & ~entry.standing.down & ~own)
    this.onAck(entry, own, context.id)
  }

  onAck(entry: Pending, mask: number, from: NodeId): void {
    if (entry.phase < WRITING || entry.write === null || (entry.confirmed & mask) !== 0) return
    entry.confirm(mask)
    if (entry.phase === ANSWERED) {
      this.parts.ends.forgetIfDone(entry)
      return
    }
    if ((entry.standing.fallbacks & mask) === 0) this.parts.context.witness(entry.operation, from)
    this.answerIfEnough(entry)
  }

  onRefused(entry: Pending, mask: number): void {
    if (entry.phase === STORING) this.parts.ends.refuse(entry, 'overloaded', 'no')
    if (entry.phase !== WRITING) return
    entry.refused |= mask & ~entry.confirmed
    const possible = (entry.asked | entry.confirmed) & ~entry.refused
    if (entry.writes.isMetBy(possible)) return
    // Where versions are made of what the coordinator has, it has stored this one, whatever became of the work for it.
    const isNowhere = possible === 0 && entry.hinted === 0 && !this.parts.maker.needsCopy
    this.parts.ends.refuse(entry, 'overloaded', isNowhere ? 'no' : 'unknown')
  }

  /** The coordinator's own patience is over: hints are kept for whoever was silent. */
  onTimeout(entry: Pending): void {
    entry.timer = 0
    const { standing, write } = entry
    const silent = entry.asked & ~entry.confirmed
    for (const node of nodesAt(standing.nodes, this.suspects(entry, silent))) this.parts.detector.missed(node)
    if (write !== null) for (const node of nodesAt(standing.primaries, silent)) this.parts.hints?.keep(node, write)
    if (entry.phase === ANSWERED) this.parts.ends.forget(entry)
    else this.parts.ends.refuse(entry, 'timeout', 'unknown')
  }

  /** Whether an acknowledgement is still to come that is of use. */
  expectsAnswers({ write, asked, confirmed }: Pending): boolean {
    return this.timeout !== null && write !== null && (asked & ~confirmed) !== 0
  }

  /** Of those that are silent: whoever was to be sent the write by one that is silent itself may never have had it. */
  private suspects(entry: Pending, silent: number): number {
    const { context, options, placement } = this.parts
    if (options.relay !== true) return silent
    let suspects = silent
    placement.byZone(entry.replicas, entry.asked & ~entry.standing.fallbacks).forEach((nodes, zone) => {
      if (zone === context.zone || nodes.length === 0) return
      const { first, others } = relayed(nodes, entry)
      if ((silent & entry.maskOf(first)) !== 0) suspects &= ~entry.maskOfAll(others)
    })
    return suspects
  }

  private waitAtMost(entry: Pending, timeout: number): void {
    if (entry.timer !== 0) this.parts.context.cancelTimer(entry.timer)
    const after = Math.min(timeout, entry.request.timeout)
    entry.timer = this.parts.context.setTimer(WRITE_TIMEOUT, entry.operation, after)
  }

  private make(entry: Pending): QuorumMessage {
    const write = QuorumMessage.write(entry.request, this.versionOf(entry))
    entry.write = write
    return write
  }

  /** With clocks it is made of what this node has of the key: its copy or, where it stands in for a replica, what it keeps for others. */
  private versionOf(entry: Pending): Versioned {
    const { copy, hints, maker } = this.parts
    const { request, settled } = entry
    if (!maker.needsCopy) return maker.make(request, settled, null)
    if (this.isReplica(entry) || hints === null) return maker.make(request, settled, copy?.at(request.key) ?? null)
    return maker.make(request, settled, hints.versionOf(request.key) ?? NOTHING_HELD, hints.writerOf(request.key))
  }

  /** Null if there is no room for it, which its client is told. */
  private makeAndStore(entry: Pending): QuorumMessage | null {
    const write = this.make(entry)
    if (this.store(entry, write)) return write
    this.parts.ends.refuse(entry, 'overloaded', 'no')
    return null
  }

  private store(entry: Pending, write: QuorumMessage): boolean {
    const { context, copy, hints } = this.parts
    if (!this.isReplica(entry)) return hints?.keep(entry.primaryBehind(context.id), write) ?? false
    copy?.apply(write.key, write, write.valueBytes, true)
    return true
  }

  private isReplica({ standing }: Pending): boolean {
    return standing.primaries.includes(this.parts.context.id)
  }

  private send(entry: Pending, places: number): void {
    const write = entry.write ?? this.makeAtOnce(entry)
    if (write === null) return
    entry.phase = WRITING
    entry.asked = places
    if (entry.standing.down !== 0) this.keepHints(entry, write)
    if (this.parts.options.relay === true) this.relay(entry, places, write)
    else this.sendTo(entry, places, write)
    if (entry.writes.takesHints) this.answerIfEnough(entry)
  }

  /** Where versions build on the copy, it has each before the next is made; its work and its disk are charged as any replica's. */
  private makeAtOnce(entry: Pending): QuorumMessage | null {
    return this.parts.maker.needsCopy ? this.makeAndStore(entry) : this.make(entry)
  }

  private sendTo({ replicas, standing }: Pending, places: number, write: QuorumMessage): void {
    const { context, maker } = this.parts
    for (let place = 0; place < replicas.length; place++) {
      const bit = 1 << place
      const node = replicas[place] as NodeId
      if ((places & bit) === 0) continue
      if ((standing.fallbacks & bit) === 0) context.send(node, write)
      else {
        const isKept = maker.needsCopy && node === context.id
        context.send(node, new HintedWrite(write, standing.primaries[place] as NodeId, isKept))
      }
    }
  }

  /** For those whom nobody stands in for. */
  private keepHints(entry: Pending, write: QuorumMessage): void {
    const { replicas, standing } = entry
    for (const node of nodesAt(replicas, standing.down)) if (this.parts.hints?.keep(node, write)) entry.hinted++
  }

  /** Each remote zone's replicas get the write through one of them. */
  private relay(entry: Pending, places: number, write: QuorumMessage): void {
    const { context, placement } = this.parts
    const { standing } = entry
    placement.byZone(entry.replicas, places & ~standing.fallbacks).forEach((nodes, zone) => {
      if (zone === context.zone) for (const node of nodes) context.send(node, write)
      else if (nodes.length > 0) {
        const { first, others } = relayed(nodes, entry)
        context.send(first, new RelayedWrite(write, others))
      }
    })
    if (standing.fallbacks !== 0) this.sendTo(entry, places & standing.fallbacks, write)
  }

  private lacksPrimaries(entry: Pending, places: number): boolean {
    return this.primariesNeeded > 0 && entry.primariesIn(places) < this.primariesNeeded
  }

  private answerIfEnough(entry: Pending): void {
    const { writes, confirmed } = entry
    if (!writes.isMetBy(confirmed) && !(writes.takesHints && entry.hinted > 0)) return
    if (this.lacksPrimaries(entry, confirmed)) return
    if (entry.settled === null) this.additional?.note(this.parts.context.clock() - entry.begun)
    const outcome = this.parts.versions.writeOutcome(entry.operation, entry.write as QuorumMessage)
    this.parts.ends.answer(entry, outcome)
  }
}

/** Of a remote zone's replicas the one that is sent the write, and those that it hands it on to. */
function relayed(nodes: readonly NodeId[], { request }: Pending) {
  const first = nodes[request.turn % nodes.length] as NodeId
  return { first, others: nodes.filter((node) => node !== first) }
}
