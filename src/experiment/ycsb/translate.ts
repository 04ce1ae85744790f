/**
 * From the properties of a YCSB file to the keys of a workload file that stand for them, so that the same readers check both and complaints
 * point at the property. What depends on several properties is worked out as YCSB's `CoreWorkload` and `Client` do.
 */
import { LONGEST_DURATION_TEXT } from '../../core/units.js'
import type { Problems } from '../file/problems.js'
import type { Leaf, Mapping } from '../file/tree.js'
import { fieldLengths, scanLengths } from './lengths.js'
import { operationMix } from './operation-mix.js'
import type { Entries } from './overrides.js'
import { keys, records } from './requested-records.js'
import type { Values } from './sheet.js'
import { entriesOf, leaf, mapping, shortNumber } from './trees.js'

export interface Translating {
  readonly values: Values
  readonly where: Whereabouts
  /** Keys of the workload file that are written out there: of those nothing need be known here. */
  readonly overridden: Pick<Entries, 'has' | 'get'>
  readonly problems: Problems
  /** Takes what a reader of the report should know, as sentences without a full stop. */
  readonly notes: string[]
}

export interface Whereabouts {
  /** The properties file as the workload file calls it. */
  readonly name: string
  /** Their paths. */
  readonly file: string
  readonly workloadFile: string
}

export interface Translation {
  /** Keys of the section `workload`. */
  readonly workload: Entries
  /** Keys beside it. */
  readonly beside: Entries
}

export function translate(translating: Translating): Translation {
  const { operationcount, warmuptime, scanproportion, label, workload } = translating.values
  const { name } = translating.where
  const count = { count: leaf(operationcount.value, operationcount.place) }
  const scans = scanproportion.value > 0 || translating.overridden.has('operations')
  return {
    workload: entriesOf({
      records: records(translating),
      operations: operationMix(translating),
      keys: keys(translating),
      fields: fields(translating),
      values: fieldLengths(translating),
      ...(scans ? { 'scan-length': scanLengths(translating) } : {}),
      arrivals: arrivals(translating),
      ...(operationcount.value > 0 ? count : {}),
    }),
    beside: entriesOf({
      about: label.isGiven ? leaf(label.value, label.place) : leaf(`YCSB core workload of ${name}`, workload.place),
      warmup: leaf(`${warmuptime.value}s`, warmuptime.place),
      duration: duration(translating),
    }),
  }
}

function fields({ values: { fieldcount, readallfields, writeallfields } }: Translating): Mapping {
  const amount = (isAll: boolean): string => (isAll ? 'all' : 'one')
  return mapping(
    {
      count: leaf(fieldcount.value, fieldcount.place),
      read: leaf(amount(readallfields.value), readallfields.place),
      write: leaf(amount(writeallfields.value), writeallfields.place),
    },
    fieldcount.place,
  )
}

/** YCSB divides `target` among the threads, of which it then starts no more than there are operations. */
function arrivals({ values: { threadcount, target, operationcount }, notes }: Translating): Leaf {
  const threads = threadcount.value
  const sessions = operationcount.value > 0 ? Math.min(threads, operationcount.value) : threads
  if (sessions < threads) notes.push(`as in YCSB, there are no more threads than operations: ${sessions}`)
  const pace = target.value > 0 ? ` at ${shortNumber((target.value / threads) * sessions)}/s` : ''
  return leaf(`closed(${sessions}${pace})`, threadcount.isGiven ? threadcount.place : target.place)
}

/** Where the number of operations alone ends the load, the longest there is. */
function duration({ values: { maxexecutiontime, operationcount }, overridden, problems }: Translating): Leaf {
  if (maxexecutiontime.value > 0) return leaf(`${maxexecutiontime.value}s`, maxexecutiontime.place)
  if (operationcount.value === 0 && !overridden.has('duration') && !overridden.has('count')) {
    const endless = 'Without operationcount and maxexecutiontime, or with 0 for both, YCSB runs until it is stopped'
    problems.add(operationcount.place, `${endless}; give one of them`)
  }
  return leaf(LONGEST_DURATION_TEXT, operationcount.place)
}
