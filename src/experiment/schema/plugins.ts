/** The lists `strategies` and `faults`, from the registries and the plug-ins' own schemas, so that a new plug-in is in the schema by itself. */
import { z } from 'zod'
import type { Plugin, Registry } from '../../core/plugin.js'
import type { Preset } from '../../presets/preset.js'
import { canBeLeftOut, isList, LEFT_OUT, type OptionSchema } from '../parts/option-schema.js'
import { choice, type JsonSchema } from './json-schema.js'

type Options = Readonly<Record<string, JsonSchema>>

/** An entry is a name, or one name with its options. */
export function entries<P extends Plugin<unknown>>(registry: Registry<P>, description: string): JsonSchema {
  return { description, type: 'array', items: { anyOf: alternatives(registry, (options) => options) } }
}

/** As `entries`, or the name of a preset with options beside it; and an option may list several values. It stands `at` this pointer. */
export function varyingEntries<P extends Plugin<unknown>>(
  at: string,
  registry: Registry<P>,
  presets: Registry<Preset>,
  description: string,
): JsonSchema {
  const items = alternatives(registry, varying)
  const strategies = [...new Set(presets.all.map(({ strategy }) => strategy))]
  const withPresets = strategies.map((name) => {
    const names = presets.all.filter(({ strategy }) => strategy === name).map((preset) => preset.name)
    const preset = severalOf(choice('The options of a real system, which those beside it go before', names))
    const options = Object.keys(schemaOf(registry.get(name) as P).properties)
    const references = options.map((option) => [
      option,
      { $ref: `#${at}/items/anyOf/1/properties/${name}/properties/${option}` },
    ])
    return {
      type: 'object',
      properties: { preset, ...Object.fromEntries(references) },
      additionalProperties: false,
      required: ['preset'],
    }
  })
  return { description, type: 'array', items: { anyOf: [...items, ...withPresets] } }
}

/** Its second entry has the options of each by name. */
function alternatives<P extends Plugin<unknown>>(
  registry: Registry<P>,
  form: (options: Options) => Options,
): readonly JsonSchema[] {
  const properties = Object.fromEntries(registry.all.map((plugin) => [plugin.name, optionsOf(plugin, form)]))
  const withOptions = { type: 'object', properties, additionalProperties: false, minProperties: 1, maxProperties: 1 }
  return [{ enum: registry.names }, withOptions]
}

/** Options that stand in a section beside the name of the plug-in, whichever it is. */
export function optionsOfAny<P extends Plugin<unknown>>(registry: Registry<P>): Options {
  return Object.assign({}, ...registry.all.map((plugin) => schemaOf(plugin).properties)) as Options
}

function optionsOf(plugin: Plugin<unknown>, form: (options: Options) => Options): JsonSchema {
  const { properties, required } = schemaOf(plugin)
  return {
    description: plugin.summary,
    // Where nothing is required, the name may stand without options.
    type: required === undefined ? ['object', 'null'] : 'object',
    properties: form(properties),
    additionalProperties: false,
    ...(required === undefined ? {} : { required }),
  }
}

/** Options that may each list several values, also inside of those that are mappings, and say that they are left out. */
function varying(options: Options, owner: OptionSchema = { type: 'object', properties: options }): Options {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const inner = withVaryingParts(option)
      if (isList(option)) return [name, inner]
      return [name, severalOf(inner, canBeLeftOut(owner, name) ? [{ const: LEFT_OUT }] : [])]
    }),
  )
}

function withVaryingParts(option: JsonSchema): JsonSchema {
  const { properties, additionalProperties: any, anyOf } = option as OptionSchema
  if (anyOf !== undefined) return { ...option, anyOf: anyOf.map((one) => withVaryingParts({ ...one })) }
  if (properties !== undefined) return { ...option, properties: varying(properties as Options, option) }
  return typeof any === 'object' ? { ...option, additionalProperties: severalOf(withVaryingParts({ ...any })) } : option
}

function schemaOf(plugin: Plugin<unknown>): { readonly properties: Options; readonly required?: readonly string[] } {
  const schema = z.toJSONSchema(plugin.options, { io: 'input', unrepresentable: 'any', override })
  const { properties = {}, required } = schema as { properties?: Options; required?: readonly string[] }
  return required === undefined ? { properties } : { properties, required }
}

/** Several values are several variants. */
function severalOf(value: JsonSchema, others: readonly JsonSchema[] = []): JsonSchema {
  const { description, default: initial, ...one } = value
  const texts = {
    ...(description === undefined ? {} : { description }),
    ...(initial === undefined ? {} : { default: initial }),
  }
  const items = others.length === 0 ? one : { anyOf: [one, ...others] }
  return { ...texts, anyOf: [one, ...others, { type: 'array', items, minItems: 1 }] }
}

/** The ends of the safe integers say nothing, and marks are for ourselves. */
function override({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }): void {
  delete jsonSchema['quantity']
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum']
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum']
}
