/**
 * Dice are keyed by small consecutive integers, so this is where a weak hash would show: rolls are uniform, rolls of one operation are
 * independent of each other however little their words differ, and so are those of consecutive operations, of other concerns
 * and of other seeds. Names are tried raw and as the load gives them. Seeds are fixed; with fresh ones the file would fail
 * about once in 3,000 runs (chi-square.ts; some 1,000 scores).
 */
import { describe, expect, it } from 'vitest'
import { type Dice, mix32, RandomStream } from '../../src/core/random.js'
import { LEG_READ, LEG_READ_REPLY, LEG_WRITE, LEG_WRITE_ACK } from '../../src/replication/replica.js'
import { CRITICAL, uniformityScore } from '../chi-square.js'

const ROLLS = 1 << 16

type Name = (operation: number) => number

/** What is taken for an operation's name: a count, an arrival, a client's turn, the write after a read, a read-back. */
const NAMES: readonly [string, Name][] = [
  ['consecutive numbers', (i) => i],
  ['arrivals', (i) => mix32(i)],
  ['turns of 100 clients', (i) => mix32(Math.imul((i % 100) + 1, 0x9e3779b1) + Math.floor(i / 100))],
  ['modifications', (i) => mix32(mix32(i) ^ 0x4d)],
  ['read-backs', (i) => mix32(mix32(i) + 0x27d4eb2f)],
]

/** Pair of processes, leg and attempt, as the network puts them into one word. */
const word = (pair: number, leg: number, attempt: number): number => (pair << 11) | (leg << 8) | attempt

/** Messages of one operation: four legs, another replica, another attempt, and pairs of a cluster of a thousand nodes. */
const WORDS = {
  W: word(7, LEG_WRITE, 0),
  A: word(12, LEG_WRITE_ACK, 0),
  R: word(7, LEG_READ, 0),
  S: word(12, LEG_READ_REPLY, 0),
  'W to the next replica': word(8, LEG_WRITE, 0),
  'W once more': word(7, LEG_WRITE, 1),
  'W 512 pairs on': word(7 + 512, LEG_WRITE, 0),
  'W 2^20 pairs on': word(7 + (1 << 20), LEG_WRITE, 0),
} as const

const diceOf = (seed: number, concern = 'delay'): Dice => RandomStream.ofSeed(seed).dice(concern)

/** How far two sequences of 32 bits are from independent: jointly in their high and in their low bits, by difference, by product. */
function expectIndependent(one: Name, other: Name): void {
  const a = Int32Array.from({ length: ROLLS }, (_, i) => one(i))
  const b = Int32Array.from({ length: ROLLS }, (_, i) => other(i))
  const high = (i: number): number => (((a[i] as number) >>> 27) << 5) | ((b[i] as number) >>> 27)
  const low = (i: number): number => (((a[i] as number) & 31) << 5) | ((b[i] as number) & 31)
  const difference = (i: number): number => ((a[i] as number) - (b[i] as number)) >>> 22
  for (const binOf of [high, low, difference]) expect(uniformityScore(ROLLS, 1024, binOf)).toBeLessThan(CRITICAL)
  let product = 0
  for (let i = 0; i < ROLLS; i++) product += (a[i] as number) * (b[i] as number)
  // The product of two independent uniforms in ±2^31 has mean 0 and standard deviation 2^62 / 3.
  expect(Math.abs(product / (2 ** 62 / 3) / Math.sqrt(ROLLS))).toBeLessThan(CRITICAL)
}

describe('dice', () => {
  it('give the rolls that are pinned here', () => {
    const dice = diceOf(1)
    expect([dice.roll(0, 0), dice.roll(1, 0), dice.roll(0, 1)]).toEqual([-1101135749, 717538909, -1320572120])
    expect([diceOf(2).roll(0, 0), diceOf(1, 'loss').roll(0, 0)]).toEqual([-24642592, -315667256])
  })

  it('give the same whenever they are asked, 32 bits with sign, and take words modulo 2^32', () => {
    const dice = diceOf(1)
    const first = dice.roll(0xffffffff, word(7, LEG_WRITE_ACK, 1))
    for (let i = 0; i < 100; i++) dice.roll(i, i)
    expect(dice.roll(-1, word(7, LEG_WRITE_ACK, 1))).toBe(first)
    expect(dice.roll(2 ** 33 - 1, 2 ** 32 + word(7, LEG_WRITE_ACK, 1))).toBe(first)
    for (let i = 0; i < 100; i++) expect(dice.roll(i, i) | 0).toBe(dice.roll(i, i))
  })

  it('never give two operations the same roll for the same message', () => {
    const rolls = Float64Array.from({ length: ROLLS }, (_, i) => diceOf(1).roll(i, WORDS.W))
    expect(new Set(rolls).size).toBe(ROLLS)
  })
})

describe.each(NAMES)('rolls named by %s', (_, name) => {
  it.each(Object.entries(WORDS))('are uniform for %s', (_, second) => {
    const dice = diceOf(3)
    for (const shift of [24, 12, 0]) {
      const binOf = (i: number): number => (dice.roll(name(i), second) >>> shift) & 255
      expect(uniformityScore(ROLLS, 256, binOf)).toBeLessThan(CRITICAL)
    }
  })

  it('are independent among the messages of one operation', () => {
    const dice = diceOf(4)
    const words = Object.values(WORDS)
    words.forEach((one, i) => {
      for (const other of words.slice(i + 1)) {
        expectIndependent(
          (operation) => dice.roll(name(operation), one),
          (operation) => dice.roll(name(operation), other),
        )
      }
    })
  })

  it.each([1, 2, 3, 5, 100])('are independent of those of the operation %d further on', (lag) => {
    const dice = diceOf(5)
    const second = WORDS.A
    const pairs = (i: number): number => i + lag * Math.floor(i / lag)
    expectIndependent(
      (i) => dice.roll(name(pairs(i)), second),
      (i) => dice.roll(name(pairs(i) + lag), second),
    )
  })

  it('are independent of those of other concerns and of the next seed', () => {
    const delay = diceOf(6)
    for (const other of [diceOf(6, 'loss'), diceOf(6, 'service'), diceOf(7)]) {
      expectIndependent(
        (i) => delay.roll(name(i), WORDS.W),
        (i) => other.roll(name(i), WORDS.W),
      )
    }
  })
})

describe.each(Array.from({ length: 32 }, (_, bit) => bit))('words that differ in bit %d alone', (bit) => {
  const dice = diceOf(8)

  it('give independent rolls as second word', () => {
    expectIndependent(
      (i) => dice.roll(i, WORDS.W),
      (i) => dice.roll(i, WORDS.W ^ (1 << bit)),
    )
  })

  it('give independent rolls as first word', () => {
    const withoutBit = (i: number): number => mix32(i) & ~(1 << bit)
    expectIndependent(
      (i) => dice.roll(withoutBit(i), WORDS.W),
      (i) => dice.roll(withoutBit(i) | (1 << bit), WORDS.W),
    )
  })
})

it.each([1, 1 << 8, 1 << 11])('second words in steps of %d give independent rolls', (step) => {
  const dice = diceOf(9)
  expectIndependent(
    (i) => dice.roll(mix32(5), Math.imul(2 * i, step)),
    (i) => dice.roll(mix32(5), Math.imul(2 * i + 1, step)),
  )
})
