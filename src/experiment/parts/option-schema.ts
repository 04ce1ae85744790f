/**
 * What the options of a plug-in may be, read from the JSON Schema of what users write, so that names, words and lists cannot depart from what
 * is checked. Options may be mappings of their own, or mappings whose keys the user invents (`n: {us: 3}`); all of it is walked by name.
 */
import { z } from 'zod'
import type { Plugin } from '../../core/plugin.js'

export interface OptionSchema {
  readonly description?: string
  /** `duration`, where the number is one of nanoseconds. */
  readonly quantity?: unknown
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly OptionSchema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, OptionSchema>>
  readonly required?: readonly string[]
  readonly propertyNames?: OptionSchema
  readonly additionalProperties?: OptionSchema | boolean
}

const known = new WeakMap<z.ZodType, OptionSchema>()

export function schemaOf(options: z.ZodType): OptionSchema {
  const found = known.get(options)
  if (found !== undefined) return found
  const schema = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as OptionSchema
  known.set(options, schema)
  return schema
}

/** The schema of the option that has this name in a mapping; `undefined` where there is none. */
export function partOf(schema: OptionSchema | undefined, name: string): OptionSchema | undefined {
  const mapping = mappingIn(schema)
  if (mapping === undefined) return undefined
  if (Object.hasOwn(mapping.properties ?? {}, name)) return mapping.properties?.[name]
  const { additionalProperties: any, propertyNames } = mapping
  const isNamed = propertyNames?.enum === undefined || propertyNames.enum.includes(name)
  return typeof any === 'object' && isNamed ? any : undefined
}

/** The names that a mapping may have; `undefined` where the user invents them, or no mapping may stand there. */
export function partNames(schema: OptionSchema): readonly string[] | undefined {
  const mapping = mappingIn(schema)
  const { properties, propertyNames, additionalProperties } = mapping ?? {}
  if (propertyNames?.enum !== undefined) return propertyNames.enum.map(String)
  if (mapping === undefined || typeof additionalProperties === 'object') return undefined
  return Object.keys(properties ?? {})
}

export function requiredParts(schema: OptionSchema): readonly string[] {
  return mappingIn(schema)?.required ?? []
}

/** Whether a list is a value of the option, and not several values. */
export function isList(schema: OptionSchema | undefined): boolean {
  return alternativesOf(schema).some(({ type }) => type === 'array')
}

/** Whether a plain number is a value of the option. */
export function isNumber(schema: OptionSchema | undefined): boolean {
  return alternativesOf(schema).some(({ type }) => type === 'number' || type === 'integer')
}

/** The words that are values of the option. */
export function wordsIn(schema: OptionSchema | undefined): readonly string[] {
  return alternativesOf(schema).flatMap((one) => one.enum?.map(String) ?? [])
}

/** What says that an option is left out, where that is not what happens to an option that is not written. */
export const LEFT_OUT = 'none'

/**
 * Whether the option of this name may be left out in so many words, which turns a mechanism off that a preset or the value of an axis turns on:
 * it has no default, and neither is the word a value of its own nor could any text be.
 */
export function canBeLeftOut(schema: OptionSchema | undefined, name: string): boolean {
  const part = partOf(schema, name)
  if (schema === undefined || part === undefined || partNames(schema)?.includes(name) !== true) return false
  if (part.default !== undefined || requiredParts(schema).includes(name) || wordsIn(part).includes(LEFT_OUT))
    return false
  const isFreeText = (one: OptionSchema) => one.type === 'string' && (one.enum ?? one.description) === undefined
  return !alternativesOf(part).some(isFreeText)
}

function mappingIn(schema: OptionSchema | undefined): OptionSchema | undefined {
  return alternativesOf(schema).find(({ type }) => type === 'object')
}

function alternativesOf(schema: OptionSchema | undefined): readonly OptionSchema[] {
  return schema === undefined ? [] : (schema.anyOf ?? [schema])
}

/** What each option that may be a mapping is where the mapping says nothing. */
export function mappingDefaults({ options }: Pick<Plugin<unknown>, 'options'>): Readonly<Record<string, unknown>> {
  const names = partNames(schemaOf(options)) ?? []
  const mappings = names.filter((name) => mappingIn(partOf(schemaOf(options), name)) !== undefined)
  return Object.fromEntries(
    mappings.map((name) => {
      const parsed = options.safeParse({ [name]: {} }).data as Readonly<Record<string, unknown>> | undefined
      return [name, parsed?.[name]]
    }),
  )
}
