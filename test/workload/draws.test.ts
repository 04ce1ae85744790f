/**
 * What the workload asks for: shares by chi-square and binomial bounds, removes of recent elements, and above all that draws take the same numbers from
 * their stream whatever became of earlier operations, so that every strategy meets the same requests. The sequence is
 * pinned, so that nobody moves it unknowingly.
 */
import { describe, expect, it } from 'vitest'
import { NO_OPERATION } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import { compile } from '../../src/distributions/index.js'
import type { CellFields, CellReadBack, CellWorkload } from '../../src/experiment/cell.js'
import {
  ADD,
  DELETE,
  INCREMENT,
  INSERT,
  READ,
  READ_FOR_MODIFY,
  REMOVE,
  SCAN,
  UPDATE,
} from '../../src/history/operation-kinds.js'
import { type Draw, WorkloadDraws } from '../../src/workload/draws.js'
import { KeySpace } from '../../src/workload/key-space.js'
import { zipfian } from '../../src/workload/keys/zipfian.js'
import { AllRecords } from '../../src/workload/record-chooser.js'
import { Records } from '../../src/workload/records.js'
import { CRITICAL, chiSquareScore } from '../chi-square.js'

const DRAWS = 1 << 17
const RECORDS = 100
const MIX = { read: 0.5, update: 0.2, 'read-modify-write': 0.1, increment: 0.05, add: 0.1, remove: 0.05 }
const KINDS = [READ, UPDATE, READ_FOR_MODIFY, INCREMENT, ADD, REMOVE]

interface Setting {
  readonly fields?: CellFields
  readonly keysPerRecord?: number
  readonly operations?: Readonly<Record<string, number>>
  readonly readBack?: CellReadBack | null
  readonly zones?: readonly number[]
  readonly values?: string
  readonly records?: number
}

function drawsOf(setting: Setting = {}): WorkloadDraws {
  const { operations = MIX, readBack = null, zones = [0.5, 0.3, 0.2], values = '100B', records = RECORDS } = setting
  const workload: CellWorkload = {
    records,
    operations,
    keys: { name: 'zipfian', options: { theta: 0.99 }, locality: null, among: 'all' },
    fields: setting.fields ?? { count: 1, read: 'all', write: 'all' },
    values,
    scanLength: '10',
    arrivals: { kind: 'open', process: { name: 'poisson', options: { rate: 1000 } } },
    overload: null,
    readBack,
    count: null,
  }
  const existing = new Records(records)
  const chooser = new AllRecords(existing, zipfian.create(existing, { theta: 0.99 }))
  const tables = { sizes: compile(values, 'bytes'), scanLengths: compile('10', 'count') }
  const space = new KeySpace(records, operations, setting.keysPerRecord)
  return new WorkloadDraws(workload, space, chooser, tables, zones)
}

/** Copies of the first draws, for a draw is overwritten by the next. */
function drawn(draws: WorkloadDraws, random: RandomStream, count: number): Draw[] {
  return Array.from({ length: count }, () => ({ ...draws.next(0, random) }))
}

const countOf = <T>(list: readonly T[], value: T): number => list.filter((one) => one === value).length

describe('draws', () => {
  it('of seed 1 are those pinned here', () => {
    const draws = drawsOf({ readBack: { share: 0.5, after: 'exponential(1ms)' }, values: 'uniform(10B 1KB)' })
    const random = RandomStream.ofSeed(1)
    const list = drawn(draws, random, 8).map(({ kind, key, valueBytes, answerBytes, readBacks }) => [
      kind,
      key,
      kind === READ ? answerBytes : valueBytes,
      ...readBacks.flatMap(({ zone, quantile }) => [zone, quantile]),
    ])
    expect(list).toEqual([
      [READ, 2, 505],
      [ADD, 71, 24, 0, 1543237996],
      [UPDATE, 3, 927],
      [READ, 1, 505],
      [REMOVE, 17, 58, 1, 3067767784],
      [REMOVE, 5, 243],
      [READ, 13, 505],
      [READ, 21, 505],
    ])
    expect(random.next()).toBe(4282923018)
  })

  it('have the shares of kinds that the mix says', () => {
    const kinds = drawn(drawsOf(), RandomStream.ofSeed(2), DRAWS).map(({ kind }) => kind)
    const counts = KINDS.map((kind) => countOf(kinds, kind))
    expect(
      chiSquareScore(
        counts,
        Object.values(MIX).map((share) => share * DRAWS),
      ),
    ).toBeLessThan(CRITICAL)
  })

  it('never give a kind whose share is 0', () => {
    const draws = drawsOf({ operations: { read: 0.5, update: 0, increment: 0.5, add: 0 } })
    const kinds = drawn(draws, RandomStream.ofSeed(2), 10_000).map(({ kind }) => kind)
    expect([...new Set(kinds)].sort()).toEqual([READ, INCREMENT])
  })

  it('give every insert the next new record', () => {
    const list = drawn(drawsOf({ operations: { read: 0.5, insert: 0.5 } }), RandomStream.ofSeed(6), 1000)
    const inserted = list.filter(({ kind }) => kind === INSERT).map(({ key }) => key)
    expect(inserted).toEqual(inserted.map((_, i) => RECORDS + i))
  })

  it('tell a scan how many records to cover, and no other operation', () => {
    const list = drawn(drawsOf({ operations: { read: 0.5, scan: 0.5 } }), RandomStream.ofSeed(7), 100)
    for (const { kind, length, valueBytes } of list) {
      expect(length).toBe(kind === SCAN ? 10 : 0)
      expect(valueBytes).toBe(0)
    }
  })

  it('weigh what is written of a record and what is read of it', () => {
    const operations = { read: 0.2, update: 0.2, insert: 0.2, delete: 0.2, 'read-modify-write': 0.2 }
    const fields: CellFields = { count: 10, read: 'all', write: 'one' }
    const bytesOf = (changed: Partial<CellFields>) => {
      const list = drawn(drawsOf({ operations, fields: { ...fields, ...changed } }), RandomStream.ofSeed(8), 200)
      return Object.fromEntries(list.map(({ kind, valueBytes, answerBytes }) => [kind, [valueBytes, answerBytes]]))
    }
    const written = { [READ]: [0, 1000], [UPDATE]: [100, 1000], [INSERT]: [1000, 1000], [DELETE]: [0, 1000] }
    expect(bytesOf({})).toEqual({ ...written, [READ_FOR_MODIFY]: [100, 1000] })
    expect(bytesOf({ write: 'all' })).toMatchObject({ [UPDATE]: [1000, 1000] })
    expect(bytesOf({ read: 'one' })).toMatchObject({ [READ]: [0, 100] })
  })

  it('take fields evenly where they have keys, and the same requests where they have not', () => {
    const fields: CellFields = { count: 4, read: 'all', write: 'one' }
    const apart = drawn(drawsOf({ fields, keysPerRecord: 4, operations: { update: 1 } }), RandomStream.ofSeed(9), DRAWS)
    const whole = drawn(drawsOf({ fields, operations: { update: 1 } }), RandomStream.ofSeed(9), DRAWS)
    expect(apart.map(({ key }) => Math.floor(key / 4))).toEqual(whole.map(({ key }) => key))
    const counts = [0, 1, 2, 3].map((field) => apart.filter(({ key }) => key % 4 === field).length)
    expect(chiSquareScore(counts, new Float64Array(4).fill(DRAWS / 4))).toBeLessThan(CRITICAL)
  })

  it('have the shares of zones, and none where no client lives', () => {
    const draws = drawsOf({ zones: [0.5, 0, 0.3, 0.2, 0] })
    const random = RandomStream.ofSeed(3)
    const zones = Array.from({ length: DRAWS }, () => draws.zone(random))
    const counts = [0, 2, 3].map((zone) => countOf(zones, zone))
    const expected = [0.5, 0.3, 0.2].map((share) => share * DRAWS)
    expect(chiSquareScore(counts, expected)).toBeLessThan(CRITICAL)
    expect(counts.reduce((sum, count) => sum + count)).toBe(DRAWS)
  })

  it('begin a zone where the one before it ends', () => {
    const at = (share: number): RandomStream => Object.assign(RandomStream.ofSeed(1), { float: () => share })
    expect(
      [0, 0.5 - 2 ** -53, 0.5, 1 - 2 ** -53].map((share) => drawsOf({ zones: [0.5, 0.5] }).zone(at(share))),
    ).toEqual([0, 0, 1, 1])
    expect(drawsOf({ zones: [0, 1] }).zone(at(0))).toBe(1)
  })

  it('ask for keys of the type of their kind, and read types as they are written', () => {
    const list = drawn(drawsOf(), RandomStream.ofSeed(4), DRAWS)
    const typeOf = new Map([
      [UPDATE, 0],
      [READ_FOR_MODIFY, 0],
      [INCREMENT, 1],
      [ADD, 2],
      [REMOVE, 2],
    ])
    for (const { kind, key } of list) {
      expect(key).toBeLessThan(3 * RECORDS)
      if (kind !== READ) expect(key % 3).toBe(typeOf.get(kind))
    }
    const reads = list.filter(({ kind }) => kind === READ).map(({ key }) => key % 3)
    const expected = [0.6, 0.1, 0.3].map((share) => share * reads.length)
    const counts = [0, 1, 2].map((type) => countOf(reads, type))
    expect(chiSquareScore(counts, expected)).toBeLessThan(CRITICAL)
  })

  it('draw the size of what is written; a read has the mean of the law', () => {
    const list = drawn(drawsOf({ values: 'uniform(10B 1KB)' }), RandomStream.ofSeed(5), 20_000)
    const written = list.filter(({ kind }) => kind !== READ).map(({ valueBytes }) => valueBytes)
    for (const { kind, answerBytes } of list) if (kind === READ) expect(answerBytes).toBe(505)
    const mean = written.reduce((sum, bytes) => sum + bytes, 0) / written.length
    // The standard deviation of a uniform law is its width / √12; 5 standard errors.
    expect(Math.abs(mean - 505)).toBeLessThan((5 * 990) / Math.sqrt(12 * written.length))
    expect(Math.min(...written)).toBeGreaterThanOrEqual(10)
    expect(Math.max(...written)).toBeLessThanOrEqual(1000)
  })
})

describe('a remove', () => {
  const removes = { operations: { remove: 1 }, records: 1 }

  it('takes each recently added element of its key once, and nothing where there is none', () => {
    const draws = drawsOf(removes)
    const random = RandomStream.ofSeed(6)
    for (const element of [10, 11, 12]) draws.onAdd(0, element)
    const elements = drawn(draws, random, 5).map(({ element }) => element)
    expect(elements.slice(0, 3).sort()).toEqual([10, 11, 12])
    expect(elements.slice(3)).toEqual([NO_OPERATION, NO_OPERATION])
  })

  it('knows the last sixteen', () => {
    const draws = drawsOf(removes)
    for (let element = 0; element < 20; element++) draws.onAdd(0, element)
    const elements = drawn(draws, RandomStream.ofSeed(7), 17).map(({ element }) => element)
    expect(elements.slice(0, 16).sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i + 4))
    expect(elements[16]).toBe(NO_OPERATION)
  })

  it('takes any of them equally often', () => {
    const random = RandomStream.ofSeed(8)
    const counts = new Float64Array(16)
    for (let i = 0; i < 8000; i++) {
      const draws = drawsOf(removes)
      for (let element = 0; element < 16; element++) draws.onAdd(0, element)
      const { element } = draws.next(0, random)
      counts[element] = (counts[element] as number) + 1
    }
    expect(chiSquareScore(counts, new Float64Array(16).fill(500))).toBeLessThan(CRITICAL)
  })

  it('takes none of another key', () => {
    const draws = drawsOf(removes)
    draws.onAdd(1, 10)
    expect(draws.next(0, RandomStream.ofSeed(9)).element).toBe(NO_OPERATION)
  })
})

describe('read-backs', () => {
  it('are drawn for the share of writes, one for a law and each of several delays', () => {
    const after = [0, 1_000_000, 5_000_000]
    const list = drawn(drawsOf({ readBack: { share: 0.25, after } }), RandomStream.ofSeed(10), DRAWS)
    const writes = list.filter(({ kind }) => kind !== READ)
    const readBack = writes.filter(({ readBacks }) => readBacks.length > 0)
    // Binomial: 5 standard errors.
    const n = writes.length
    expect(Math.abs(readBack.length - n / 4)).toBeLessThan(5 * Math.sqrt((n * 3) / 16))
    for (const { readBacks } of readBack) expect(readBacks.length).toBe(3)
    for (const { kind, readBacks } of list) if (kind === READ) expect(readBacks).toEqual([])
    const zones = readBack.flatMap(({ readBacks }) => readBacks.map(({ zone }) => zone))
    const counts = [0, 1, 2].map((zone) => countOf(zones, zone))
    const expected = [0.5, 0.3, 0.2].map((share) => share * zones.length)
    expect(chiSquareScore(counts, expected)).toBeLessThan(CRITICAL)
    const quantiles = readBack.flatMap(({ readBacks }) => readBacks.map(({ quantile }) => quantile >>> 26))
    const bins = Array.from({ length: 64 }, (_, bin) => countOf(quantiles, bin))
    expect(chiSquareScore(bins, new Float64Array(64).fill(quantiles.length / 64))).toBeLessThan(CRITICAL)
  })

  it('are one where a law says when', () => {
    const draws = drawsOf({ readBack: { share: 1, after: 'exponential(1ms)' } })
    const list = drawn(draws, RandomStream.ofSeed(10), 1000)
    for (const { kind, readBacks } of list) expect(readBacks.length).toBe(kind === READ ? 0 : 1)
  })
})

describe('the stream', () => {
  const requests = (draws: WorkloadDraws, onDraw: (draw: Draw, i: number) => void, random: RandomStream): unknown[] =>
    Array.from({ length: 2000 }, (_, i) => {
      const zone = draws.zone(random)
      const draw = { ...draws.next(0, random) }
      onDraw(draw, i)
      return [zone, draw.kind, draw.key, draw.valueBytes, draw.readBacks]
    })

  it('is used alike whether elements were added early, late or never', () => {
    const setting = { readBack: { share: 0.5, after: [0, 1] }, values: 'uniform(10B 1KB)', records: 3 }
    const run = (onDraw: (draws: WorkloadDraws, draw: Draw, i: number) => void): unknown => {
      const draws = drawsOf(setting)
      const random = RandomStream.ofSeed(12)
      return [requests(draws, (draw, i) => onDraw(draws, draw, i), random), random.next()]
    }
    const never = run(() => {})
    const added = run((draws, { kind, key }, i) => {
      if (kind === ADD) draws.onAdd(key, i)
    })
    const always = run((draws, { key }, i) => draws.onAdd(key, 7 * i))
    expect(added).toEqual(never)
    expect(always).toEqual(never)
  })

  it('is used alike whether or not the dice say that a write is read back', () => {
    const [seldom, often] = [0, 1].map((share) => {
      const random = RandomStream.ofSeed(13)
      return drawn(drawsOf({ readBack: { share, after: [0, 1] } }), random, 500).map(({ kind, key }) => [kind, key])
    })
    expect(seldom).toEqual(often)
  })
})
