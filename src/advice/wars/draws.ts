/**
 * The delays of a block of trials, a column for each leg of each replica. Every leg of every replica has a random stream of its own, so that
 * another law for one leg, or another replica, leaves the others' dice alone. A block is small enough for its columns to stay in the
 * cache between drawing and use. Sorted by place, equal replies would favour the first replicas; where that matters
 * (replicas that differ, replies with atoms) each reply gets a random fraction of a nanosecond more.
 */
import { RandomStream } from '../../core/random.js'
import type { Law } from '../../distributions/law.js'
import type { QuantileTable } from '../../distributions/quantile-table.js'
import { LEGS, type Leg, type WarsLegs } from './model.js'

/** Trials of a block. */
export const BLOCK = 256

/** By replica, a column of one leg each, in nanoseconds. */
export type Columns = Readonly<Record<Leg, readonly Float64Array[]>>

export class Draws {
  readonly columns: Columns
  private readonly streams: Readonly<Record<Leg, readonly RandomStream[]>>
  private readonly ties: RandomStream
  private readonly levels = new Int32Array(BLOCK)

  constructor(replicas: number, seed: number) {
    const root = RandomStream.ofSeed(seed).fork('wars')
    const each = <T>(of: (leg: Leg, replica: number) => T): Record<Leg, T[]> => {
      const column = (leg: Leg): T[] => Array.from({ length: replicas }, (_, replica) => of(leg, replica))
      return { write: column('write'), ack: column('ack'), read: column('read'), reply: column('reply') }
    }
    this.columns = each(() => new Float64Array(BLOCK))
    this.streams = each((leg, replica) => root.fork(`${leg} ${replica}`))
    this.ties = root.fork('ties')
  }

  /** Draws the next block. */
  next(tables: TrialTables): void {
    for (const leg of LEGS) {
      this.columns[leg].forEach((column, replica) => {
        this.streams[leg][replica].fill(this.levels)
        tables[leg][replica].fill(this.levels, column)
      })
    }
    if (tables.breaksTies) for (const column of this.columns.reply) this.addFractions(column)
  }

  private addFractions(column: Float64Array): void {
    this.ties.fill(this.levels)
    for (let i = 0; i < BLOCK; i++) column[i] += (this.levels[i] >>> 0) / 0x100000000
  }
}

/** What a trial draws from, by replica. */
export interface TrialTables extends Readonly<Record<Leg, readonly QuantileTable[]>> {
  readonly breaksTies: boolean
}

export function tablesOf(replicas: readonly WarsLegs[], tableOf: (law: Law) => QuantileTable): TrialTables {
  return {
    write: replicas.map(({ write }) => tableOf(write)),
    ack: replicas.map(({ ack }) => tableOf(ack)),
    read: replicas.map(({ read }) => tableOf(read)),
    reply: replicas.map(({ reply }) => tableOf(reply)),
    breaksTies: differ(replicas) && replicas.some(({ read, reply }) => hasAtom(read) && hasAtom(reply)),
  }
}

function differ(replicas: readonly WarsLegs[]): boolean {
  return replicas.some((legs) => LEGS.some((leg) => legs[leg].text !== replicas[0][leg].text))
}

function hasAtom({ constant, knots }: Law): boolean {
  return constant !== undefined || knots.some(({ mass }) => mass > 0)
}
