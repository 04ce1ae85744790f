/**
 * Options with a list where none belongs stand for several variants, one for each combination; the last list varies fastest. Lists may stand
 * inside of options that are mappings, and in the entries of other lists.
 */
import { isInside, type Place } from '../file/source.js'
import type { List, Tree } from '../file/tree.js'
import { isList, type OptionSchema, partOf } from './option-schema.js'
import { type Given, givenIn } from './options.js'

type Schema = OptionSchema | undefined

/** All ways to take one value of each list. */
export function variationsOf(given: Given, schema: Schema): readonly Given[] {
  let ways: readonly Given[] = [new Map()]
  for (const [name, tree] of given) {
    const values = valuesOf(tree, partOf(schema, name))
    ways = ways.flatMap((way) => values.map((value) => new Map([...way, [name, value]])))
  }
  return ways
}

function valuesOf(tree: Tree, schema: Schema): readonly Tree[] {
  if (isVarying(tree, schema)) return tree.items.flatMap((item) => valuesOf(item, schema))
  if (tree.kind !== 'mapping') return [tree]
  return variationsOf(givenIn(tree), schema).map((way) => {
    const entries = [...tree.entries].map(
      ([name, entry]) => [name, { ...entry, value: way.get(name) ?? entry.value }] as const,
    )
    return { ...tree, entries: new Map(entries) }
  })
}

/** How many values each option has of which there is more than one. */
export function variationCounts(given: Given, schema: Schema): readonly number[] {
  return [...given].map(([name, tree]) => countOf(tree, partOf(schema, name))).filter((count) => count > 1)
}

function countOf(tree: Tree, schema: Schema): number {
  if (isVarying(tree, schema)) return tree.items.reduce((sum, item) => sum + countOf(item, schema), 0)
  if (tree.kind !== 'mapping') return 1
  return [...givenIn(tree)].reduce((product, [name, inner]) => product * countOf(inner, partOf(schema, name)), 1)
}

/** What varies, as paths (`r`, `hints.window`): lists, values of axes, all that stands in either, and what either stands in. */
export function variedPaths(given: Given, schema: Schema, axes: readonly Place[]): ReadonlySet<string> {
  const paths = new Set<string>()
  const add = (path: readonly string[]): void => {
    for (let end = 1; end <= path.length; end++) paths.add(path.slice(0, end).join('.'))
  }
  const walk = (tree: Tree, part: Schema, path: readonly string[], varies: boolean): void => {
    const isList = isVarying(tree, part)
    const here = varies || isList || axes.some((axis) => isInside(tree.place, axis))
    if (here) add(path)
    if (isList) for (const item of tree.items) walk(item, part, path, here)
    if (tree.kind === 'mapping')
      for (const [name, inner] of givenIn(tree)) walk(inner, partOf(part, name), [...path, name], here)
  }
  for (const [name, tree] of given) walk(tree, partOf(schema, name), [name], false)
  return paths
}

/** The lists that name no value. */
export function emptyLists(given: Given, schema: Schema): readonly { readonly name: string; readonly list: List }[] {
  const found: { name: string; list: List }[] = []
  const walk = (tree: Tree, part: Schema, name: string): void => {
    if (isVarying(tree, part)) {
      if (tree.items.length === 0) found.push({ name, list: tree })
      for (const item of tree.items) walk(item, part, name)
    } else if (tree.kind === 'mapping')
      for (const [key, inner] of givenIn(tree)) walk(inner, partOf(part, key), `${name}.${key}`)
  }
  for (const [name, tree] of given) walk(tree, partOf(schema, name), name)
  return found
}

function isVarying(tree: Tree, schema: Schema): tree is List {
  return tree.kind === 'list' && !isList(schema)
}
