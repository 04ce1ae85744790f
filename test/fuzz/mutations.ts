/**
 * Ways to spoil a workload file: its bytes, its lines, its words, its numbers and the tree that it spells. Each takes one step that a slip of the
 * hand, a bad merge or malice might take; a mutant is one to four of them. Everything is drawn from the generator that is given.
 */
import { parse, stringify } from 'yaml'
import type { Random } from '../../src/core/random.js'
import { NUMBERS, WORDS } from './dictionary.js'

type Mutation = (bytes: Buffer, random: Random) => Buffer

/** Most slips are one. */
const STEPS = [1, 1, 1, 2, 3, 4]
const LONGEST_PIECE = 40
/** So that mutants of mutants stay small. */
const MOST_BYTES = 20_000

const pick = <T>(items: readonly T[], random: Random): T => items[random.below(items.length)] as T

function spliced(bytes: Buffer, from: number, to: number, ...pieces: readonly Buffer[]): Buffer {
  return Buffer.concat([bytes.subarray(0, from), ...pieces, bytes.subarray(to)])
}

const flipBit: Mutation = (bytes, random) => {
  const changed = Buffer.from(bytes)
  const at = random.below(Math.max(1, changed.length))
  changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8))
  return changed
}

const insertByte: Mutation = (bytes, random) => {
  const at = random.below(bytes.length + 1)
  return spliced(bytes, at, at, Buffer.from([random.below(256)]))
}

/** A stretch of bytes goes, or stands once more elsewhere. */
const cutStretch: Mutation = (bytes, random) => {
  const [from, to] = stretch(bytes, random)
  return spliced(bytes, from, to)
}

const copyStretch: Mutation = (bytes, random) => {
  const [from, to] = stretch(bytes, random)
  const at = random.below(bytes.length + 1)
  return spliced(bytes, at, at, bytes.subarray(from, to))
}

function stretch(bytes: Buffer, random: Random): readonly [number, number] {
  const from = random.below(bytes.length + 1)
  return [from, Math.min(bytes.length, from + 1 + random.below(LONGEST_PIECE))]
}

const cutEnd: Mutation = (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1))

const inText =
  (change: (text: string, random: Random) => string): Mutation =>
  (bytes, random) =>
    Buffer.from(change(bytes.toString('utf8'), random))

const swapLines = inText((text, random) => {
  const lines = text.split('\n')
  const [a, b] = [random.below(lines.length), random.below(lines.length)]
  return lines
    .with(a, lines[b] as string)
    .with(b, lines[a] as string)
    .join('\n')
})

const repeatLine = inText((text, random) => {
  const lines = text.split('\n')
  return lines.toSpliced(random.below(lines.length), 0, pick(lines, random)).join('\n')
})

const indentLine = inText((text, random) => {
  const lines = text.split('\n')
  const at = random.below(lines.length)
  return lines.with(at, random.below(2) === 0 ? ` ${lines[at]}` : (lines[at] as string).replace(/^ /, '')).join('\n')
})

const replaceWord = inText((text, random) => {
  const words = text.match(/[\w.%/-]+|\s+|./gsu) ?? ['']
  return words.with(random.below(words.length), pick(WORDS, random)).join('')
})

const insertWord = inText((text, random) => {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + pick(WORDS, random) + text.slice(at)
})

const extremeNumber = inText((text, random) => {
  const numbers = [...text.matchAll(/\d+(?:\.\d+)?/g)]
  if (numbers.length === 0) return text
  const { 0: number, index } = pick(numbers, random)
  return text.slice(0, index) + pick(NUMBERS, random) + text.slice(index + number.length)
})

/** In the tree: a value takes another's place, or goes, or is wrapped in a list, or a key is renamed. */
const editTree = inText((text, random) => {
  let tree: unknown
  try {
    // Aliases could make a circle of it.
    tree = parse(text, { logLevel: 'silent', maxAliasCount: 0 })
  } catch {
    return text
  }
  const places = placesIn(tree, [])
  if (places.length === 0) return text
  const { holder, key } = pick(places, random)
  const other = pick(places, random)
  const edit = random.below(5)
  if (edit === 0) holder[key] = structuredClone(other.holder[other.key])
  else if (edit === 1) delete holder[key]
  else if (edit === 2) holder[key] = [holder[key], structuredClone(other.holder[other.key])]
  else if (edit === 3) holder[other.key] = holder[key]
  else holder[key] = { [other.key]: holder[key] }
  return stringify(tree, { aliasDuplicateObjects: false, flowCollectionPadding: random.below(2) === 0 })
})

interface Spot {
  readonly holder: Record<string, unknown>
  readonly key: string
}

function placesIn(tree: unknown, found: Spot[]): readonly Spot[] {
  if (typeof tree !== 'object' || tree === null) return found
  const holder = tree as Record<string, unknown>
  for (const key of Object.keys(holder)) {
    found.push({ holder, key })
    placesIn(holder[key], found)
  }
  return found
}

const MUTATIONS: readonly Mutation[] = [
  ...[flipBit, insertByte, cutStretch, copyStretch, cutEnd],
  ...[swapLines, repeatLine, indentLine, replaceWord, replaceWord, insertWord, extremeNumber, extremeNumber],
  ...[editTree, editTree, editTree],
]

export function mutant(original: Buffer, random: Random): Buffer {
  let bytes = original
  for (let steps = pick(STEPS, random); steps > 0; steps--) bytes = pick(MUTATIONS, random)(bytes, random)
  return bytes.subarray(0, MOST_BYTES)
}
