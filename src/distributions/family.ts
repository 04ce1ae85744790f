/**
 * What one entry of the registry of laws says about itself, so that the parser can read any law, check its arguments and write it
 * back without knowing it. There are three forms: a family with parameters, a law given by a list of values, and a
 * name that stands for a law's text.
 */
import type { Distribution, LawType } from './law.js'

export interface Parameter {
  readonly name: string
  /** A `quantity` has the unit of the law's type; a `number` (a shape, a sigma) has none. */
  readonly dimension: 'quantity' | 'number'
  /** `signed` is any value for a clock's offset, and at least 0 otherwise. */
  readonly range: 'positive' | 'non-negative' | 'signed'
  /** For what is an exact value and not a parameter of a curve: it is counted in whole units. */
  readonly whole?: boolean
  /** Of a `number`; a million unless said. */
  readonly largest?: number
  /** What it is where it is left out, which only the last ones may be. */
  readonly initial?: number
}

interface Entry {
  readonly name: string
  readonly summary: string
  /** How it is written: `lognormal(median sigma)`. */
  readonly signature: string
}

export interface ParametricLaw extends Entry {
  readonly form: 'parameters'
  readonly parameters: readonly Parameter[]
  create(...values: readonly number[]): Distribution
  /** A sentence that says why these values, each possible by itself, are not possible together. */
  check?(...values: readonly number[]): string | undefined
}

export interface ListedLaw extends Entry {
  readonly form: 'list'
  /** Whether the order means something; otherwise the values are put in rising order. */
  readonly inOrder: boolean
  /** What the value at a place of the list is. */
  element(place: number): Parameter
  /** The list in a file that stands for it; `fail` throws. */
  words(text: string, type: LawType, fail: (line: number, sentence: string) => never): readonly FileWord[]
  create(values: readonly number[]): Distribution
  check?(values: readonly number[]): string | undefined
}

/** A value of a list as it stands in a file. */
export interface FileWord {
  readonly word: string
  /** From 1. */
  readonly line: number
}

/** A published law of delays. */
export interface NamedLaw extends Entry {
  readonly form: 'name'
  readonly definition: string
}

export type LawFamily = ParametricLaw | ListedLaw | NamedLaw
