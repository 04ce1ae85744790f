/**
 * A YCSB properties file, checked property by property: the honoured ones as values, each with its place or its default, and in words what
 * else stands there. Nothing is passed over in silence: what is guarded or malformed is refused, what is idle is named with the
 * reason, and what is unknown is refused, or told and named where that is asked for.
 */
import type { Problems } from '../file/problems.js'
import { listed, suggestion } from '../file/section.js'
import type { Place, Source } from '../file/source.js'
import { describe } from '../file/tree.js'
import { type JavaProperty, parseJavaProperties } from './java-properties.js'
import type { Kind } from './kinds.js'
import { GUARDED, HONOURED, IDLE, INTERVAL, INTERVALS, KNOWN } from './properties.js'

export interface Given<T> {
  readonly value: T
  /** Of the value, or of the beginning of the file if the property is left out. */
  readonly place: Place
  readonly isGiven: boolean
}

type ValueOf<K> = K extends Kind<infer T> ? T : never

export type Values = { readonly [Name in keyof typeof HONOURED]: Given<ValueOf<(typeof HONOURED)[Name]>> }

export interface Sheet {
  readonly values: Values
  readonly notes: readonly string[]
}

/** Told of every property that is unknown; if absent, such properties are refused. */
export type Warn = (complaint: string) => void

export function readSheet(source: Source, problems: Problems, warn: Warn | undefined): Sheet {
  return new SheetReader(source, problems, warn).sheet()
}

class SheetReader {
  private readonly notes: string[] = []
  private readonly properties = new Map<string, JavaProperty>()
  /** Names of idle properties, by why they are. */
  private readonly idle = new Map<string, string[]>()

  constructor(
    private readonly source: Source,
    private readonly problems: Problems,
    private readonly warn: Warn | undefined,
  ) {}

  sheet(): Sheet {
    const complain = (start: number, sentence: string) => this.problems.add(this.place(start, start), sentence)
    for (const property of parseJavaProperties(this.source.text, complain)) this.collect(property)
    for (const property of this.properties.values()) this.sort(property)
    const values = Object.entries<Kind<unknown>>(HONOURED).map(([name, kind]) => [name, this.given(name, kind)])
    if (!this.properties.has('workload'))
      this.notes.push('no workload class is named: it is taken for the core workload')
    for (const [why, names] of this.idle) {
      const many = names.length > 1
      this.notes.push(`${listed(names).replace(' or ', ' and ')} ${many ? 'change' : 'changes'} nothing: ${why}`)
    }
    return { values: Object.fromEntries(values), notes: this.notes }
  }

  private collect(property: JavaProperty): void {
    const { key, keyStart } = property
    const { line } = this.source.lines.linePos(keyStart)
    if (this.properties.has(key)) this.notes.push(`${key} stands there more than once, and line ${line} counts`)
    this.properties.set(key, property)
  }

  /** Everything but the honoured. */
  private sort({ key, value, keyStart, keyEnd, valueStart, valueEnd }: JavaProperty): void {
    if (Object.hasOwn(HONOURED, key)) return
    const place = this.place(valueStart, valueEnd)
    const guard = Object.hasOwn(GUARDED, key) ? GUARDED[key] : undefined
    if (guard !== undefined) {
      const read = this.parsed(key, value, place, guard.kind)
      if (read !== undefined && !guard.allows(read)) this.problems.add(place, guard.refusal)
    } else if (key === INTERVAL) {
      this.sortInterval(value, place)
    } else if (Object.hasOwn(IDLE, key)) {
      this.addIdle(key, IDLE[key] as string)
    } else {
      this.onUnknown(key, this.place(keyStart, keyEnd))
    }
  }

  private sortInterval(value: string, place: Place): void {
    if (/^\d+$/.test(value)) {
      this.addIdle(`${INTERVAL}=${value} (of go-ycsb)`, IDLE['status.interval'] as string)
    } else if (INTERVALS.some((one) => one === value)) {
      this.addIdle(`${INTERVAL}=${value}`, 'latency always counts from the intended start of an operation')
    } else {
      const wanted = `${listed(INTERVALS)}, or for go-ycsb a whole number of seconds${suggestion(value, INTERVALS)}`
      this.problems.add(place, `${INTERVAL} is ${wanted}, not ${quoted(value, place)}`)
    }
  }

  private addIdle(name: string, why: string): void {
    const names = this.idle.get(why)
    if (names === undefined) this.idle.set(why, [name])
    else names.push(name)
  }

  private onUnknown(key: string, place: Place): void {
    const unknown = `YCSB has no property ${quoted(key, place)}${suggestion(key, KNOWN)}`
    if (this.warn === undefined) {
      this.problems.add(place, `${unknown}; --lenient takes unknown properties for warnings`)
      return
    }
    this.warn(place.source.complaintAt(place.start, `warning: ${unknown}; it is ignored.`))
    this.notes.push(`${unknown}; it is ignored`)
  }

  private given(name: string, kind: Kind<unknown>): Given<unknown> {
    const property = this.properties.get(name)
    if (property === undefined) return { value: kind.initial, place: this.place(0, 0), isGiven: false }
    const place = this.place(property.valueStart, property.valueEnd)
    return { value: this.parsed(name, property.value, place, kind) ?? kind.initial, place, isGiven: true }
  }

  private parsed<T>(name: string, value: string, place: Place, kind: Kind<T>): T | undefined {
    const parsed = kind.parse(value)
    if (parsed === undefined) this.problems.add(place, `${name} is ${kind.wanted(value)}, not ${quoted(value, place)}`)
    return parsed
  }

  private place(start: number, end: number): Place {
    return { source: this.source, start, end: Math.max(end, start + 1) }
  }
}

const quoted = (value: string, place: Place): string => describe({ kind: 'leaf', value, place })
