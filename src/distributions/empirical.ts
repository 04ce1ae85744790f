/**
 * A law measured elsewhere: its quantile function runs through the values in order, the smallest at 0 and the largest at 1, in
 * straight lines (type 7 of Hyndman and Fan 1996, the default of R and NumPy). Nothing is drawn beyond what was
 * measured: a sample of n values knows nothing of the tail beyond 1 / n, and no shape is fitted to it. Equal values are an atom.
 */
import { constant } from './constant.js'
import type { FileWord, ListedLaw, Parameter } from './family.js'
import type { Distribution, Knot } from './law.js'
import { firstIndex } from './search.js'

const VALUE: Parameter = { name: 'value', dimension: 'quantity', range: 'signed', whole: true }

/** The law through `values`, which are in rising order. */
function empirical(values: readonly number[]): Distribution {
  const last = values.length - 1
  if (values[0] === values[last]) return constant(values[0])
  const rankOf = (x: number) => rank(values, x)
  const total = values.reduce((sum, value) => sum + value, 0)
  return {
    quantile: (u, tail) => (u < 0.5 ? at(values, last * u, 0, 1) : at(values, last * tail, last, -1)),
    cdf: (x) => rankOf(x) / last,
    survival: (x) => (last - rankOf(x)) / last,
    mean: (total - (values[0] + values[last]) / 2) / last,
    constant: undefined,
    knots: knotsOf(values),
  }
}

/** The value `distance` places from the one at `from`, counted in the direction of `step`. */
function at(values: readonly number[], distance: number, from: number, step: number): number {
  const whole = Math.floor(distance)
  const near = values[from + step * whole]
  const fraction = distance - whole
  return fraction === 0 ? near : near + (values[from + step * (whole + 1)] - near) * fraction
}

/** The largest place, not necessarily whole, at which the value is at most `x`. */
function rank(values: readonly number[], x: number): number {
  const above = firstIndex(values.length, (i) => values[i] > x)
  if (above === 0 || above === values.length) return Math.max(0, above - 1)
  const below = values[above - 1]
  return above - 1 + (x - below) / (values[above] - below)
}

function knotsOf(values: readonly number[]): Knot[] {
  const knots: { value: number; mass: number }[] = []
  for (const value of values) {
    const latest = knots.at(-1)
    if (latest?.value === value) latest.mass += 1 / (values.length - 1)
    else knots.push({ value, mass: 0 })
  }
  return knots
}

/** One value with its unit on each line; blank lines and lines that begin with `#` are skipped. */
function words(text: string): readonly FileWord[] {
  const lines = text.split('\n').map((line, i) => ({ word: line.trim(), line: i + 1 }))
  return lines.filter(({ word }) => word !== '' && !word.startsWith('#'))
}

export const empiricalLaw: ListedLaw = {
  form: 'list',
  name: 'empirical',
  summary: 'through measured values: a list, or a file with one value a line',
  signature: 'empirical(FILE)',
  inOrder: false,
  element: () => VALUE,
  words,
  create: empirical,
}
