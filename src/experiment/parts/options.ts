/**
 * One plug-in's options at one point, checked by its schema and against the world; complaints stand at the option that is wrong, however deep,
 * and say what it takes.
 */
import type { z } from 'zod'
import type { Plugin } from '../../core/plugin.js'
import type { Problems } from '../file/problems.js'
import { suggestion } from '../file/section.js'
import type { Place } from '../file/source.js'
import { describe, type Mapping, type Plain, plainOf, type Tree } from '../file/tree.js'
import {
  canBeLeftOut,
  LEFT_OUT,
  type OptionSchema,
  partNames,
  partOf,
  requiredParts,
  schemaOf,
  wordsIn,
} from './option-schema.js'
import { describeOption } from './option-text.js'

/** What the file says, by option. */
export type Given = ReadonlyMap<string, Tree>

type Path = readonly PropertyKey[]
type Issue = z.core.$ZodIssue

/** The options with their defaults, or `undefined` after a complaint. `place` is that of the plug-in's name. */
export function parseOptions<O>(plugin: Plugin<O>, given: Given, place: Place, problems: Problems): O | undefined {
  const schema = schemaOf(plugin.options)
  const parsed = plugin.options.safeParse(writtenParts(given, schema))
  if (parsed.success) return parsed.data
  const complaint = new Complaint(plugin.name, schema, given, place, problems)
  for (const issue of parsed.error.issues) complaint.add(issue, [])
  return undefined
}

/** Complains of options that are impossible in their world, at the option that the sentence begins with: `n: …`, `levels.read: …`. */
export function complainOfImpossible(sentence: string, given: Given, place: Place, problems: Problems): void {
  const path = (sentence.split(':')[0] as string).split('.')
  problems.add(deepest(given, path)?.place ?? place, sentence)
}

/** Complains of options that there are not; returns whether there were any. */
export function hasUnknown(
  name: string,
  given: Iterable<readonly [string, Place]>,
  allowed: readonly string[],
  problems: Problems,
): boolean {
  const unknown = [...given].filter(([option]) => !allowed.includes(option))
  for (const [option, key] of unknown) {
    const sentence = `${name} has no option ${option}${suggestion(option, allowed)}`
    problems.add(key, `${sentence}; ${allowed.length === 0 ? 'it has none' : `its options are ${allowed.join(', ')}`}`)
  }
  return unknown.length > 0
}

export const givenIn = ({ entries }: Mapping): Given => new Map([...entries].map(([name, { value }]) => [name, value]))

/** What the schema is to see: all but what is left out in so many words. */
function writtenParts(given: Given, schema: OptionSchema | undefined): Plain {
  const written = [...given].filter(
    ([name, tree]) => !(tree.kind === 'leaf' && tree.value === LEFT_OUT && canBeLeftOut(schema, name)),
  )
  return Object.fromEntries(
    written.map(([name, tree]) => {
      const part = partOf(schema, name)
      return [name, tree.kind === 'mapping' ? writtenParts(givenIn(tree), part) : plainOf(tree)]
    }),
  )
}

class Complaint {
  constructor(
    private readonly plugin: string,
    private readonly schema: OptionSchema,
    private readonly given: Given,
    private readonly place: Place,
    private readonly problems: Problems,
  ) {}

  /** `around` is the path of what the issue is told within. */
  add(issue: Issue, around: Path): void {
    const path = [...around, ...issue.path]
    const tree = treeAt(this.given, path)
    const inner = issue.code === 'invalid_union' && tree !== undefined ? innerIssues(issue.errors, tree) : undefined
    if (inner !== undefined) for (const one of inner) this.add(one, path)
    else if (tree !== undefined) this.addAt(tree, issue, path)
    else this.addMissing(issue, path)
  }

  private addAt(tree: Tree, issue: Issue, path: Path): void {
    const name = nameOf(path)
    const schema = schemaAt(this.schema, path)
    const offset = lawOffset(issue)
    const isItem = typeof path.at(-1) === 'number'
    if (issue.code === 'unrecognized_keys' && tree.kind === 'mapping') {
      const keys = [...tree.entries].map(([key, entry]) => [key, entry.key] as const)
      hasUnknown(name, keys, partNames(schema) ?? [], this.problems)
    } else if (offset !== undefined) this.problems.add(placeWithin(tree, offset), issue.message)
    // What a schema says itself of an entry of a list is a whole sentence.
    else if (isItem && issue.code === 'custom') this.problems.add(tree.place, issue.message)
    else this.problems.add(tree.place, `${name} is ${expectedBy(issue) ?? wanted(schema, tree)}, not ${describe(tree)}`)
  }

  private addMissing({ message }: Issue, path: Path): void {
    const around = path.slice(0, -1)
    const name = String(path.at(-1) ?? '')
    const [tree, schema] = [treeAt(this.given, around), schemaAt(this.schema, around)]
    if (tree !== undefined && schema.description !== undefined) {
      this.problems.add(tree.place, `${nameOf(around)} is ${schema.description}, not ${describe(tree)}`)
      return
    }
    const place = tree?.place ?? this.place
    const owner = around.length === 0 ? this.plugin : nameOf(around)
    const isRequired = requiredParts(schema).includes(name)
    const what = `${owner} needs ${name}, which is ${describeOption(schemaAt(this.schema, path))}`
    this.problems.add(place, isRequired ? what : `${owner}: ${message}`)
  }
}

/** Those of the alternative that the value was meant to be, if it looks like one: a mapping where there is a mapping. */
function innerIssues(alternatives: readonly (readonly Issue[])[], tree: Tree): readonly Issue[] | undefined {
  if (tree.kind === 'leaf') return undefined
  const meant = alternatives.find((issues) => !issues.some(({ code, path }) => path.length === 0 && isOfKind(code)))
  const misspelt = meant?.filter(({ code }) => code === 'unrecognized_keys') ?? []
  // What is missing beside a name that there is not is what was misspelt.
  return misspelt.length > 0 ? misspelt : meant
}

/** Whether such an issue with a value itself says that it is another kind of value. */
const isOfKind = (code: Issue['code']): boolean => code === 'invalid_type' || code === 'invalid_value'

/** What a schema's own words say is wanted, which may be more than its type does. */
function expectedBy({ code, message }: Issue): string | undefined {
  return code === 'custom' ? /^expected (.*)$/.exec(message)?.[1] : undefined
}

function wanted(schema: OptionSchema, tree: Tree): string {
  const word = tree.kind === 'leaf' ? String(tree.value) : ''
  return `${describeOption(schema)}${suggestion(word, wordsIn(schema))}`
}

/** Items of a list are called as the list is. */
const nameOf = (path: Path): string => path.filter((part) => typeof part !== 'number').join('.')

function schemaAt(schema: OptionSchema, path: Path): OptionSchema {
  return path.reduce<OptionSchema>(
    (at, part) => (typeof part === 'number' ? at : (partOf(at, String(part)) ?? {})),
    schema,
  )
}

function treeAt(given: Given, path: Path): Tree | undefined {
  const [first, ...rest] = path
  return rest.reduce<Tree | undefined>(innerTree, given.get(String(first)))
}

function innerTree(tree: Tree | undefined, part: PropertyKey): Tree | undefined {
  if (tree?.kind === 'list') return tree.items[Number(part)]
  return tree?.kind === 'mapping' ? tree.entries.get(String(part))?.value : undefined
}

/** What the file has of the path, as far as it has it. */
function deepest(given: Given, path: Path): Tree | undefined {
  for (let end = path.length; end > 0; end--) {
    const tree = treeAt(given, path.slice(0, end))
    if (tree !== undefined) return tree
  }
  return undefined
}

/** Where in a law it is wrong, if it is one; the message is then the law's own. */
function lawOffset(issue: Issue): number | undefined {
  const offset = issue.code === 'custom' ? issue.params?.['offset'] : undefined
  return typeof offset === 'number' ? offset : undefined
}

function placeWithin(value: Tree, offset: number): Place {
  if (value.kind !== 'leaf' || value.textStart === undefined) return value.place
  return { ...value.place, start: value.textStart + offset }
}
