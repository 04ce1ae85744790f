/**
 * Gaps between timestamps as a short text, since a cell carries its recording through every result. Gaps are counted in ticks, the largest time
 * that divides them all (1 ms where the clock that wrote them had milliseconds), each in base 64, five bits to a character
 * from the lowest on, the sixth saying that more follow: the variable-length quantities of source maps, without a sign.
 */
import type { Nanos } from '../../core/ids.js'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const MORE = 32

export interface GapText {
  readonly tick: Nanos
  readonly gaps: string
}

/** `gaps` are whole and not negative. */
export function encodeGaps(gaps: readonly Nanos[]): GapText {
  const tick = Math.max(1, gaps.reduce(greatestCommonDivisor, 0))
  return { tick, gaps: gaps.map((gap) => digitsOf(gap / tick)).join('') }
}

export function decodeGaps({ tick, gaps }: GapText): readonly Nanos[] {
  const found: Nanos[] = []
  let value = 0
  let weight = 1
  for (const character of gaps) {
    const digit = DIGITS.indexOf(character)
    value += (digit % MORE) * weight
    weight *= MORE
    if (digit >= MORE) continue
    found.push(value * tick)
    value = 0
    weight = 1
  }
  return found
}

function digitsOf(ticks: number): string {
  let text = ''
  let rest = ticks
  for (; rest >= MORE; rest = Math.floor(rest / MORE)) text += DIGITS[MORE + (rest % MORE)]
  return text + DIGITS[rest]
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
