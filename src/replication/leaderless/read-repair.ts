/**
 * Read repair (DeCandia et al. 2007, section 5): replicas that answered a read with an older version are sent the newest one that it found,
 * each as soon as it is known to be behind. A replica keeps the newer of what it holds and what it is sent, so it does not matter
 * who else repairs or writes meanwhile, and a repair that gets lost is made by the next read.
 *
 * Repairs travel on the write's leg under the read's name, as does the write of an increment, add or remove that follows the
 * read. What keeps their dice apart is the attempt: those of requests count up from 0, those of repairs down from 255, N for
 * each attempt of the request, for a replica is sent each newer version once and there are at most N. The two meet
 * after 256 / (N + 1) retries, and would share a delay then, nothing else.
 */
import type { NodeId } from '../../core/ids.js'
import type { Message, ReplicaContext } from '../replica.js'
import { QuorumMessage } from './messages.js'
import type { Pending } from './pending.js'
import type { Versioned } from './versioned.js'

const LAST_ATTEMPT = 255

/** Sends the newest version to those who answered with an older one and have not been sent it. */
export function repairThoseBehind(entry: Pending, context: ReplicaContext<Message>): void {
  const behind = entry.replied & ~entry.current & ~entry.standing.fallbacks
  if (behind === 0) return
  entry.current |= behind
  repairAt(entry, behind, context)
}

/** Sends the newest version to the replicas at these places. */
export function repairAt(entry: Pending, places: number, context: ReplicaContext<Message>): void {
  const { replicas, request, newest } = entry
  const attempt = LAST_ATTEMPT - (request.attempt * replicas.length + entry.rises)
  const message = QuorumMessage.repair(request, newest as Versioned, attempt)
  for (let place = 0; place < replicas.length; place++) {
    if ((places & (1 << place)) === 0) continue
    context.send(replicas[place] as NodeId, message)
    context.account('read-repair', message.bytes)
  }
}

/** Whether the message, which answers a repair, answers one of this attempt of the read. */
export function answersRepairOf({ request, replicas }: Pending, { attempt }: QuorumMessage): boolean {
  return Math.floor((LAST_ATTEMPT - attempt) / replicas.length) === request.attempt
}
