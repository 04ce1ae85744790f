/** `workload` as parts/workload.ts and those that it calls read it. */
import type { Catalog } from '../../catalog.js'
import { OPERATION_NAMES } from '../../history/operation-kinds.js'
import { OVERLOAD_POLICIES } from '../parts/overload.js'
import { MOST_TIMES } from '../parts/read-back.js'
import { MOST_FIELDS, MOST_OPERATIONS, MOST_RECORDS } from '../parts/workload.js'
import { choice, type JsonSchema, section, whole } from './json-schema.js'
import { call, duration, law, percent } from './quantities.js'

const operations: JsonSchema = {
  description: 'The share of each operation; they sum to 100%',
  type: 'object',
  properties: Object.fromEntries(OPERATION_NAMES.map((name) => [name, percent(`Share of ${name}`)])),
  additionalProperties: false,
  minProperties: 1,
}

const readBack = section('Writes that are read again by another client, to measure staleness', {
  share: percent('Share of the acknowledged writes that are read back', '100%'),
  after: {
    description: 'How long after the acknowledgement: a law, or a list of times',
    anyOf: [
      law('How long after', 'time'),
      { type: 'array', items: duration('A time after the acknowledgement'), minItems: 1, maxItems: MOST_TIMES },
    ],
  },
})

const fields = section('What a record consists of; without it a record is one value', {
  count: whole('Fields of a record', 1, MOST_FIELDS, 1),
  read: choice('How much of a record a read returns', ['all', 'one'], 'all'),
  write: choice('How much of a record an update writes', ['all', 'one'], 'all'),
})

const keys = (names: readonly string[]): JsonSchema => {
  const law = call('The law by which records are chosen, such as zipfian(0.99)', names, 'zipfian')
  const { description, default: initial, ...one } = law
  const apart = section('The law with the locality of clients and the records that it is over', {
    law,
    locality: percent("Share of operations on records whose home is the client's zone"),
    among: choice('Whether the law is over all records or over those that were loaded', ['all', 'loaded'], 'all'),
  })
  return { description, default: initial, anyOf: [one, apart] }
}

export function workload({ keyDistributions, arrivals }: Catalog): JsonSchema {
  return section('Which operations come, how often, on which keys, and how large values are', {
    ycsb: { description: 'A YCSB properties file, which the other keys override', type: 'string' },
    records: whole('Records that are loaded before the run', 1, MOST_RECORDS, 10_000),
    operations,
    keys: keys(keyDistributions.names),
    fields,
    values: law("Size of a field's value", 'bytes', '100B'),
    'scan-length': law('How many records a scan covers', 'count', 'uniform(1 100)'),
    arrivals: call(
      'When operations arrive: poisson(2000/s), or sessions that wait for answers, closed(64 think 5ms)',
      [...arrivals.names, 'closed'],
      'poisson(1000/s)',
    ),
    overload: call(
      'What becomes of an arrival while so many operations are under way; absent: there is no limit',
      OVERLOAD_POLICIES,
    ),
    'read-back': readBack,
    count: whole('The load also ends after so many arrivals', 1, MOST_OPERATIONS),
  })
}
