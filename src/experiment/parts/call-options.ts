/**
 * The options of a plug-in as they stand in parentheses: `hotspot(20% 80%)`, `bursts(5000/s on 1s off exponential(9s))`. Words fill the
 * options in the order of the schema; from the first option that is named on, each takes what follows its name. Words are separated by
 * blanks or commas, and what stands in parentheses belongs to its word.
 */
import type { Plugin } from '../../core/plugin.js'
import type { Section } from '../file/section.js'
import type { Leaf, Tree } from '../file/tree.js'
import type { Call } from './call.js'
import { isNumber, partNames, partOf, schemaOf } from './option-schema.js'
import { describeOption } from './option-text.js'
import { parseOptions } from './options.js'

interface Word {
  readonly text: string
  /** Offset in the text of the leaf. */
  readonly at: number
}

/** The options with their defaults, or `undefined` after a complaint at the value of `key`. */
export function readCallOptions<O>(section: Section, key: string, call: Call, plugin: Plugin<O>): O | undefined {
  const names = namesOf(plugin)
  const given = new Map<string, Tree>()
  const words = splitWords(call)
  let position = 0
  for (let i = 0; i < words.length; ) {
    const word = words[i] as Word
    const isName = names.includes(word.text)
    const name = isName ? word.text : names[position++]
    const next = isName ? endOfValue(words, i + 1, names) : i + 1
    if (name === undefined || given.has(name) || (isName && next === i + 1)) {
      section.complain(key, usage(plugin, name, given, isName))
      return undefined
    }
    if (isName) position = names.length
    const from = isName ? i + 1 : i
    given.set(
      name,
      leafOf(call, words[from] as Word, words[next - 1] as Word, isNumber(partOf(schemaOf(plugin.options), name))),
    )
    i = next
  }
  return parseOptions(plugin, given, section.value(key)?.place ?? call.leaf.place, section.reading.problems)
}

const namesOf = (plugin: Plugin<unknown>): readonly string[] => partNames(schemaOf(plugin.options)) ?? []

const wordsOf = (plugin: Plugin<unknown>, option: string): string =>
  describeOption(partOf(schemaOf(plugin.options), option) ?? {})

function endOfValue(words: readonly Word[], from: number, names: readonly string[]): number {
  let end = from
  while (end < words.length && !names.includes((words[end] as Word).text)) end++
  return end
}

function usage(plugin: Plugin<unknown>, name: string | undefined, given: ReadonlyMap<string, Tree>, isName: boolean) {
  const names = namesOf(plugin)
  if (names.length === 0) return `${plugin.name} takes no argument`
  const takes = names.map((option) => `${option} (${wordsOf(plugin, option)})`).join(', ')
  if (name === undefined) return `${plugin.name} has too many arguments; it takes ${takes}`
  if (isName && !given.has(name)) return `${plugin.name}: ${name} lacks its value, ${wordsOf(plugin, name)}`
  return `${plugin.name}: ${name} is given twice; it takes ${takes}`
}

function leafOf({ leaf, argument = '', argumentAt }: Call, first: Word, last: Word, isNumber: boolean): Leaf {
  const text = argument.slice(first.at - argumentAt, last.at - argumentAt + last.text.length)
  const start = (leaf.textStart ?? leaf.place.start) + (leaf.textStart === undefined ? 0 : first.at)
  const place = {
    ...leaf.place,
    start,
    end: Math.max(start + 1, leaf.textStart === undefined ? leaf.place.end : start + text.length),
  }
  const value = isNumber && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) + 0 : text
  return leaf.textStart === undefined
    ? { kind: 'leaf', value, place }
    : { kind: 'leaf', value, place, textStart: start }
}

/** Words outside parentheses, each with what it has in parentheses. */
function splitWords({ argument = '', argumentAt }: Call): readonly Word[] {
  const words: Word[] = []
  let depth = 0
  let begin = -1
  for (let i = 0; i <= argument.length; i++) {
    const character = argument[i] ?? ' '
    const separates = depth === 0 && /[\s,]/.test(character)
    if (separates && begin >= 0) words.push({ text: argument.slice(begin, i), at: argumentAt + begin })
    if (separates) begin = -1
    else if (begin < 0) begin = i
    if (character === '(') depth++
    if (character === ')') depth = Math.max(0, depth - 1)
  }
  if (begin >= 0) words.push({ text: argument.slice(begin), at: argumentAt + begin })
  return words
}
