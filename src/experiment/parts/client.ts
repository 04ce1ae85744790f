/** `client`: how long a client waits, how it tries again, and which node it asks where the strategy leaves that open. */
import { MILLISECOND, SECOND } from '../../core/units.js'
import type { CellClient } from '../cell.js'
import type { Section } from '../file/section.js'
import { LATER } from './later.js'

export function readClient(client: Section): CellClient {
  const read: CellClient = {
    timeout: client.duration('timeout', SECOND, 1),
    retries: client.whole('retries', 0, 0, 100),
    backoff: client.duration('backoff', 10 * MILLISECOND),
    jitter: client.percent('jitter', 0.5),
    budget: client.percent('budget', 0.1),
    coordinator: client.choice('coordinator', ['token-aware', 'nearest', 'round-robin', 'fixed'], 'token-aware'),
  }
  client.end(LATER.client)
  return read
}
