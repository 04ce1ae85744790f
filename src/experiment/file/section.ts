/**
 * A mapping of a workload file whose keys are taken one by one, each with its type, its default and a complaint that says what is
 * allowed. At the end it complains of the keys that nobody asked for, and refuses by name those that the design has and this
 * version has not.
 */
import { didYouMean } from '../../core/did-you-mean.js'
import {
  BANDWIDTH_UNITS,
  DURATION_UNITS,
  LONGEST_DURATION,
  LONGEST_DURATION_TEXT,
  parseBandwidth,
  parseDuration,
  parsePartsPerMillion,
  parsePercent,
} from '../../core/units.js'
import type { LawType } from '../../distributions/law.js'
import type { LawReader } from './law-reader.js'
import type { Problems } from './problems.js'
import type { Place } from './source.js'
import { describe, type Entry, isEmpty, type Leaf, type Tree } from './tree.js'

/** What every reader of a part of the file needs beside the part. */
export interface Reading {
  readonly problems: Problems
  readonly laws: LawReader
}

const LARGEST_BANDWIDTH = 1e15

export class Section {
  private readonly entries: ReadonlyMap<string, Entry>
  private readonly taken = new Set<string>()
  private readonly place: Place

  /** `around` is where the section would stand if it is left out; `name` is what messages call it. */
  constructor(
    readonly reading: Reading,
    tree: Tree | undefined,
    readonly name: string,
    around: Place,
  ) {
    this.place = tree?.place ?? around
    this.entries = tree?.kind === 'mapping' ? tree.entries : new Map()
    if (tree?.kind === 'mapping' || isEmpty(tree)) return
    reading.problems.add(this.place, `${name} is a mapping of keys to values, not ${describe(tree)}`)
  }

  get keys(): readonly string[] {
    return [...this.entries.keys()]
  }

  has(key: string): boolean {
    return this.value(key) !== undefined
  }

  value(key: string): Tree | undefined {
    this.taken.add(key)
    return this.entries.get(key)?.value
  }

  /** `name` is what messages call it. */
  section(key: string, name = key): Section {
    return new Section(this.reading, this.value(key), name, this.place)
  }

  /** At the value, or at the section if the key is left out. */
  complain(key: string, sentence: string): void {
    this.reading.problems.add(this.entries.get(key)?.value.place ?? this.place, sentence)
  }

  complainOfKey(key: string, sentence: string): void {
    this.reading.problems.add(this.entries.get(key)?.key ?? this.place, sentence)
  }

  /** What `parse` makes of the value; `wanted` says what that is, in a sentence that begins with the key. */
  read<T>(key: string, initial: T, wanted: string, parse: (value: Leaf['value']) => T | undefined): T {
    const value = this.value(key)
    if (value === undefined) return initial
    const parsed = value.kind === 'leaf' ? parse(value.value) : undefined
    if (parsed === undefined) this.complain(key, `${key} is ${wanted}, not ${describe(value)}`)
    return parsed ?? initial
  }

  /** Nanoseconds. */
  duration(key: string, initial: number, least = 0): number {
    const wanted = `a duration with a unit (${DURATION_UNITS})`
    const nanos = this.read(
      key,
      initial,
      `${wanted}, such as ${this.completed(key, '10s', (value) => `${value}s`)}`,
      readDuration,
    )
    if (nanos >= least && nanos <= LONGEST_DURATION) return nanos
    const from = least === 0 ? 'at least 0s' : 'longer than 0s'
    const given = this.value(key)
    this.complain(key, `${key} is ${from} and at most ${LONGEST_DURATION_TEXT}, not ${given && describe(given)}`)
    return initial
  }

  /** A share such as `50%`, as a ratio. */
  percent(key: string, initial: number): number {
    const example = this.completed(
      key,
      '50%',
      (value) => `${value < 1 ? Number((100 * value).toPrecision(6)) : value}%`,
    )
    const wanted = `a percentage from 0% to 100%, such as ${example}`
    return this.read(key, initial, wanted, (value) => {
      const ratio = typeof value === 'string' ? parsePercent(value) : undefined
      return ratio !== undefined && ratio >= 0 && ratio <= 1 ? ratio : undefined
    })
  }

  partsPerMillion(key: string, initial: number, most: number): number {
    const wanted = `a rate from 0ppm to ${most}ppm, such as ${this.completed(key, '20ppm', (value) => `${value}ppm`)}`
    return this.read(key, initial, wanted, (value) => {
      const rate = typeof value === 'string' ? parsePartsPerMillion(value) : undefined
      return rate !== undefined && rate >= 0 && rate <= most ? rate : undefined
    })
  }

  /** Bytes per second, or null where there is no limit. */
  bandwidth(key: string): number | null {
    const wanted = `what a link carries in a second (${BANDWIDTH_UNITS}), such as 100Mb/s`
    return this.read<number | null>(key, null, wanted, (value) => {
      const rate = typeof value === 'string' ? parseBandwidth(value) : undefined
      return rate !== undefined && rate > 0 && rate <= LARGEST_BANDWIDTH ? rate : undefined
    })
  }

  whole(key: string, initial: number, least: number, most: number): number {
    return this.read(key, initial, `a whole number from ${least} to ${most}`, (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined,
    )
  }

  flag(key: string): boolean {
    return this.read(key, false, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined))
  }

  choice<T extends string>(key: string, allowed: readonly T[], initial: T): T {
    const value = this.value(key)
    const word = value?.kind === 'leaf' ? String(value.value) : ''
    const wanted = `${listed(allowed)}${suggestion(word, allowed)}`
    return this.read(key, initial, wanted, () => allowed.find((one) => one === word))
  }

  text(key: string, initial: string): string {
    return this.read(key, initial, 'text, in quotes if it looks like a number', (value) =>
      typeof value === 'string' ? value : undefined,
    )
  }

  law(key: string, type: LawType, initial: string): string {
    const value = this.value(key)
    if (value === undefined) return initial
    const isText = value.kind === 'leaf' && (typeof value.value === 'string' || typeof value.value === 'number')
    if (isText) return this.lawOf(value, String(value.value), 0, type, initial)
    this.complain(key, `${key} is a law, such as exponential(1ms), not ${describe(value)}`)
    return initial
  }

  /** The law `text`, which stands `offset` characters into the text of `leaf`. */
  lawOf(leaf: Leaf, text: string, offset: number, type: LawType, initial: string): string {
    const read = this.reading.laws.read(text, type)
    if (typeof read === 'string') return read
    const start = leaf.textStart === undefined ? leaf.place.start : leaf.textStart + offset + read.offset
    this.reading.problems.add({ ...leaf.place, start }, read.message)
    return initial
  }

  /** Complains of the keys that nobody asked for; `later` are those of other versions. */
  end(later: readonly string[] = []): void {
    for (const key of this.keys) if (!this.taken.has(key)) this.complainOfKey(key, this.unknown(key, later))
  }

  private unknown(key: string, later: readonly string[]): string {
    if (later.includes(key)) return notInThisVersion(key)
    const allowed = [...this.taken]
    const keys = allowed.length === 0 ? 'it takes none' : `it takes ${allowed.join(', ')}`
    return `${this.name} has no key ${key}${suggestion(key, allowed)}; ${keys}`
  }

  /** The value with what it lacks, if it is a bare number; otherwise the example. */
  private completed(key: string, example: string, complete: (value: number) => string): string {
    const value = this.entries.get(key)?.value
    const number = value?.kind === 'leaf' && typeof value.value === 'number' ? value.value : Number.NaN
    return number >= 0 && Number.isFinite(number) ? complete(number) : example
  }
}

export function readDuration(value: Leaf['value']): number | undefined {
  return typeof value === 'string' ? parseDuration(value) : undefined
}

export function notInThisVersion(name: string): string {
  return `${name} is not in this version; leave it out`
}

export function suggestion(word: string, allowed: readonly string[]): string {
  const meant = didYouMean(word, allowed)
  return meant === undefined ? '' : ` (did you mean ${meant}?)`
}

/** `a, b or c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
