/** The failure detector that options name. */
import type { Message, ReplicaContext } from '../../replica.js'
import type { FailureDetector } from '../failure-detector.js'
import type { Service } from '../service.js'
import type { DetectorOptions } from './options.js'
import { PhiDetector } from './phi-detector.js'
import { TimeoutDetector } from './timeout-detector.js'

/** For a node among so many; it takes the messages and timers of the family `GOSSIP`. */
export function createDetector(
  context: ReplicaContext<Message>,
  options: DetectorOptions,
  nodes: number,
): FailureDetector & Service {
  return options.kind === 'phi'
    ? new PhiDetector(context, options, nodes)
    : new TimeoutDetector(context, options, nodes)
}
