/**
 * A write on its way through one replica of a remote zone (Cassandra's StorageProxy, `FORWARD_TO`): that one hands it on to the zone's other replicas
 * at once, before it stores anything itself, so it costs the long link one request for a zone and not one for each replica there. All of
 * them acknowledge to the coordinator directly.
 */
import type { NodeId, ProcessId } from '../../core/ids.js'
import type { Message, ReplicaContext } from '../replica.js'
import { WORK_NONE, WORK_WRITE } from '../replica.js'
import { CarriedWrite } from './carried-write.js'
import { QuorumMessage } from './messages.js'
import { firstKindOf, RELAY, type Service } from './service.js'

const RELAYED_WRITE = firstKindOf(RELAY)
const FORWARDED_WRITE = RELAYED_WRITE + 1

/** From the coordinator to the first replica of a remote zone. */
export class RelayedWrite extends CarriedWrite {
  readonly kind = RELAYED_WRITE
  readonly work = WORK_NONE

  constructor(
    write: QuorumMessage,
    /** Whom else it is for. */
    readonly others: readonly NodeId[],
  ) {
    super(write)
  }
}

/** From there to each replica of the zone, itself included. */
class ForwardedWrite extends CarriedWrite {
  readonly kind = FORWARDED_WRITE
  readonly work = WORK_WRITE

  constructor(
    write: QuorumMessage,
    readonly coordinator: NodeId,
  ) {
    super(write)
  }
}

export class Relay implements Service {
  constructor(
    private readonly context: ReplicaContext<Message>,
    /** Stores a write and acknowledges it to whoever coordinates it. */
    private readonly onWrite: (coordinator: NodeId, write: QuorumMessage) => void,
  ) {}

  onStart(): void {}
  onTimer(): void {}

  onMessage(from: ProcessId, message: Message): void {
    if (message.kind === FORWARDED_WRITE) {
      const { coordinator, write } = message as ForwardedWrite
      this.onWrite(coordinator, write)
      return
    }
    const { write, others } = message as RelayedWrite
    const forwarded = new ForwardedWrite(write, from)
    for (const node of others) this.context.send(node, forwarded)
    this.context.send(this.context.id, forwarded)
  }

  onOverload(_from: ProcessId, message: Message): void {
    const { coordinator, write } = message as ForwardedWrite
    this.context.send(coordinator, QuorumMessage.refusal(write))
  }
}
