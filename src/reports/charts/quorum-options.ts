/**
 * N, R and W of a variant, and what else sets it apart, as the spec of the results has them. The spec comes from outside and may hold anything; whatever
 * is not a variant with whole N, R and W is none. Of several results laid over each other the point is found by the axes that it states.
 */
import type { Summary } from '../../results/summary.js'

export interface QuorumOptions {
  readonly n: number
  readonly r: number
  readonly w: number
  /** All other options; equal text, equal options. */
  readonly others: ReadonlyMap<string, string>
}

/** Beyond it nobody reads a map, and nobody has that many copies. */
const MOST_COPIES = 64

export function quorumOptionsOf(
  spec: unknown,
  summary: Pick<Summary, 'label' | 'axes' | 'strategy'>,
): QuorumOptions | null {
  const points = listIn(spec, 'points')
  const isHere = (point: unknown): boolean =>
    Object.entries(mappingOf(propertyOf(point, 'axes'))).every(([path, value]) => isEqual(value, summary.axes[path]))
  const variants = listIn(points.find(isHere), 'variants')
  const variant = variants.find(
    (one) => propertyOf(one, 'label') === summary.label && propertyOf(one, 'name') === summary.strategy,
  )
  const { n, r, w, ...others } = mappingOf(propertyOf(variant, 'options'))
  if (!isCount(n) || !isCount(r) || !isCount(w)) return null
  return { n, r, w, others: new Map(Object.entries(others).map(([name, value]) => [name, textOf(value)])) }
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_COPIES

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

function mappingOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function propertyOf(value: unknown, name: string): unknown {
  return Object.hasOwn(mappingOf(value), name) ? mappingOf(value)[name] : undefined
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const found = propertyOf(value, name)
  return Array.isArray(found) ? found : []
}
