/**
 * Reads values out of parsed YAML and remembers where each came from, so that every complaint has a place. All complaints of a file
 * are collected; `Section` also complains of keys that nobody asked for.
 */
import { isMap, isNode, LineCounter, type Node, parseDocument } from 'yaml'
import { didYouMean } from '../core/did-you-mean.js'
import { messageOf } from '../core/errors.js'
import { DURATION_UNITS, parseDuration, parsePercent } from '../core/units.js'
import { compile } from '../distributions/index.js'
import type { LawType } from '../distributions/law.js'
import { type Problem, SpecError } from './spec-error.js'

export type Path = readonly (string | number)[]
export type Plain = Record<string, unknown>

export class SpecFile {
  readonly problems: Problem[] = []
  readonly root: unknown
  private readonly lines = new LineCounter()
  private readonly document

  constructor(
    readonly fileName: string,
    readonly text: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, uniqueKeys: true })
    for (const error of this.document.errors) this.complainAt(error.pos[0], error.message)
    this.throwIfProblems()
    try {
      this.root = this.document.toJS({ maxAliasCount: 100 })
    } catch (thrown) {
      this.complainAt(0, messageOf(thrown))
    }
    this.throwIfProblems()
  }

  complain(path: Path, sentence: string): void {
    let found: unknown = this.document.contents
    for (let length = path.length; length > 0; length--) {
      const node: unknown = this.document.getIn(path.slice(0, length), true)
      if (isNode(node)) {
        found = node
        break
      }
    }
    this.complainAt(isNode(found) ? ((found as Node).range?.[0] ?? 0) : 0, sentence)
  }

  /** At the key itself instead of its value. */
  complainOfKey(path: Path, key: string, sentence: string): void {
    const map: unknown = path.length === 0 ? this.document.contents : this.document.getIn(path, true)
    const pair = isMap(map) ? map.items.find((item) => String(item.key) === key) : undefined
    const start = isNode(pair?.key) ? (pair.key as Node).range?.[0] : undefined
    if (start === undefined) this.complain([...path, key], sentence)
    else this.complainAt(start, sentence)
  }

  throwIfProblems(): void {
    if (this.problems.length > 0) throw new SpecError(this.fileName, this.text, this.problems)
  }

  private complainAt(offset: number, sentence: string): void {
    const { line, col } = this.lines.linePos(offset)
    this.problems.push({ line: Math.max(1, line), column: Math.max(1, col), sentence })
  }
}

/** A mapping of the file whose keys are taken one by one. */
export class Section {
  private readonly taken = new Set<string>()
  private readonly values: Plain

  constructor(
    readonly file: SpecFile,
    readonly path: Path,
    value: unknown,
    what: string,
  ) {
    const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (!isMapping && value !== undefined) file.complain(path, `${what} is a mapping of keys to values`)
    this.values = isMapping ? (value as Plain) : {}
  }

  has(key: string): boolean {
    this.taken.add(key)
    return this.values[key] !== undefined
  }

  raw(key: string): unknown {
    this.taken.add(key)
    return this.values[key]
  }

  get keys(): readonly string[] {
    return Object.keys(this.values)
  }

  section(key: string): Section {
    return new Section(this.file, [...this.path, key], this.raw(key), key)
  }

  complain(key: string, sentence: string): void {
    this.file.complain([...this.path, key], sentence)
  }

  duration(key: string, initial: number): number {
    if (!this.has(key)) return initial
    const nanos = parseDuration(String(this.values[key]))
    if (nanos !== undefined && nanos >= 0) return nanos
    this.complain(
      key,
      `${key} is a duration with a unit (${DURATION_UNITS}), such as 10s, not ${show(this.values[key])}`,
    )
    return initial
  }

  /** A share such as `50%`. */
  percent(key: string, initial: number): number {
    if (!this.has(key)) return initial
    const ratio = parsePercent(String(this.values[key]))
    if (ratio !== undefined && ratio >= 0 && ratio <= 1) return ratio
    this.complain(key, `${key} is a percentage from 0% to 100%, such as 50%, not ${show(this.values[key])}`)
    return initial
  }

  whole(key: string, initial: number, least: number, most = 2 ** 31 - 1): number {
    if (!this.has(key)) return initial
    const value = this.values[key]
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
    this.complain(key, `${key} is a whole number from ${least} to ${most}, not ${show(value)}`)
    return initial
  }

  choice<T extends string>(key: string, allowed: readonly T[], initial: T): T {
    if (!this.has(key)) return initial
    const value = String(this.values[key])
    if ((allowed as readonly string[]).includes(value)) return value as T
    this.complain(key, `${key} is ${allowed.join(', ')}, not ${value}${suggestion(value, allowed)}`)
    return initial
  }

  law(key: string, type: LawType, initial: string): string {
    if (!this.has(key)) return initial
    const text = String(this.values[key])
    try {
      compile(text, type)
      return text
    } catch (thrown) {
      this.complain(key, messageOf(thrown))
      return initial
    }
  }

  /** Complains of every key that was never asked for. */
  end(what: string): void {
    for (const key of this.keys) {
      if (this.taken.has(key)) continue
      const allowed = [...this.taken]
      this.file.complainOfKey(
        this.path,
        key,
        `${what} has no key ${key}${suggestion(key, allowed)}; it takes ${allowed.join(', ')}`,
      )
    }
  }
}

export function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function suggestion(word: string, allowed: readonly string[]): string {
  const meant = didYouMean(word, allowed)
  return meant === undefined ? '' : ` (did you mean ${meant}?)`
}
