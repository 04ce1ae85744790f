/**
 * Amazon's Dynamo as its paper tells it (DeCandia et al. 2007; reference: systems.md, sections 1 and 13), as the shopping cart used it: (N, R, W) =
 * (3, 2, 2), siblings merged by union. The paper has no figures for some periods; those here are ours, and said to be.
 *
 * Left out: membership by gossip, capacities of nodes, the write buffer in memory, the durable write of one replica, and admission control for work in the
 * background.
 */
import { copiesIn, type Preset } from './preset.js'

export const dynamo: Preset = {
  name: 'dynamo',
  summary:
    'Dynamo of 2007: sloppy quorums (3, 2, 2), version vectors, siblings merged by union, hints and Merkle trees.',
  system: 'Dynamo (DeCandia et al. 2007)',
  strategy: 'quorum',
  promises: [
    'read your writes by their context, and monotonic reads mostly, while nothing fails; none during a failure, when fallbacks answer',
    'concurrent writes are kept side by side until a write has seen them; a set is their union, in which what was removed may resurface',
  ],
  limits:
    'No membership by gossip, no capacities of nodes, no write buffer in memory, and no admission control of background work.',
  // Section 6.4 of the paper compares clients that know the ring with a load balancer, which is the one in general use.
  suggests: ['client: { coordinator: round-robin }, as behind a load balancer; token-aware, as with a client library'],
  source: 'DeCandia et al. 2007, sections 4.1 to 4.8 and 6',
  options: (world) => ({
    // Section 4.5 and 6 of the paper: N is 3, and the usual (N, R, W) is (3, 2, 2).
    n: copiesIn(world, 3),
    r: 2,
    w: 2,
    // Section 6.2: strategy 3, Q equal partitions, as many for each node.
    tokens: 'even',
    // Section 4.5: requests go to the first N nodes that are reachable; who is not among them hands a write on.
    contact: 'all',
    forward: 'writes',
    // Section 5: the node that answered the read before it fastest coordinates a write.
    affinity: 'fastest',
    // Section 4.6: the first N healthy nodes, with hints for those in whose place they stand.
    sloppy: true,
    // Section 5: answers, waits a little for who is late, and brings those behind up to date.
    repair: 'asynchronous',
    // Section 4.4: a vector clock with every version, whose oldest entry goes when there are more than, say, 10.
    versions: 'vectors',
    context: 'session',
    prune: { small: 10, big: 10, young: '0s', old: '300h' },
    // Section 4.4: the application reconciles, and the shopping cart by union.
    merge: 'union',
    // Section 2.2: an answer within 300 ms is what services agree upon; how long a coordinator waits is not told.
    timeouts: { read: '300ms', write: '300ms' },
    // Section 4.8.3: local knowledge, who does not answer is tried again now and then; how often is not told.
    detector: { kind: 'timeout', retry: '1s' },
    // Section 4.6: a hint is kept until its owner is back, and looked at now and then; how often is not told.
    hints: { window: '300h', every: '10s' },
    // Section 4.7: a Merkle tree for each range; how often they are compared is not told.
    'anti-entropy': { mode: 'continuous', every: '15s' },
  }),
}
