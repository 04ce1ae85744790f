/**
 * What the sizes of quorums alone say, for replicas that anti-entropy or an expanding write never reaches: Bailis et al., VLDB 2012, section
 * 3. Where writes go on to all N replicas, as in Dynamo, each is an upper bound on staleness.
 */

/** P(a read quorum of r shares no replica with a write quorum of w) = C(n - w, r) / C(n, r), both random out of n. */
export function nonIntersection(n: number, r: number, w: number): number {
  let probability = 1
  for (let i = 0; i < r; i++) probability *= Math.max(0, n - w - i) / (n - i)
  return probability
}

/** P(a read misses each of the last `k` versions), where it misses one with probability `stale` and all are alike: k-staleness. */
export function missesAll(stale: number, k: number): number {
  let probability = 1
  for (let i = 0; i < k; i++) probability *= stale
  return probability
}
