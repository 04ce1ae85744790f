/**
 * What variants and points of the axes are called in the ids of cells: short, unique, and safe as an argument of a command line. An axis is
 * called by the shortest ending of its path that no other axis shares, a value by a slug of itself.
 */
import { shortestEnding } from '../core/paths.js'
import type { Plain } from './file/tree.js'

const LONGEST_SLUG = 60

/** By path. */
export function axisNames(paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map(paths.map((path) => [path, slug(shortestEnding(path, paths))]))
}

/** A slug for each value, different values having different slugs. */
export function slugs(values: readonly Plain[]): readonly string[] {
  const used = new Set<string>()
  return values.map((value) => {
    const short = slug(textOf(value))
    let unique = short
    for (let number = 2; used.has(unique); number++) unique = `${short}-${number}`
    used.add(unique)
    return unique
  })
}

function slug(text: string): string {
  const safe = text.replace(/[^\w.=%+-]+/g, '_').replace(/^_|_$/g, '')
  return safe.slice(0, LONGEST_SLUG) || '_'
}

/** `{read: 50%, update: 50%}` is `read=50% update=50%`. */
function textOf(value: Plain): string {
  if (Array.isArray(value)) return value.map(textOf).join(' ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, part]) => `${key}=${textOf(part)}`)
    .join(' ')
}
