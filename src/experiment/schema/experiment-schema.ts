/**
 * The JSON Schema of a workload file, for editors and other tools; it ships as `workloads/workload.schema.json`. Keys, limits and descriptions stand in
 * this folder, one file for each section, options of plug-ins come from the plug-ins. A test holds it to the parser: the same keys
 * in every section, and nothing refused that the parser accepts.
 */
import type { Catalog } from '../../catalog.js'
import { LONGEST_GATE } from '../gates/gate-text.js'
import { MOST_GATES } from '../gates/read-gates.js'
import { MOST_SEEDS } from '../parts/seeds.js'
import { MOST_EVENTS } from '../point.js'
import { client } from './client.js'
import { flag, type JsonSchema, whole } from './json-schema.js'
import { entries, varyingEntries } from './plugins.js'
import { duration } from './quantities.js'
import { node, topology } from './topology.js'
import { workload } from './workload.js'

const seeds: JsonSchema = {
  description: 'How many seeds, which are then 1, 2, 3 and so on, or a list of them',
  anyOf: [
    whole('How many', 1, MOST_SEEDS),
    {
      type: 'array',
      items: whole('A seed', 0, Number.MAX_SAFE_INTEGER),
      minItems: 1,
      maxItems: MOST_SEEDS,
      uniqueItems: true,
    },
  ],
  default: 10,
}

const axes: JsonSchema = {
  description: 'Paths into the file, such as workload.records, each with the values that take turns there',
  type: ['object', 'null'],
  additionalProperties: { type: 'array', minItems: 1 },
  propertyNames: { not: { pattern: '^(?:name|about|seeds|axes|skip-impossible)(?:\\.|$)' } },
}

const gates: JsonSchema = {
  description: 'Bounds that end a run with exit code 3 where they do not hold: read.p99 < 50ms where strategy = quorum',
  type: ['array', 'null'],
  items: { type: 'string', maxLength: LONGEST_GATE },
  maxItems: MOST_GATES,
  uniqueItems: true,
}

export function experimentSchema(catalog: Catalog): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A workload file of Quorate',
    type: 'object',
    properties: {
      name: { description: 'Names the folder of the results', type: 'string', pattern: '^\\w[\\w.-]{0,99}$' },
      about: { description: 'Which real application this stands for', type: 'string' },
      seeds,
      duration: duration('Virtual time that is measured', '20s'),
      warmup: duration('Virtual time before it that is left out', '2s'),
      settle: duration('The longest that settling may take after the load ends', '60s'),
      topology: topology(catalog),
      node: node(catalog),
      client,
      workload: workload(catalog),
      strategies: {
        ...varyingEntries(
          '/properties/strategies',
          catalog.strategies,
          catalog.presets,
          'The strategies to compare; an option with a list stands for several variants',
        ),
        minItems: 1,
      },
      faults: orEmpty(entries(catalog.faults, 'What goes wrong in every cell, and when')),
      axes,
      gates,
      'skip-impossible': flag('Leave out variants that are impossible instead of refusing the file'),
      'event-limit': whole('A cell fails beyond so many events', 1, MOST_EVENTS, 1_000_000_000),
    },
    // An axis may bring the strategies.
    anyOf: [{ required: ['strategies'] }, { required: ['axes'] }],
    additionalProperties: false,
  }
}

const orEmpty = (schema: JsonSchema): JsonSchema => ({ ...schema, type: [schema['type'], 'null'] })
