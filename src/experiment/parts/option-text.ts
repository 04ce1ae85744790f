/**
 * What the option of a plug-in takes, in words, from its schema: `a whole number of at least 1`, `leader, follower or any`. Read from the JSON
 * schema of what users write, so that the words cannot depart from what is checked.
 */
import { z } from 'zod'
import { listed } from '../file/section.js'

interface JsonSchema {
  readonly description?: string
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
}

const known = new WeakMap<z.ZodType, JsonSchema>()

export function optionNames(options: z.ZodType): readonly string[] {
  return Object.keys(schemaOf(options).properties ?? {})
}

export function requiredOptions(options: z.ZodType): readonly string[] {
  return schemaOf(options).required ?? []
}

export function describeOption(options: z.ZodType, option: string): string {
  return wordsOf(schemaOf(options).properties?.[option] ?? {})
}

/** Whether a list is a value of the option, and not several values. */
export function takesList(options: z.ZodType, option: string): boolean {
  const { type, anyOf = [] } = schemaOf(options).properties?.[option] ?? {}
  return type === 'array' || anyOf.some((one) => one.type === 'array')
}

/** Whether a plain number is a value of the option. */
export function takesNumber(options: z.ZodType, option: string): boolean {
  const { type, anyOf = [] } = schemaOf(options).properties?.[option] ?? {}
  return [type, ...anyOf.map((one) => one.type)].some((one) => one === 'number' || one === 'integer')
}

function schemaOf(options: z.ZodType): JsonSchema {
  const found = known.get(options)
  if (found !== undefined) return found
  const schema = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  known.set(options, schema)
  return schema
}

function wordsOf(schema: JsonSchema): string {
  if (schema.description !== undefined) return schema.description
  if (schema.enum !== undefined) return listed(schema.enum.map(String))
  if (schema.anyOf !== undefined) return alternatives(schema.anyOf)
  if (schema.type === 'integer') return `a whole number${rangeOf(schema)}`
  if (schema.type === 'number') return `a number${rangeOf(schema)}`
  if (schema.type === 'boolean') return 'true or false'
  return schema.type === 'string' ? 'text' : `of the type ${schema.type ?? 'that the plug-in says'}`
}

/** Words and one more alternative read better in one list. */
function alternatives(schemas: readonly JsonSchema[]): string {
  return listed(schemas.flatMap((schema) => schema.enum?.map(String) ?? [wordsOf(schema)]))
}

/** The ends of the safe integers say nothing. */
function rangeOf({ minimum = -Infinity, maximum = Infinity }: JsonSchema): string {
  const isBelow = maximum < Number.MAX_SAFE_INTEGER
  if (minimum <= -Number.MAX_SAFE_INTEGER) return isBelow ? ` of at most ${maximum}` : ''
  return isBelow ? ` from ${minimum} to ${maximum}` : ` of at least ${minimum}`
}
