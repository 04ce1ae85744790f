/**
 * The dice of messages, rolled by what a message is and not by when it was sent: by its operation, or by its number among the background messages
 * of its pair, and by pair, leg and attempt. Each concern has dice of its own, so a fault or an extra message moves nobody else's.
 */
import type { Nanos } from '../core/ids.js'
import { NO_OPERATION } from '../core/ids.js'
import type { Dice, RandomStream } from '../core/random.js'
import type { QuantileTable } from '../distributions/quantile-table.js'
import type { Message } from '../replication/replica.js'
import type { OperationDice } from './operation-dice.js'

/** 2^32, of which a roll is one part. */
const LEVELS = 0x100000000

export class MessageDice {
  private readonly delays: Dice
  private readonly backgroundDelays: Dice
  private readonly losses: Dice
  private readonly duplications: Dice
  private readonly copyDelays: Dice
  /** Messages sent so far between each pair of parties without an operation, which name their delays. */
  private readonly backgroundCounts: Int32Array

  constructor(
    private readonly operationDice: OperationDice,
    random: RandomStream,
    pairs: number,
  ) {
    this.delays = random.dice('delay')
    this.backgroundDelays = random.dice('background delay')
    this.losses = random.dice('loss')
    this.duplications = random.dice('duplication')
    this.copyDelays = random.dice('delay of a copy')
    this.backgroundCounts = new Int32Array(pairs)
  }

  /** The delay of a message that is being sent; asked once, and first of all. */
  delay(table: QuantileTable, message: Message, pair: number): Nanos {
    const { operation } = message
    if (operation === NO_OPERATION) {
      const count = this.backgroundCounts[pair] as number
      this.backgroundCounts[pair] = count + 1
      return table.at(this.backgroundDelays.roll(count, this.word(message, pair)))
    }
    if (table.constant !== undefined) return table.constant
    return table.at(this.delays.roll(this.operationDice.get(operation), this.word(message, pair)))
  }

  /** How often in a row, up to one more than `most`, a segment is lost with the probability `loss`. */
  lossesInARow(loss: number, most: number, message: Message, pair: number): number {
    if (loss === 0) return 0
    const name = this.name(message, pair)
    const word = this.word(message, pair)
    let losses = 0
    while (losses <= most && this.losses.roll(name + Math.imul(losses, 0x61c88647), word) >>> 0 < loss * LEVELS)
      losses++
    return losses
  }

  isDuplicated(share: number, message: Message, pair: number): boolean {
    return (
      share > 0 && this.duplications.roll(this.name(message, pair), this.word(message, pair)) >>> 0 < share * LEVELS
    )
  }

  /** The delay of the second copy of a message. */
  copyDelay(table: QuantileTable, message: Message, pair: number): Nanos {
    return this.of(table, this.copyDelays, message, pair)
  }

  /** The value of `table` at these dice of a message that has been sent. */
  of(table: QuantileTable, dice: Dice, message: Message, pair: number): number {
    return table.at(dice.roll(this.name(message, pair), this.word(message, pair)))
  }

  /** Of a message in the background its delay has been drawn, and counted, already. */
  private name({ operation }: Message, pair: number): number {
    return operation === NO_OPERATION ? (this.backgroundCounts[pair] as number) - 1 : this.operationDice.get(operation)
  }

  /** Pair, leg and attempt. */
  private word({ leg, attempt }: Message, pair: number): number {
    return (pair << 11) | (leg << 8) | (attempt & 0xff)
  }
}
