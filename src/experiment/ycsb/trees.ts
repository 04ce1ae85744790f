/** Trees for what a properties file stands for: every value, and the key before it, is placed where the property's value is. */
import type { Place } from '../file/source.js'
import type { Entry, Leaf, Mapping, Tree } from '../file/tree.js'

export const leaf = (value: string | number, place: Place): Leaf => ({ kind: 'leaf', value, place })

export function mapping(values: Readonly<Record<string, Tree>>, place: Place): Mapping {
  return { kind: 'mapping', entries: entriesOf(values), place }
}

export function entriesOf(values: Readonly<Record<string, Tree>>): ReadonlyMap<string, Entry> {
  return new Map(Object.entries(values).map(([key, value]) => [key, { key: value.place, value }]))
}

export const percentText = (ratio: number): string => `${shortNumber(100 * ratio)}%`

/** Without what arithmetic leaves behind the twelfth digit. */
export const shortNumber = (value: number): number => Number(value.toPrecision(12))
