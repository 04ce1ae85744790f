/**
 * What makes a retry idempotent: of each client the latest write that was done here, kept on the disk (Ongaro 2014, section 6.3). A client
 * does one thing at a time and operations are numbered upwards, so a request that names the same operation again is that write asked
 * for again, and one that names an earlier operation is a late duplicate of the network's. What is done elsewhere, or
 * went with a disk, is not known here.
 */
import { NO_OPERATION } from '../core/ids.js'
import type { ObjectColumn } from './disk.js'
import type { Message, ReplicaContext, Request } from './replica.js'

export class LatestWrites<Write extends { readonly operation: number }> {
  private readonly byClient: ObjectColumn<Write>

  constructor(context: ReplicaContext<Message>) {
    this.byClient = context.disk.objects<Write>('latest write of each client')
  }

  /** The write that the request asks for, if it was done here before. */
  find(request: Request): Write | undefined {
    const latest = this.byClient.get(request.client)
    return latest?.operation === request.operation ? latest : undefined
  }

  /** The client has had another write done since: nobody waits for this one. */
  isOver(request: Request): boolean {
    return (this.byClient.get(request.client)?.operation ?? NO_OPERATION) > request.operation
  }

  note(request: Request, write: Write): void {
    this.byClient.set(request.client, write)
  }
}
