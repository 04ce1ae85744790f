/** The schema of workload files, compiled, and texts as it sees them. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { catalog } from '../../../src/catalog.js'
import { experimentSchema } from '../../../src/experiment/schema/experiment-schema.js'

export const schema = experimentSchema(catalog)

const validate = new Ajv2020({ allowUnionTypes: true, allErrors: true }).compile(schema)

/** What the schema has against the text, a line for each; nothing if it validates. Text that is no YAML at all counts too. */
export function schemaErrors(text: string): readonly string[] {
  if (validate(parsed(text))) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'}: ${message}`)
}

function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' })
  } catch {
    return text
  }
}
