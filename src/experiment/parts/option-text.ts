/**
 * Options in words: what one takes (`a whole number of at least 1`, `leader, follower or any`), and what it is set to, as a person would write
 * it: durations in units, mappings as in a workload file.
 */
import { DURATION } from '../../core/schema.js'
import { formatDuration } from '../../core/units.js'
import { listed } from '../file/section.js'
import { LEFT_OUT, type OptionSchema, partNames, partOf } from './option-schema.js'

/** What may be written for an option of this schema. */
export function describeOption(schema: OptionSchema): string {
  if (schema.description !== undefined) return schema.description
  if (schema.enum !== undefined) return listed(schema.enum.map(String))
  if (schema.anyOf !== undefined) return alternatives(schema.anyOf)
  if (schema.type === 'integer') return `a whole number${rangeOf(schema)}`
  if (schema.type === 'number') return `a number${rangeOf(schema)}`
  if (schema.type === 'boolean') return 'true or false'
  if (schema.type === 'object') return `a mapping of ${partNames(schema)?.join(', ') ?? 'names to values'}`
  return schema.type === 'string' ? 'text' : `of the type ${schema.type ?? 'that the plug-in says'}`
}

/** Words and one more alternative read better in one list. */
function alternatives(schemas: readonly OptionSchema[]): string {
  return listed(schemas.flatMap((schema) => schema.enum?.map(String) ?? [describeOption(schema)]))
}

/** The ends of the safe integers say nothing. */
function rangeOf({ minimum = -Infinity, maximum = Infinity }: OptionSchema): string {
  const isBelow = maximum < Number.MAX_SAFE_INTEGER
  if (minimum <= -Number.MAX_SAFE_INTEGER) return isBelow ? ` of at most ${maximum}` : ''
  return isBelow ? ` from ${minimum} to ${maximum}` : ` of at least ${minimum}`
}

/** Options with their defaults filled in, by name. */
export type Values = Readonly<Record<string, unknown>>

/** What is told of options, and against what. */
export interface Telling {
  readonly schema: OptionSchema | undefined
  /** What needs no telling where it is the same. */
  readonly base: Values
  /** What a mapping is by default where the base has none. */
  readonly defaults: Values
  /** Paths that are told even so: `n`, `hints.window`. */
  readonly varied: ReadonlySet<string>
}

/** `n={us: 3, eu: 3}` and the like, for every option that is not as in the base or that varies. */
export function toldOptions(values: Values, telling: Telling): readonly string[] {
  return toldParts(values, telling, []).map(([name, text]) => `${name}=${text}`)
}

function toldParts(
  values: Values,
  { schema, base, defaults, varied }: Telling,
  path: readonly string[],
): readonly (readonly [string, string])[] {
  const names = new Set([...Object.keys(values), ...Object.keys(base), ...namesAt(path, varied)])
  return [...names].flatMap((name) => {
    const here = [...path, name]
    const [value, before] = [values[name], base[name]]
    const isTold = varied.has(here.join('.')) || !isSame(value, before)
    if (!isTold) return []
    const part = partOf(schema, name)
    if (!isValues(value)) return [[name, textOf(value, part)] as const]
    const inner = { schema: part, base: valuesIn(before ?? defaults[name]), defaults: {}, varied }
    const told = toldParts(value, inner, here).map(([key, text]) => `${key}: ${text}`)
    return [[name, `{${told.join(', ')}}`] as const]
  })
}

/** Of the paths one step longer than this one, the last steps. */
function namesAt(path: readonly string[], paths: ReadonlySet<string>): readonly string[] {
  const split = [...paths].map((one) => one.split('.'))
  const longer = split.filter((steps) => steps.length === path.length + 1 && path.every((step, i) => step === steps[i]))
  return longer.map((steps) => steps.at(-1) as string)
}

function textOf(value: unknown, schema: OptionSchema | undefined): string {
  if (value === undefined) return LEFT_OUT
  return typeof value === 'number' && schema?.quantity === DURATION ? formatDuration(value) : String(value)
}

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The options in what may be none. */
export const valuesIn = (value: unknown): Values => (isValues(value) ? value : {})

function isSame(left: unknown, right: unknown): boolean {
  if (!isValues(left) || !isValues(right)) return left === right || JSON.stringify(left) === JSON.stringify(right)
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  return names.every((name) => isSame(left[name], right[name]))
}
