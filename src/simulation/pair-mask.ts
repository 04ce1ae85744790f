/** Pairs of parties as the network numbers them: what `from` sends to `to` is pair from * parties + to. A mask has 1 for every pair of some flows. */
import type { Flow } from '../core/flow.js'

export type PairMask = Uint8Array

export function maskOf(flows: readonly Flow[], parties: number): PairMask {
  const mask = new Uint8Array(parties * parties)
  for (const flow of flows) {
    for (const from of flow.from) for (const to of flow.to) mask[from * parties + to] = 1
  }
  return mask
}
