/**
 * The few forms of JSON Schema (draft 2020-12) that the schema of workload files is made of. Everything that the parser accepts the schema
 * accepts, so that no editor underlines what runs; what no schema can say (sums, other keys' values, the grammar of laws) is left to
 * the parser. Descriptions are what an editor shows at a key.
 */

export type JsonSchema = Readonly<Record<string, unknown>>

/** A mapping with these keys and no other; a section may also be left empty. */
export function section(description: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { description, type: ['object', 'null'], properties, additionalProperties: false }
}

/** A mapping whose keys the user invents. */
export function mapping(description: string, value: JsonSchema): JsonSchema {
  return { description, type: ['object', 'null'], additionalProperties: value }
}

export const described = (schema: JsonSchema, description: string): JsonSchema => ({ ...schema, description })

export function whole(description: string, minimum: number, maximum: number, initial?: number): JsonSchema {
  return { description, type: 'integer', minimum, maximum, ...(initial === undefined ? {} : { default: initial }) }
}

export function choice(description: string, words: readonly string[], initial?: string): JsonSchema {
  return { description, enum: words, ...(initial === undefined ? {} : { default: initial }) }
}

export const flag = (description: string): JsonSchema => ({ description, type: 'boolean', default: false })
