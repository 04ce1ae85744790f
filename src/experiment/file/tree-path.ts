/**
 * Paths such as `strategies.0.quorum.r` into a workload file, as axes and `--set` use them: keys joined by dots, entries of lists by their
 * index from 0. What the file leaves out is made on the way, so that defaults can be varied too; a key that the file
 * cannot have is noticed by whoever reads the tree; beside `preset` stand options. Short forms are spelled out: `lww` is `{ lww: {} }`, a link's law `{ delay: LAW }`.
 */
import { didYouMean } from '../../core/did-you-mean.js'
import type { Place } from './source.js'
import { describe, type Entry, isEmpty, type List, type Mapping, type Tree } from './tree.js'

export type Path = readonly string[]

/** The path cannot be followed; the message is a sentence. */
export class PathError extends Error {
  override readonly name = 'PathError'
}

/** Below `axes` the rest is one key, itself a path. Throws `PathError` if a part is empty. */
export function parsePath(text: string): Path {
  const path = text.startsWith('axes.') ? ['axes', text.slice('axes.'.length)] : text.split('.')
  if (path.every((part) => part.trim() !== '')) return path
  throw new PathError('A path is keys joined by dots, such as workload.records or strategies.0.quorum.r')
}

export function startsWith(path: Path, beginning: Path): boolean {
  return beginning.every((part, i) => path[i] === part)
}

/** A tree like `tree` with `value` at `path`; `key` is the place of the path. Throws `PathError`. */
export function withValue(tree: Tree, path: Path, value: Tree, key: Place): Tree {
  return replaced(tree, path, 0, value, key)
}

function replaced(tree: Tree | undefined, path: Path, depth: number, value: Tree, key: Place): Tree {
  const part = path[depth]
  if (part === undefined) return value
  if (tree?.kind === 'list') return withItem(tree, part, path, depth, value, key)
  const mapping = asMapping(tree, path, depth, key)
  const entry = mapping.entries.get(part)
  const isLast = depth === path.length - 1
  const changed = replaced(entry?.value, path, depth + 1, value, key)
  const entries = new Map(mapping.entries)
  entries.set(part, { key: entry === undefined || isLast ? key : entry.key, value: changed })
  return { ...mapping, entries }
}

function withItem(list: List, part: string, path: Path, depth: number, value: Tree, key: Place): List {
  const index = /^\d+$/.test(part) ? Number(part) : Number.NaN
  const { length } = list.items
  if (!(index < length)) {
    const range = length === 0 ? 'is an empty list' : `is a list with the entries 0 to ${length - 1}`
    throw new PathError(`${nameOf(path, depth)} ${range}, and has no ${part}`)
  }
  const changed = replaced(list.items[index], path, depth + 1, value, key)
  return { ...list, items: list.items.with(index, changed) }
}

/** What stands at the first `depth` parts of the path, as a mapping that `path[depth]` can be a key of. */
function asMapping(tree: Tree | undefined, path: Path, depth: number, key: Place): Mapping {
  const part = path[depth] as string
  if (isEmpty(tree)) {
    if (!/^\d+$/.test(part) || tree !== undefined) return mappingOf([], tree?.place ?? key)
    throw new PathError(`${nameOf(path, depth)} is not in the file, so it has no entry ${part}`)
  }
  const isEntry = depth === 2 && ['strategies', 'faults'].includes(path[0] as string)
  if (tree.kind === 'mapping') {
    const isPreset = tree.entries.has('preset')
    if (isEntry && !isPreset && !tree.entries.has(part))
      throw wrongName([...tree.entries.keys()].join(', '), path, depth)
    return tree
  }
  if (isEntry && tree.kind === 'leaf') {
    if (tree.value === part) return mappingOf([], tree.place)
    throw wrongName(String(tree.value), path, depth)
  }
  const isLink = depth === 3 && startsWith(path, ['topology', 'links'])
  if (isLink && tree.kind === 'leaf') return mappingOf([['delay', { key: tree.place, value: tree }]], tree.place)
  throw new PathError(`${nameOf(path, depth)} is ${describe(tree)} and has no part ${part}`)
}

function wrongName(name: string, path: Path, depth: number): PathError {
  const part = path[depth] as string
  const hint = didYouMean(part, [name]) === undefined ? '' : ` (did you mean ${name}?)`
  return new PathError(`${nameOf(path, depth)} is ${name}, not ${part}${hint}`)
}

function mappingOf(entries: readonly (readonly [string, Entry])[], place: Place): Mapping {
  return { kind: 'mapping', entries: new Map(entries), place }
}

const nameOf = (path: Path, depth: number): string => (depth === 0 ? 'the file' : path.slice(0, depth).join('.'))
