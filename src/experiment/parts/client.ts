/**
 * `client`: how long a client waits, how it tries again, and which node it asks where the strategy leaves that open or nodes are down.
 */
import { MILLISECOND, SECOND } from '../../core/units.js'
import type { CellClient } from '../cell.js'
import type { Section } from '../file/section.js'

export function readClient(client: Section): CellClient {
  const read: CellClient = {
    timeout: client.duration('timeout', SECOND, 1),
    retries: client.whole('retries', 0, 0, 100),
    backoff: client.duration('backoff', 10 * MILLISECOND),
    jitter: client.percent('jitter', 0.5),
    budget: client.percent('budget', 0.1),
    markDown: client.duration('mark-down', 5 * SECOND),
    failOver: client.flag('fail-over'),
    coordinator: client.choice('coordinator', ['token-aware', 'nearest', 'round-robin', 'fixed'], 'token-aware'),
  }
  client.end()
  if (read.failOver && read.markDown === 0) {
    client.complain(
      'fail-over',
      'fail-over: true needs a mark-down longer than 0s: clients leave nodes that they have marked down',
    )
  }
  return read
}
