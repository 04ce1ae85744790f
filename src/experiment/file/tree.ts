/**
 * A workload file as a tree in which every value and every key knows where it was written. Trees are never changed: what an axis or a
 * setting replaces makes a new tree that shares the rest. Numbers may be NaN or infinite; whoever reads them says no.
 */
import type { Place } from './source.js'

export type Tree = Leaf | List | Mapping

export interface Leaf {
  readonly kind: 'leaf'
  readonly value: string | number | boolean | null
  readonly place: Place
  /** Where the first character of the value stands, if it stands there letter by letter. */
  readonly textStart?: number
}

export interface List {
  readonly kind: 'list'
  readonly items: readonly Tree[]
  readonly place: Place
}

export interface Mapping {
  readonly kind: 'mapping'
  readonly entries: ReadonlyMap<string, Entry>
  readonly place: Place
}

export interface Entry {
  /** Of the key. */
  readonly key: Place
  readonly value: Tree
}

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }

/** A value without its places. */
export function plainOf(tree: Tree): Plain {
  if (tree.kind === 'leaf') return tree.value
  if (tree.kind === 'list') return tree.items.map(plainOf)
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, plainOf(value)]))
}

export const isEmpty = (tree: Tree | undefined): tree is undefined | (Leaf & { readonly value: null }) =>
  tree === undefined || (tree.kind === 'leaf' && tree.value === null)

const LONGEST_SHOWN = 60

/** A value as a message shows it: text in quotes, so that `"3"` is not taken for 3. */
export function describe(tree: Tree): string {
  if (tree.kind === 'list') return tree.items.length === 0 ? 'an empty list' : 'a list'
  if (tree.kind === 'mapping') return 'a mapping'
  if (tree.value === null) return 'empty'
  return typeof tree.value === 'string' ? quote(tree.value) : String(tree.value)
}

function quote(text: string): string {
  return JSON.stringify(shortened(text))
}

export function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}
