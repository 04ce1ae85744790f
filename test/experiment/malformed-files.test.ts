/**
 * Files that are wrong, as users would bring them: each is refused with exactly the messages that malformed-messages.ts has for it, and by the
 * JSON Schema too if a schema can say what is wrong.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalog } from '../../src/catalog.js'
import { UserError } from '../../src/core/errors.js'
import { readWorkloadFile } from '../../src/experiment/file/workload-file.js'
import { parseSpec } from '../../src/experiment/spec.js'
import { BEYOND_SCHEMAS, MESSAGES } from './malformed-messages.js'
import { schemaErrors } from './schema/validator.js'

const FOLDER = 'test/experiment/malformed'
const FILES = readdirSync(FOLDER).filter((name) => /\.(yaml|json)$/.test(name))

/** `line:column: sentence` of each complaint. */
function complaintsOf(name: string): readonly string[] {
  const file = `${FOLDER}/${name}`
  try {
    parseSpec(readWorkloadFile(file), file, catalog)
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown
    const lines = thrown.message.split('\n')
    return lines.flatMap((line) => (line.startsWith(`${file}:`) ? [line.slice(file.length + 1)] : []))
  }
  return []
}

it('every message has its file', () => {
  expect(Object.keys(MESSAGES).sort()).toEqual(FILES.toSorted())
  expect(BEYOND_SCHEMAS.filter((name) => MESSAGES[name] === undefined)).toEqual([])
})

describe('a malformed file', () => {
  it.each(FILES)('%s is refused', (name) => {
    expect(complaintsOf(name)).toEqual(MESSAGES[name])
  })

  it.each(FILES.filter((name) => !BEYOND_SCHEMAS.includes(name)))('%s is refused by the schema', (name) => {
    expect(schemaErrors(readFileSync(`${FOLDER}/${name}`, 'utf8'))).not.toEqual([])
  })

  it.each(BEYOND_SCHEMAS)('%s is more than the schema can tell', (name) => {
    expect(schemaErrors(readFileSync(`${FOLDER}/${name}`, 'utf8'))).toEqual([])
  })
})
