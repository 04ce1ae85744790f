/**
 * `gates`: a list of gates, each checked word by word against the measures there are and the cells that the file makes, so that no gate
 * is about nothing. Complaints stand at the offending word inside the text.
 */
import type { Catalog } from '../../catalog.js'
import type { Axis } from '../axes.js'
import type { Cell } from '../cell.js'
import type { Problems } from '../file/problems.js'
import { suggestion } from '../file/section.js'
import { describe, isEmpty, type Leaf, type Tree } from '../file/tree.js'
import { parseBound } from './bound.js'
import { type Gate, type GateScope, isFor } from './gate.js'
import { type Condition, GateError, type GateText, parseGateText, type Word } from './gate-text.js'

/** What the words of gates may name. */
export interface Gated {
  readonly measures: Catalog['measures']
  readonly axes: readonly Axis[]
  /** A cell of every summary; null while the file is wrong, and then only what stands in the gates alone is checked. */
  readonly cells: readonly Cell[] | null
}

export const MOST_GATES = 1000
const MOST_NAMED = 20

export function readGates(list: Tree | undefined, gated: Gated, problems: Problems): readonly Gate[] {
  if (isEmpty(list)) return []
  const example = '["read.p99 < 50ms"]'
  if (list.kind !== 'list') {
    problems.add(list.place, `gates is a list, such as ${example}, not ${describe(list)}`)
    return []
  }
  if (list.items.length > MOST_GATES) problems.add(list.place, `There are at most ${MOST_GATES} gates`)
  const gates = list.items.slice(0, MOST_GATES).map((item) => {
    if (item.kind === 'leaf' && typeof item.value === 'string') return readGate(item, item.value, gated, problems)
    problems.add(item.place, `A gate is text in quotes, as in gates: ${example}, not ${describe(item)}`)
    return undefined
  })
  gates.forEach((gate, i) => {
    const isTwice = gate !== undefined && gates.findIndex((other) => other?.text === gate.text) < i
    if (isTwice) problems.add((list.items[i] as Tree).place, 'This gate is listed twice')
  })
  return gates.flatMap((gate) => gate ?? [])
}

function readGate(leaf: Leaf, text: string, gated: Gated, problems: Problems): Gate | undefined {
  try {
    return gateOf(parseGateText(text), text.trim(), gated)
  } catch (thrown) {
    if (!(thrown instanceof GateError)) throw thrown
    const start = leaf.textStart === undefined ? leaf.place.start : leaf.textStart + thrown.at
    problems.add({ ...leaf.place, start }, thrown.message)
    return undefined
  }
}

function gateOf({ measure, comparison, bound, where }: GateText, text: string, gated: Gated): Gate {
  const info = measureNamed(measure, gated.measures)
  const parsed = { text, measure: measure.text, comparison, bound: parseBound(bound, info) }
  if (gated.cells === null) return { ...parsed, where: { strategy: null, variant: null, axes: [] } }
  const gate = { ...parsed, where: scopeOf(where, gated.axes, gated.cells) }
  const cells = gated.cells.filter(({ id, strategy }) => isFor(gate, id, strategy.name))
  if (cells.length === 0) {
    throw new GateError('No cell of this file meets all of these conditions', (where[0] as Condition).key.at)
  }
  requireZone(measure, cells)
  return gate
}

function measureNamed({ text, at }: Word, measures: Catalog['measures']) {
  const [name = ''] = text.split('@')
  const found = measures.get(name)
  if (found !== undefined) return found
  const interval = /^(.*)\.(?:low|high)$/.exec(name)?.[1]
  if (interval !== undefined && measures.get(interval) !== undefined) {
    throw new GateError(`Gates on intervals are not in this version; compare ${interval} itself`, at)
  }
  const hint = suggestion(name, measures.names)
  throw new GateError(`There is no measure ${name}${hint}; \`list measures\` prints all`, at)
}

function requireZone({ text, at }: Word, cells: readonly Cell[]): void {
  const mark = text.indexOf('@')
  if (mark < 0) return
  const zones = new Set(cells.flatMap((cell) => cell.zones.map((zone) => zone.name)))
  choose('zone', { text: text.slice(mark + 1), at: at + mark + 1 }, [...zones])
}

function scopeOf(where: readonly Condition[], axes: readonly Axis[], cells: readonly Cell[]): GateScope {
  const scope = { strategy: null as string | null, variant: null as string | null, axes: [] as string[] }
  const used = new Set<string>()
  for (const { key, value } of where) {
    if (used.has(key.text))
      throw new GateError(`There are two conditions on ${key.text}, and no cell meets both`, key.at)
    used.add(key.text)
    if (key.text === 'strategy') scope.strategy = strategyNamed(value, cells)
    else if (key.text === 'variant') scope.variant = variantNamed(value, cells)
    else scope.axes.push(axisValueNamed(key, value, axes))
  }
  return scope
}

function strategyNamed(word: Word, cells: readonly Cell[]): string {
  return choose('strategy', word, [...new Set(cells.map((cell) => cell.strategy.name))])
}

/** By slug or by label. */
function variantNamed(word: Word, cells: readonly Cell[]): string {
  const labelled = cells.find(({ label }) => label === word.text)
  return labelled?.variant ?? choose('variant', word, [...new Set(cells.map((cell) => cell.variant))])
}

function axisValueNamed(key: Word, value: Word, axes: readonly Axis[]): string {
  const name = choose('key', key, ['strategy', 'variant', ...axes.map((axis) => axis.name)])
  const axis = axes.find((one) => one.name === name) as Axis
  const prefix = `${name}=`
  const slugs = axis.values.map(({ slug }) => slug.slice(prefix.length))
  return prefix + choose(`value of ${name}`, value, slugs)
}

function choose(what: string, { text, at }: Word, allowed: readonly string[]): string {
  if (allowed.includes(text)) return text
  const named = allowed.slice(0, MOST_NAMED).join(', ')
  const list = `${named}${allowed.length > MOST_NAMED ? ' …' : ''}`
  throw new GateError(`There is no ${what} ${text} here${suggestion(text, allowed)}; there is ${list}`, at)
}
