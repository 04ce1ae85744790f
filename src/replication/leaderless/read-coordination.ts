/**
 * Coordinates reads: whom to ask, when there are enough answers, and what becomes of replicas that are behind.
 *
 * Asked are all replicas (Dynamo, Riak), or as many as must answer, the nearest first (Cassandra). With `digests` the first of those sends the value
 * and the others its digest; if these disagree the data of all is asked for (Cassandra's AbstractReadExecutor and DigestResolver).
 * With `heads` all send heads, and the body comes from a replica whose head is the newest (Riak KV's get FSM, since 2.9). A replica that has
 * nothing, not even a record that was loaded, counts as an answer unless `notfound-ok` is false. Where a read waits for its repairs and these are slow, `additional-writes` has it send what it found to
 * all replicas of its level that are up and that it has not asked, whose acknowledgements count as well (Cassandra's
 * BlockingPartitionRepair.maybeSendAdditionalWrites). How a repair is made is in read-repair.ts; an entry stays until every replica that was asked has
 * answered or refused, or its client has given up.
 */
import type { Nanos, NodeId } from '../../core/ids.js'
import { isRead } from '../../history/operation-kinds.js'
import { type Coordination, READ_TIMEOUT, REPAIR_OTHERS, SPECULATE } from './coordination.js'
import { QuorumMessage, READ, READ_REPLY, READ_VERSION, REPAIR_ACK } from './messages.js'
import { COMPARING, FETCHING, type Pending, READING, REPAIRING } from './pending.js'
import { countOf, nodesAt, sendTo } from './places.js'
import { nearestOf } from './proximity.js'
import { answersRepairOf, repairAt, repairThoseBehind } from './read-repair.js'
import { secondRoundOf } from './rounds.js'
import { Speculation } from './speculation.js'
import { isNothing, type Versioned } from './versioned.js'

export class ReadCoordination {
  private readonly repairs: boolean
  private readonly asksAll: boolean
  /** Answers that must come from the preference list proper. */
  private readonly primariesNeeded: number
  private readonly takesNothing: boolean
  /** Whether one of those asked must send the value before the read may answer, as with digests. */
  private readonly wantsData: boolean
  private readonly speculation: Speculation | null
  /** Null where the coordinator waits for ever. */
  private readonly timeout: Nanos | null

  constructor(
    private readonly parts: Coordination,
    /** How long a read waits for its repairs before it makes more of them; null for ever. */
    private readonly additional: Speculation | null,
    /** What follows the read that an increment, add or remove begins with. */
    private readonly goOnToWrite: (entry: Pending) => void,
  ) {
    const { options } = parts
    this.repairs = options.repair !== 'none'
    this.asksAll = options.contact === 'all'
    this.primariesNeeded = options.pr ?? 0
    this.wantsData = options.digests === true && !this.asksAll
    this.takesNothing = options['notfound-ok'] ?? true
    this.speculation = options.speculation === undefined ? null : new Speculation(options.speculation)
    this.timeout = options.timeouts?.read ?? (options.detector === undefined ? null : Number.POSITIVE_INFINITY)
  }

  begin(entry: Pending): void {
    const live = entry.everyone & ~entry.standing.down
    if (!entry.reads.isMetBy(live) || this.lacksPrimaries(entry, live)) {
      this.parts.ends.refuse(entry, 'unavailable', 'no')
      return
    }
    entry.asked = this.asksAll ? live : this.nearestIn(entry, live)
    entry.awaited = entry.asked
    this.ask(entry)
    if (this.timeout !== null) this.waitAtMost(entry, this.timeout)
    if (this.speculation !== null) this.prepareToSpeculate(entry, this.speculation)
  }

  onReply(entry: Pending, mask: number, reply: QuorumMessage): void {
    if (reply.attempt !== entry.attempt || (entry.replied & mask) !== 0) {
      if (entry.phase === FETCHING && reply.attempt === secondRoundOf(entry.request)) this.onBody(entry, mask)
      return
    }
    entry.take(mask, reply, this.parts.versions)
    if (reply.kind === READ_REPLY) entry.withData |= mask
    if (!this.takesNothing && this.hasNothing(entry, mask, reply)) entry.empty |= mask
    if (entry.phase > FETCHING) this.onLateReply(entry, mask)
    else if (entry.phase === FETCHING) return
    else if (this.isEnough(entry)) this.onEnough(entry)
    else if (!this.takesNothing) this.giveUpIfEmpty(entry)
  }

  onRepairAnswer(entry: Pending, mask: number, message: QuorumMessage): void {
    if (entry.phase !== REPAIRING || !answersRepairOf(entry, message)) return
    if (message.kind === REPAIR_ACK) this.onHolder(entry, mask)
    else this.onTooFew(entry, mask)
  }

  onRefused(entry: Pending, mask: number, refusal: QuorumMessage): void {
    const isOfBody = entry.phase === FETCHING && refusal.attempt === secondRoundOf(entry.request)
    if (isOfBody) this.parts.ends.refuse(entry, 'overloaded', 'no')
    if (isOfBody || refusal.attempt !== entry.attempt || (entry.replied & mask) !== 0) return
    entry.awaited &= ~mask
    if (entry.phase <= REPAIRING) this.onTooFew(entry, mask)
    else this.parts.ends.forgetIfDone(entry)
  }

  /** The coordinator's own patience is over. */
  onTimeout(entry: Pending): void {
    entry.timer = 0
    for (const node of nodesAt(entry.replicas, entry.awaited)) this.parts.detector.missed(node)
    if (entry.phase <= REPAIRING) this.parts.ends.refuse(entry, 'timeout', 'no')
    else this.parts.ends.forget(entry)
  }

  /** One more replica is asked, for its data if nobody has sent any. */
  speculate(entry: Pending): void {
    entry.speculation = 0
    if (entry.phase !== READING) return
    const counted = entry.reads.everyoneCounted & ~entry.asked & ~entry.standing.down
    const [extra] = nearestOf(this.parts, entry, counted)
    if (extra === undefined) return
    const kind = this.parts.options.digests && entry.withData !== 0 ? READ_VERSION : READ
    const mask = entry.maskOf(extra)
    entry.asked |= mask
    entry.awaited |= mask
    this.parts.context.send(extra, QuorumMessage.read(kind, entry.request, entry.attempt))
  }

  /** Repairs are slow: whoever has not been asked is sent what the read found, and may acknowledge it too. */
  repairOthers(entry: Pending): void {
    entry.speculation = 0
    if (entry.phase !== REPAIRING) return
    const others = othersOf(entry)
    entry.asked |= others
    repairAt(entry, others, this.parts.context)
  }

  /** Whether an answer to a read is still to come that is of use. */
  expectsAnswers({ awaited }: Pending): boolean {
    return awaited !== 0 && (this.repairs || this.timeout !== null)
  }

  private ask(entry: Pending): void {
    const { options, context } = this.parts
    const read = QuorumMessage.read(options.heads === true ? READ_VERSION : READ, entry.request, entry.attempt)
    if (this.wantsData) this.askForDigests(entry, read)
    else if (this.asksAll) sendTo(this.parts.context, entry.replicas, entry.asked, read)
    else for (const node of nearestOf(this.parts, entry, entry.asked)) context.send(node, read)
  }

  private askForDigests(entry: Pending, data: QuorumMessage): void {
    const { context } = this.parts
    const digest = QuorumMessage.read(READ_VERSION, entry.request, entry.attempt)
    let read = data
    for (const node of nearestOf(this.parts, entry, entry.asked)) {
      context.send(node, read)
      read = digest
    }
  }

  /** The nearest of each quota, as many as it needs. */
  private nearestIn(entry: Pending, live: number): number {
    let mask = 0
    for (const { counted, needed } of entry.reads.quotas)
      mask |= entry.maskOfAll(nearestOf(this.parts, entry, counted & live).slice(0, needed))
    return mask
  }

  private waitAtMost(entry: Pending, timeout: Nanos): void {
    const after = Math.min(timeout, entry.request.timeout)
    entry.timer = this.parts.context.setTimer(READ_TIMEOUT, entry.operation, after)
  }

  /** Never where several quotas are to be met, and not if the coordinator would have given up by then. */
  private prepareToSpeculate(entry: Pending, speculation: Speculation): void {
    if (entry.reads.quotas.length > 1) return
    const after = speculation.delay()
    if (after === 0) this.speculate(entry)
    else if (after !== null && after < Math.min(this.timeout ?? Number.POSITIVE_INFINITY, entry.request.timeout))
      entry.speculation = this.parts.context.setTimer(SPECULATE, entry.operation, after)
  }

  private lacksPrimaries(entry: Pending, places: number): boolean {
    return this.primariesNeeded > 0 && entry.primariesIn(places) < this.primariesNeeded
  }

  private isEnough(entry: Pending): boolean {
    const answered = entry.replied & ~entry.empty
    if (!entry.reads.isMetBy(answered)) return false
    if (this.lacksPrimaries(entry, answered)) return false
    return !this.wantsData || entry.withData !== 0
  }

  private onEnough(entry: Pending): void {
    const { phase } = entry
    this.speculation?.note(this.parts.context.clock() - entry.begun)
    entry.settled = entry.newest
    if (phase === READING && this.wantsData && entry.replied !== entry.current) this.compare(entry)
    else if (phase === READING && this.parts.options.heads === true) this.fetch(entry)
    else this.onSettled(entry)
  }

  /** Digests disagree: all that were asked send their data. */
  private compare(entry: Pending): void {
    entry.startOver(secondRoundOf(entry.request))
    entry.phase = COMPARING
    sendTo(this.parts.context, entry.replicas, entry.asked, QuorumMessage.read(READ, entry.request, entry.attempt))
  }

  /** The newest head is known: a replica that has it sends the body or, where none has all of it, each that has a part. */
  private fetch(entry: Pending): void {
    entry.phase = FETCHING
    const holders = nearestOf(this.parts, entry, entry.current === 0 ? entry.replied : entry.current)
    const asked = entry.current === 0 ? holders : holders.slice(0, 1)
    entry.fetching = entry.maskOfAll(asked)
    const read = QuorumMessage.read(READ, entry.request, secondRoundOf(entry.request))
    for (const node of asked) this.parts.context.send(node, read)
  }

  private onBody(entry: Pending, mask: number): void {
    entry.fetching &= ~mask
    if (entry.fetching === 0) this.onSettled(entry)
  }

  private onSettled(entry: Pending): void {
    const { options } = this.parts
    if (options.repair === 'blocking' && entry.replied !== entry.current) {
      entry.phase = REPAIRING
      entry.confirmed = entry.current
      this.repair(entry)
      if (this.additional !== null) this.prepareToRepairOthers(entry, this.additional)
    } else {
      if (this.repairs) this.repair(entry)
      this.onDone(entry)
    }
  }

  private prepareToRepairOthers(entry: Pending, additional: Speculation): void {
    const { context } = this.parts
    if (entry.speculation !== 0) context.cancelTimer(entry.speculation)
    entry.speculation = 0
    const after = additional.delay()
    if (after === 0) this.repairOthers(entry)
    else if (after !== null) entry.speculation = context.setTimer(REPAIR_OTHERS, entry.operation, after)
  }

  private repair(entry: Pending): void {
    repairThoseBehind(entry, this.parts.context)
  }

  /** One of those asked answers after enough others have. */
  private onLateReply(entry: Pending, mask: number): void {
    if (!this.repairs) {
      this.parts.ends.forgetIfDone(entry)
      return
    }
    const isBehind = (entry.current & mask) === 0
    this.repair(entry)
    if (entry.phase === REPAIRING && !isBehind) this.onHolder(entry, mask)
    else this.parts.ends.forgetIfDone(entry)
  }

  /** A replica holds what a read that waits for repairs is to return, or something newer. */
  private onHolder(entry: Pending, mask: number): void {
    entry.confirm(mask)
    if (entry.reads.isMetBy(entry.confirmed)) this.onDone(entry)
  }

  private onDone(entry: Pending): void {
    const { ends, versions } = this.parts
    if (isRead(entry.request.kind))
      ends.answer(entry, versions.readOutcome(entry.settled as Versioned, this.nextOf(entry)))
    else this.goOnToWrite(entry)
  }

  /** The replica that was fastest, which the session's next write goes to (DeCandia et al. 2007, section 5). */
  private nextOf({ first, replicas, standing }: Pending): NodeId | undefined {
    if (this.parts.options.affinity !== 'fastest' || (first & ~standing.fallbacks) === 0) return undefined
    return replicas[31 - Math.clz32(first)]
  }

  private onTooFew(entry: Pending, mask: number): void {
    entry.refused |= mask & ~entry.confirmed
    const isToRepairOthers = this.additional !== null && entry.phase === REPAIRING && entry.speculation !== 0
    const possible = isToRepairOthers ? entry.asked | othersOf(entry) : entry.asked
    if (entry.reads.isMetBy(possible & ~entry.refused)) return
    this.parts.ends.refuse(entry, 'overloaded', 'no')
  }

  /** Whoever stands in for a replica was not loaded with its records. */
  private hasNothing({ request, standing }: Pending, mask: number, { held, order }: QuorumMessage): boolean {
    const isLoaded = (standing.fallbacks & mask) === 0 && this.parts.placement.isLoaded(request.key)
    return isNothing(held, order, isLoaded)
  }

  /** So many replicas have nothing that what is left cannot be enough: the read returns that there is nothing. */
  private giveUpIfEmpty(entry: Pending): void {
    const n = entry.replicas.length
    const needed = Math.max(entry.reads.total, this.primariesNeeded)
    const fatal =
      this.parts.options['basic-quorum'] === true ? Math.min(Math.floor(n / 2) + 1, n - needed + 1) : n - needed + 1
    if (countOf(entry.empty) < fatal && entry.reads.isMetBy(entry.everyone & ~entry.empty)) return
    entry.settled = entry.newest
    this.onSettled(entry)
  }
}

/** The replicas that are up and count, and that a read has not asked. */
function othersOf({ reads, asked, standing }: Pending): number {
  return reads.everyoneCounted & ~asked & ~standing.down & ~standing.fallbacks
}
