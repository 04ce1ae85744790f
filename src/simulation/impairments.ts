/**
 * What makes links worse for a while: loss, duplication and delay, each on the pairs of its flows. Where they overlap, losses and duplications are
 * independent, factors multiply and extra delays add. They are looked up one by one, because there are few and mostly none; each counts
 * the messages that it touched.
 */
import { assert } from '../core/assert.js'
import type { Flow } from '../core/flow.js'
import type { Nanos } from '../core/ids.js'
import type { Dice } from '../core/random.js'
import { LARGEST_VALUE } from '../distributions/law.js'
import type { QuantileTable } from '../distributions/quantile-table.js'
import type { Message } from '../replication/replica.js'
import type { MessageDice } from './message-dice.js'
import { maskOf, type PairMask } from './pair-mask.js'

export interface ImpairmentModel {
  readonly flows: readonly Flow[]
  /** Probability that a segment or datagram is lost. */
  readonly loss: number
  /** Probability that a datagram arrives twice. */
  readonly duplication: number
  /** By which delays are multiplied. */
  readonly factor: number
  /** What is added to delays, drawn by dice of its own. */
  readonly extra: { readonly law: QuantileTable; readonly dice: Dice } | null
}

export interface Impairment extends ImpairmentModel {
  readonly mask: PairMask
  touched: number
}

export class Impairments {
  /** Impairments in force; nobody need look further while there is none. */
  count = 0
  private readonly inForce: Impairment[] = []

  constructor(private readonly parties: number) {}

  begin(model: ImpairmentModel): Impairment {
    const impairment = { ...model, mask: maskOf(model.flows, this.parties), touched: 0 }
    this.inForce.push(impairment)
    this.count++
    return impairment
  }

  end(impairment: Impairment): void {
    const place = this.inForce.indexOf(impairment)
    assert(place >= 0, 'an impairment ends once.')
    this.inForce.splice(place, 1)
    this.count--
  }

  /** The probability that a segment of the pair is lost, where its link alone loses it with `loss`. */
  lossOf(pair: number, loss: number): number {
    let either = loss
    for (const one of this.inForce) if (one.mask[pair] === 1) either += one.loss - either * one.loss
    return either
  }

  duplicationOf(pair: number): number {
    let either = 0
    for (const one of this.inForce) if (one.mask[pair] === 1) either += one.duplication - either * one.duplication
    return either
  }

  /** The delay of a message that would be `delay`. */
  delayOf(pair: number, delay: Nanos, message: Message, dice: MessageDice): Nanos {
    let factor = 1
    let extra = 0
    for (const one of this.inForce) {
      if (one.mask[pair] !== 1 || (one.factor === 1 && one.extra === null)) continue
      one.touched++
      factor *= one.factor
      if (one.extra !== null) extra += dice.of(one.extra.law, one.extra.dice, message, pair)
    }
    return slowed(delay, factor, extra)
  }

  /** The delay of a message that has no dice. */
  typicalDelayOf(pair: number, delay: Nanos): Nanos {
    let factor = 1
    let extra = 0
    for (const one of this.inForce) {
      if (one.mask[pair] !== 1) continue
      factor *= one.factor
      extra += one.extra?.law.median ?? 0
    }
    return slowed(delay, factor, extra)
  }

  /** A message of the pair was lost, or a segment of it, and not by its link alone. */
  touchLosses(pair: number): void {
    for (const one of this.inForce) if (one.mask[pair] === 1 && one.loss > 0) one.touched++
  }

  touchDuplications(pair: number): void {
    for (const one of this.inForce) if (one.mask[pair] === 1 && one.duplication > 0) one.touched++
  }
}

/** Never later than any drawn delay may be, however many factors meet. */
function slowed(delay: Nanos, factor: number, extra: Nanos): Nanos {
  return Math.min(LARGEST_VALUE, Math.round(delay * factor) + extra)
}
