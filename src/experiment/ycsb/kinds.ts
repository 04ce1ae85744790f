/**
 * How YCSB reads the text of a property: by Java's rules, so `1e3` is no whole number, ` 0.5 ` is a number, and `TRUE` is true. One
 * departure: Java takes every other word for false, and a misspelt `ture` would switch a property off without a word, so it is refused.
 * Hexadecimal fractions, NaN and infinity are refused too.
 */
import { listed, suggestion } from '../file/section.js'

/** Integer.MAX_VALUE. */
export const MOST = 2 ** 31 - 1

export interface Kind<T> {
  /** What counts where the property is left out. */
  readonly initial: T
  /** `undefined` for what is not allowed. */
  parse(text: string): T | undefined
  /** What is allowed, to go behind `NAME is`; `text` is what was written instead. */
  wanted(text: string): string
}

export function whole(initial: number, least = 0): Kind<number> {
  return {
    initial,
    parse: (text) => within(/^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN, least, MOST),
    wanted: () => `a whole number from ${least} to ${MOST}, without blanks behind it`,
  }
}

export function decimal(initial: number, least: number, most: number): Kind<number> {
  return {
    initial,
    parse: (text) => {
      const digits = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fFdD]?\s*$/.exec(text)?.[1]
      return within(Number(digits ?? Number.NaN), least, most)
    },
    wanted: () => (most === Infinity ? `a number of at least ${least}` : `a number from ${least} to ${most}`),
  }
}

export function flag(initial: boolean): Kind<boolean> {
  return {
    initial,
    parse: (text) => (/^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined),
    wanted: () => 'true or false, without blanks behind it; YCSB takes anything but true for false',
  }
}

export function word<T extends string>(initial: T, allowed: readonly T[]): Kind<T> {
  return {
    initial,
    parse: (text) => allowed.find((one) => one === text),
    wanted: (text) => `${listed(allowed)}${suggestion(text, allowed)}`,
  }
}

export function text(initial: string): Kind<string> {
  return { initial, parse: (given) => given || undefined, wanted: () => 'text' }
}

function within(value: number, least: number, most: number): number | undefined {
  return value >= least && value <= most ? value : undefined
}
