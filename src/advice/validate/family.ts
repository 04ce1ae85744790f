/**
 * What a table of `quorate validate` is made of: families of rows, each in parts that run by themselves, on whatever thread, from a seed of their own. A
 * part is a function in the registry, so all that crosses threads is its place there, its size and its seed, and the
 * findings on the way back.
 */
import type { Finding } from './check.js'

export interface Size {
  /** The first in the short table, the second in the full one. */
  of(short: number, full: number): number
}

export const SHORT: Size = { of: (short) => short }
export const FULL: Size = { of: (_, full) => full }

export interface Part {
  /** Unique in its family: its dice hang on it. */
  readonly name: string
  /** Of a core, roughly, in the short table: longer ones begin first. */
  readonly seconds: number
  measure(seed: number, size: Size): readonly Finding[]
}

export interface Family {
  readonly name: string
  /** One line for the table and for help. */
  readonly summary: string
  readonly parts: readonly Part[]
}
