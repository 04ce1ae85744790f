/**
 * A law under construction: its mathematics and its canonical text side by side, and the two ways of putting terms together. Canonical
 * means: constants of a sum are added up and stand first, terms of weight zero are gone, and what remains parses to itself.
 */
import { constant } from './constant.js'
import { type Distribution, LARGEST_VALUE, type LawType } from './law.js'
import { LawError } from './law-error.js'
import { mixture } from './mixture.js'
import { formatQuantity } from './quantity.js'
import { shifted } from './sum.js'

export interface Draft {
  readonly distribution: Distribution
  readonly text: string
  /** A sum or a mixture: it needs parentheses to be a term. */
  readonly compound: boolean
}

export interface Term extends Draft {
  readonly offset: number
  readonly percent: number | undefined
}

export function combined(terms: readonly Term[], type: LawType): Draft {
  const weighted = terms[0].percent !== undefined
  const odd = terms.find((term) => (term.percent !== undefined) !== weighted)
  if (odd !== undefined) {
    throw new LawError('Either every term has a percentage (a mixture) or none has (a sum).', odd.offset)
  }
  return weighted ? mixtureOf(terms) : sumOf(terms, type)
}

function sumOf(terms: readonly Term[], type: LawType): Draft {
  const [random, another] = terms.filter((term) => term.distribution.constant === undefined)
  if (another !== undefined) {
    const both = `${random.text} and ${another.text}`
    throw new LawError(
      `A sum may have one random term, not ${both}; a mixture gives each a percentage.`,
      another.offset,
    )
  }
  const shift = terms.reduce((sum, term) => sum + (term.distribution.constant ?? 0), 0)
  if (Math.abs(shift) > LARGEST_VALUE) {
    throw new LawError(
      `The constants of a sum come to at most ${formatQuantity(LARGEST_VALUE, type)}, and these to ${formatQuantity(shift, type)}.`,
      terms[0].offset,
    )
  }
  const shiftText = formatQuantity(shift, type)
  if (random === undefined) return { distribution: constant(shift), text: shiftText, compound: false }
  if (shift === 0) return random
  return {
    distribution: shifted(random.distribution, shift),
    text: `${shiftText} + ${asTerm(random)}`,
    compound: true,
  }
}

function mixtureOf(terms: readonly Term[]): Draft {
  const total = terms.reduce((sum, term) => sum + (term.percent as number), 0)
  if (Math.abs(total - 100) > 1e-6) {
    const found = Number(total.toPrecision(9))
    const sum = terms.length > 1 ? `${terms.map(({ percent }) => `${percent}%`).join(' + ')} = ${found}%` : `${found}%`
    throw new LawError(`The percentages must sum to 100%, and these sum to ${sum}.`, terms[0].offset)
  }
  const present = terms.filter((term) => term.percent !== 0)
  if (present.length === 1) return present[0]
  const parts = present.map((term) => ({ weight: (term.percent as number) / total, of: term.distribution }))
  const text = present.map((term) => `${term.percent}% ${asTerm(term)}`).join(' + ')
  return { distribution: mixture(parts), text, compound: true }
}

function asTerm(draft: Draft): string {
  return draft.compound ? `(${draft.text})` : draft.text
}
