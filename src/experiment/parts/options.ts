/** One plug-in's options at one point, checked by its schema and against the world; complaints say what the option takes. */
import type { z } from 'zod'
import type { Plugin } from '../../core/plugin.js'
import type { Problems } from '../file/problems.js'
import type { Place } from '../file/source.js'
import { describe, plainOf, type Tree } from '../file/tree.js'
import { describeOption, requiredOptions } from './option-text.js'

/** What the file says, by option. */
export type Given = ReadonlyMap<string, Tree>

/** The options with their defaults, or `undefined` after a complaint. `place` is that of the plug-in's name. */
export function parseOptions<O>(plugin: Plugin<O>, given: Given, place: Place, problems: Problems): O | undefined {
  const plain = Object.fromEntries([...given].map(([option, tree]) => [option, plainOf(tree)]))
  const parsed = plugin.options.safeParse(plain)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const { code, path, message } = issue
    const option = String(path[0] ?? '')
    const value = given.get(option)
    const item = itemAt(value, path[1])
    const wrong = item ?? value
    const wanted = describeOption(plugin.options, option)
    const offset = lawOffset(issue)
    if (value !== undefined && offset !== undefined) problems.add(placeWithin(value, offset), message)
    else if (item !== undefined && code === 'custom') problems.add(item.place, message)
    else if (wrong !== undefined) problems.add(wrong.place, `${option} is ${wanted}, not ${describe(wrong)}`)
    else if (requiredOptions(plugin.options).includes(option))
      problems.add(place, `${plugin.name} needs ${option}, which is ${wanted}`)
    else problems.add(place, `${plugin.name}: ${message}`)
  }
  return undefined
}

/** Mistakes in the entries of a list are told where they stand; what a schema says of one itself is a whole sentence. */
function itemAt(value: Tree | undefined, index: PropertyKey | undefined): Tree | undefined {
  return value?.kind === 'list' && typeof index === 'number' ? value.items[index] : undefined
}

/** Where in a law it is wrong, if it is one; the message is then the law's own. */
function lawOffset(issue: z.core.$ZodIssue): number | undefined {
  const offset = issue.code === 'custom' ? issue.params?.['offset'] : undefined
  return typeof offset === 'number' ? offset : undefined
}

function placeWithin(value: Tree, offset: number): Place {
  if (value.kind !== 'leaf' || value.textStart === undefined) return value.place
  return { ...value.place, start: value.textStart + offset }
}

/** Complains of options that are impossible in their world, at the option that the sentence begins with: by its path, if it is inside another. */
export function complainOfImpossible(sentence: string, given: Given, place: Place, problems: Problems): void {
  const [option, ...path] = (sentence.split(':')[0] as string).split('.')
  problems.add(placeInside(given.get(option as string), path) ?? place, sentence)
}

/** As far as the path leads. */
function placeInside(tree: Tree | undefined, path: readonly string[]): Place | undefined {
  const [key, ...rest] = path
  const inner = tree?.kind === 'mapping' && key !== undefined ? tree.entries.get(key)?.value : undefined
  return inner === undefined ? tree?.place : placeInside(inner, rest)
}
