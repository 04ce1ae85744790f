/** The lists `strategies` and `faults`, from the registries and the plug-ins' own schemas, so that a new plug-in is in the schema by itself. */
import { z } from 'zod'
import type { Plugin, Registry } from '../../core/plugin.js'
import { takesList } from '../parts/option-text.js'
import type { JsonSchema } from './json-schema.js'

type Options = Readonly<Record<string, JsonSchema>>

/** An entry is a name, or one name with its options; `varies` says whether an option may list several values. */
export function entries<P extends Plugin<unknown>>(registry: Registry<P>, description: string, varies: boolean) {
  const properties = Object.fromEntries(registry.all.map((plugin) => [plugin.name, optionsOf(plugin, varies)]))
  const withOptions = { type: 'object', properties, additionalProperties: false, minProperties: 1, maxProperties: 1 }
  return { description, type: 'array', items: { anyOf: [{ enum: registry.names }, withOptions] } }
}

/** Options that stand in a section beside the name of the plug-in, whichever it is. */
export function optionsOfAny<P extends Plugin<unknown>>(registry: Registry<P>): Options {
  return Object.assign({}, ...registry.all.map((plugin) => schemaOf(plugin).properties)) as Options
}

function optionsOf(plugin: Plugin<unknown>, varies: boolean): JsonSchema {
  const { properties, required } = schemaOf(plugin)
  const options = Object.entries(properties).map(([option, value]) => {
    return [option, varies && !takesList(plugin.options, option) ? orList(value) : value]
  })
  return {
    description: plugin.summary,
    // Where nothing is required, the name may stand without options.
    type: required === undefined ? ['object', 'null'] : 'object',
    properties: Object.fromEntries(options),
    additionalProperties: false,
    ...(required === undefined ? {} : { required }),
  }
}

function schemaOf(plugin: Plugin<unknown>): { readonly properties: Options; readonly required?: readonly string[] } {
  const schema = z.toJSONSchema(plugin.options, { io: 'input', unrepresentable: 'any', override })
  const { properties = {}, required } = schema as { properties?: Options; required?: readonly string[] }
  return required === undefined ? { properties } : { properties, required }
}

/** Several values are several variants. */
function orList(value: JsonSchema): JsonSchema {
  const { description, default: initial, ...one } = value
  const texts = {
    ...(description === undefined ? {} : { description }),
    ...(initial === undefined ? {} : { default: initial }),
  }
  return { ...texts, anyOf: [one, { type: 'array', items: one, minItems: 1 }] }
}

/** The ends of the safe integers say nothing. */
function override({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum']
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum']
}
