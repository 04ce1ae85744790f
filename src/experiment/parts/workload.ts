/** `workload`: which operations come, how often, on which keys, and how large the values are. */
import type { Catalog } from '../../catalog.js'
import { OPERATION_NAMES } from '../../history/operation-kinds.js'
import type { CellFields, CellWorkload } from '../cell.js'
import type { Section } from '../file/section.js'
import { readArrivals } from './arrivals.js'
import { readKeys } from './keys.js'
import { LATER } from './later.js'
import { readOverload } from './overload.js'
import { readReadBack } from './read-back.js'
import { sharesComplaint } from './shares.js'

const DEFAULT_MIX = { read: 0.5, update: 0.5 }
export const MOST_RECORDS = 20_000_000
export const MOST_FIELDS = 1000
export const MOST_OPERATIONS = 1_000_000_000

/** `clientZones` is the number of zones in which clients live, if the topology tells. */
export function readWorkload(
  workload: Section,
  { keyDistributions, arrivals }: Catalog,
  clientZones: number | undefined,
): CellWorkload {
  const records = workload.whole('records', 10_000, 1, MOST_RECORDS)
  const read: CellWorkload = {
    records,
    operations: workload.has('operations') ? readMix(workload) : DEFAULT_MIX,
    keys: readKeys(workload, keyDistributions, { records, zones: clientZones }),
    fields: readFields(workload.section('fields')),
    values: workload.law('values', 'bytes', '100B'),
    scanLength: workload.law('scan-length', 'count', 'uniform(1 100)'),
    arrivals: readArrivals(workload, arrivals),
    overload: readOverload(workload),
    readBack: workload.has('read-back') ? readReadBack(workload.section('read-back')) : null,
    count: workload.has('count') ? workload.whole('count', 1, 1, MOST_OPERATIONS) : null,
  }
  // What its properties stand for is here already (ycsb/ycsb-files.ts).
  workload.value('ycsb')
  workload.end()
  if (read.overload !== null && read.arrivals.kind === 'closed')
    workload.complain('overload', 'closed arrivals never exceed their sessions; leave overload out')
  return read
}

/** Without any, a record is one value. */
function readFields(fields: Section): CellFields {
  const read: CellFields = {
    count: fields.whole('count', 1, 1, MOST_FIELDS),
    read: fields.choice('read', ['all', 'one'], 'all'),
    write: fields.choice('write', ['all', 'one'], 'all'),
  }
  fields.end()
  return read
}

function readMix(workload: Section): CellWorkload['operations'] {
  const before = workload.reading.problems.count
  const mix = workload.section('operations')
  const shares = OPERATION_NAMES.map((name) => [name, mix.percent(name, 0)] as const)
  mix.end(LATER.operations)
  const given = shares.filter(([name]) => mix.has(name)).map(([, share]) => share)
  const complaint = sharesComplaint('The operations', given)
  if (complaint === undefined) return Object.fromEntries(shares.filter(([, share]) => share > 0))
  if (workload.reading.problems.count === before) workload.complain('operations', complaint)
  return DEFAULT_MIX
}
