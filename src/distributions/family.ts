/**
 * What one entry of the registry of laws says about itself, so that the parser can read any law, check its arguments and write it
 * back without knowing it. There are three forms: a family with parameters, a law given by a list of values, and a
 * name that stands for a law's text.
 */
import type { Distribution } from './law.js'

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
  readonly element: Parameter
  create(values: readonly number[]): Distribution
}

/** A published law of delays. */
export interface NamedLaw extends Entry {
  readonly form: 'name'
  readonly definition: string
}

export type LawFamily = ParametricLaw | ListedLaw | NamedLaw
