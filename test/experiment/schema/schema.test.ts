/**
 * The schema that ships is the one that the code makes, takes every workload file that there is, and has the keys that the parser has. After a
 * change of keys, options or registries `npm run schema` writes it anew.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SHIPPED } from '../../shipped-workloads.js'
import { refusalOf } from '../specs.js'
import { schema, schemaErrors } from './validator.js'

const README = [...readFileSync('README.md', 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)].map(
  (match) => match[1] as string,
)

interface Section {
  readonly properties: Readonly<Record<string, Section>>
  readonly additionalProperties: Section
  readonly anyOf: readonly Section[]
}

const { properties } = schema as unknown as Section
const { topology, node, client, workload } = properties as Readonly<
  Record<'topology' | 'node' | 'client' | 'workload', Section>
>
const S = 'strategies: [lww]'

/** A section of the schema, and a file with an unknown key in it. */
const SECTIONS: readonly (readonly [string, Section | undefined, string])[] = [
  ['the file', { properties } as Section, `x: 1\n${S}`],
  ['topology', topology, `topology: {preset: aws, x: 1}\n${S}`],
  ['a zone', topology.properties['zones']?.additionalProperties, `topology: {zones: {a: {x: 1}}}\n${S}`],
  ['a link', topology.properties['links']?.additionalProperties.anyOf[1], `topology: {links: {local: {x: 1}}}\n${S}`],
  ['node', node, `node: {x: 1}\n${S}`],
  ['node.clock', node.properties['clock'], `node: {clock: {x: 1}}\n${S}`],
  ['node.disk', node.properties['disk'], `node: {disk: {x: 1}}\n${S}`],
  ['client', client, `client: {x: 1}\n${S}`],
  ['workload', workload, `workload: {x: 1}\n${S}`],
  ['keys', workload.properties['keys']?.anyOf[1], `workload: {keys: {law: uniform, x: 1}}\n${S}`],
  ['operations', workload.properties['operations'], `workload: {operations: {read: 100%, x: 1}}\n${S}`],
  ['fields', workload.properties['fields'], `workload: {fields: {x: 1}}\n${S}`],
  ['read-back', workload.properties['read-back'], `workload: {read-back: {x: 1}}\n${S}`],
]

it('workloads/workload.schema.json is what the code makes', async () => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../../workloads/workload.schema.json')
})

describe('the schema', () => {
  it.each(SHIPPED)('takes workloads/$name', ({ text }) => {
    expect(schemaErrors(text)).toEqual([])
  })

  it.each(README)('takes an example of the README: %s', (text) => {
    expect(schemaErrors(text)).toEqual([])
  })

  it.each(SECTIONS)('has the keys of %s that the parser takes', (_, section, text) => {
    const [, keys = ''] = / has no key x\b.*; it takes (.*)\.$/m.exec(refusalOf(text)) ?? []
    expect(Object.keys(section?.properties ?? {}).sort()).toEqual(keys.split(', ').sort())
  })

  it.each([
    ['sections without a value', `topology:\nnode:\nclient:\nworkload:\nfaults:\naxes:\n${S}`],
    ['zones without a value', `topology: {zones: {a:}, links:}\n${S}`],
    ['a list of seeds', `seeds: [3, 1]\n${S}`],
    ['strategies without options', 'strategies:\n  - lww:\n  - crdt: {}'],
    ['a count as a law', `workload: {scan-length: 10}\n${S}`],
    ['strategies from an axis', 'axes: {strategies: [[lww], [crdt]]}'],
  ])('takes %s', (_, text) => {
    expect(schemaErrors(text)).toEqual([])
  })
})
