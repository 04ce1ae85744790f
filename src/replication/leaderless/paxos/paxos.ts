/**
 * Paxos on one node: it answers proposers for the keys that it holds, once its disk has what it tells them, and coordinates what clients
 * ask of it (proposer.ts).
 */
import type { NodeId, ProcessId } from '../../../core/ids.js'
import type { Message, Request } from '../../replica.js'
import type { Coordination } from '../coordination.js'
import type { LocalCopy } from '../local-copy.js'
import { firstKindOf, PAXOS, type Service } from '../service.js'
import { Unacknowledged } from '../unacknowledged.js'
import { Acceptor } from './acceptor.js'
import type { Proposal } from './ballot.js'
import { COMMIT, PaxosMessage, PREPARE, PROPOSE, READ } from './messages.js'
import { Proposer } from './proposer.js'

/** What has been written to the disk is durable; the argument is a slot of the answers that wait for it. */
const STORED = firstKindOf(PAXOS)

/** What a coordinator hands on to Paxos. */
export interface SerialRequests {
  takes(request: Request): boolean
  /** `via` is the node that has handed the request on, if one has. */
  onRequest(request: Request, via: NodeId | null): void
}

export class Paxos implements Service, SerialRequests {
  private readonly acceptor: Acceptor
  private readonly proposer: Proposer
  private readonly answers = new Unacknowledged<PaxosMessage>()

  constructor(
    private readonly parts: Omit<Coordination, 'ends'>,
    private readonly copy: LocalCopy,
  ) {
    this.acceptor = new Acceptor(parts.context.disk, copy)
    this.proposer = new Proposer(parts)
  }

  onStart(): void {}

  takes(request: Request): boolean {
    return this.proposer.takes(request)
  }

  onRequest(request: Request, via: NodeId | null): void {
    this.proposer.onRequest(request, via)
  }

  onMessage(from: ProcessId, message: Message): void {
    const paxos = message as PaxosMessage
    switch (paxos.kind) {
      case PREPARE:
        this.onPrepare(from, paxos)
        return
      case READ:
        this.parts.context.send(from, PaxosMessage.found(paxos, this.copy.at(paxos.key)))
        return
      case PROPOSE:
        this.onPropose(from, paxos)
        return
      case COMMIT:
        this.acceptor.commit(paxos.key, paxos.proposal as Proposal)
        this.answer(from, PaxosMessage.done(paxos))
        return
      default:
        this.proposer.onAnswer(from, paxos)
    }
  }

  onTimer(kind: number, argument: number): void {
    this.proposer.onTimer(kind, argument)
  }

  onDurable(_kind: number, slot: number): void {
    const to = this.answers.senderAt(slot)
    this.parts.context.send(to, this.answers.take(slot))
  }

  onOverload(from: ProcessId, message: Message): void {
    this.parts.context.send(from, PaxosMessage.overloaded(message as PaxosMessage))
  }

  isIdle(): boolean {
    return this.proposer.isIdle
  }

  private onPrepare(from: ProcessId, message: PaxosMessage): void {
    const { key, round } = message
    const isPromised = this.acceptor.prepare(key, round)
    const { promised, proposal, committed } = this.acceptor.at(key)
    if (isPromised) this.answer(from, PaxosMessage.promise(message, proposal, committed))
    else this.answer(from, PaxosMessage.preempted(message, promised))
  }

  private onPropose(from: ProcessId, message: PaxosMessage): void {
    const { key, proposal } = message
    const isAccepted = this.acceptor.accept(key, proposal as Proposal)
    this.answer(
      from,
      isAccepted ? PaxosMessage.done(message) : PaxosMessage.preempted(message, this.acceptor.at(key).promised),
    )
  }

  private answer(to: ProcessId, answer: PaxosMessage): void {
    this.parts.context.sync(STORED, this.answers.add(to, answer))
  }
}
