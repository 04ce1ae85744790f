/**
 * The cuts in force between parties. A pair is cut while any cut says so, so cuts overlap and each takes back only itself: how many cut a pair
 * is counted. Each also counts the messages that met it.
 */
import { assert } from '../core/assert.js'
import type { Flow } from '../core/flow.js'
import { maskOf, type PairMask } from './pair-mask.js'

export interface Cut {
  readonly mask: PairMask
  /** Messages that it stopped or held up. */
  touched: number
}

export class Cuts {
  /** Cuts in force; nobody need look further while there is none. */
  count = 0
  private readonly byPair: Int32Array
  private readonly inForce: Cut[] = []

  constructor(private readonly parties: number) {
    this.byPair = new Int32Array(parties * parties)
  }

  begin(flows: readonly Flow[]): Cut {
    const cut = { mask: maskOf(flows, this.parties), touched: 0 }
    this.inForce.push(cut)
    this.add(cut.mask, 1)
    return cut
  }

  end(cut: Cut): void {
    const place = this.inForce.indexOf(cut)
    assert(place >= 0, 'a cut ends once.')
    this.inForce.splice(place, 1)
    this.add(cut.mask, -1)
  }

  isCut(pair: number): boolean {
    return this.byPair[pair] !== 0
  }

  /** A message of the pair met the cuts on it. */
  touch(pair: number): void {
    for (let i = 0; i < this.inForce.length; i++) {
      const cut = this.inForce[i] as Cut
      if (cut.mask[pair] === 1) cut.touched++
    }
  }

  private add(mask: PairMask, one: number): void {
    this.count += one
    for (let pair = 0; pair < mask.length; pair++) {
      if (mask[pair] === 1) this.byPair[pair] = (this.byPair[pair] as number) + one
    }
  }
}
