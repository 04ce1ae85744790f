/**
 * What the model leaves out, for whoever takes a figure for more than it is. Sentences as the README has them; `code` stands between backticks.
 */
export const MODEL_LIMITS: readonly string[] = [
  "Leaders are not elected; a crashed leader's keys wait for it. Nodes of `quorum` neither join nor leave, and of its replicas one that missed a write stays behind until the key is written again or read (`diverged.keys`), unless hints or anti-entropy are on.",
  'A paused process misses nothing: what its host buffers has no bound. Loss and duplication are independent from message to message, not in bursts. Gates on intervals or relative to another variant are not built; a file that uses them is refused.',
  'Presets have what their options say and no more: no dynamic snitch, no data types of Riak but counters and sets, no membership that changes.',
  'An increment that is retried counts once at the leader that did it; at another leader of `lww` or `crdt`, and under `quorum`, it may count twice.',
  'A counter does not tell which increments it lost: where it lost some, zones have no `lost.rmw` and no `lost.ratio` of their own. `duplicated.ratio` is a lower bound.',
  'A leader that catches a follower up sends one batch of at most 512 entries at a time, where real senders stream.',
  'Over tcp a lost segment or a cut is retried after 200 ms, doubling, so after a long cut a stream may stand still for as long again. A client that waited in vain opens another connection; congestion control and handshakes are not modelled.',
  "`saturated` leaves out a fault's window and its aftermath: a timeout before it, and its own length and a timeout after it.",
  'Scans are measured for latency, availability and cost, not for staleness; one covers as many records as it asks for, also near the last, and under `quorum` the ring holds the loaded records and does not widen with inserts. Where fields have versions of their own, a delete takes out one field.',
  'An answer to a read weighs what the law of sizes has on average, not what was written; requests, replication and logs weigh what is written.',
  'A record counts from the moment its insert is drawn: what became of an operation must not move the draws of later ones. A read may come before the insert and find nothing.',
  'Routes of named topologies are symmetric and never change; those of AWS are of about 2022, those of IBM of August 2024. The laws of named hardware are assumptions about published means and ranges.',
  'A whole-number law with few values, such as `uniform(1 100)`, gives its two ends half their share; `zipfian(1 100 0)` is even.',
  'Transactions over several keys are not modelled.',
]
