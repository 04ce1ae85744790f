/**
 * How keys are numbered. Every key has one type; each type that the mix writes has `records` keys of its own, interleaved in the order
 * register, counter, set. A read picks the type in proportion to the mix's writes of each type (registers, if there are none). Where
 * every field of a record has versions of its own, each is a key, and the keys of a record follow each other.
 */
import type { Key } from '../core/ids.js'
import { type KeyType, keyTypeOf, type OperationName } from '../history/operation-kinds.js'

const QUERIES: readonly string[] = ['read', 'scan']
const TYPES: readonly KeyType[] = ['register', 'counter', 'set']

export class KeySpace {
  private readonly types: readonly KeyType[]
  private readonly bounds: readonly number[]

  constructor(
    readonly records: number,
    operations: Readonly<Record<string, number>>,
    readonly keysPerRecord = 1,
  ) {
    const writes = Object.entries(operations).filter(([name, share]) => !QUERIES.includes(name) && share > 0)
    const share = (type: KeyType): number =>
      writes.filter(([name]) => keyTypeOf(name as OperationName) === type).reduce((sum, [, part]) => sum + part, 0)
    const written = TYPES.filter((type) => share(type) > 0)
    this.types = written.length > 0 ? written : ['register']
    const total = writes.reduce((sum, [, part]) => sum + part, 0)
    let sum = 0
    this.bounds = this.types.map((type) => (sum += total > 0 ? share(type) / total : 1))
  }

  /** Keys that exist at the start. */
  get total(): number {
    return this.records * this.types.length * this.keysPerRecord
  }

  /** Types are interleaved, so that a type may grow beyond its records (`fresh` keys, inserts). */
  keyAt(type: KeyType, record: number, field = 0): Key {
    return (record * this.types.length + this.types.indexOf(type)) * this.keysPerRecord + field
  }

  /** The type that a read asks for, at a quantile in [0, 1). */
  readTypeAt(quantile: number): KeyType {
    const place = this.bounds.findIndex((bound) => quantile < bound)
    return this.types[place < 0 ? this.types.length - 1 : place] as KeyType
  }
}
