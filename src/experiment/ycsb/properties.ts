/**
 * All properties of YCSB's core workload and client, and those that go-ycsb adds, with their defaults (YCSB 0.18: `CoreWorkload`, `Client`,
 * `Measurements`, and the `prop` package of go-ycsb). Each is in exactly one of three tables: honoured, so it becomes part of
 * the workload (translate.ts); guarded, so it is allowed at a value that asks for nothing that is missing here; or idle, so it may be
 * anything, changes nothing in a simulation, and the report says why. Whatever is in none of them is unknown.
 */
import { decimal, flag, type Kind, text, whole, word } from './kinds.js'

export const REQUEST_DISTRIBUTIONS = ['uniform', 'zipfian', 'latest', 'hotspot', 'sequential', 'exponential'] as const

/** Of the core workload, in YCSB since 0.13 and before, and in go-ycsb. */
const CORE = ['site.ycsb.workloads.CoreWorkload', 'com.yahoo.ycsb.workloads.CoreWorkload', 'core'] as const

export const HONOURED = {
  workload: word('site.ycsb.workloads.CoreWorkload', CORE),
  label: text(''),
  recordcount: whole(0),
  insertstart: whole(0),
  /** Left out, it is what `insertstart` leaves of `recordcount`. */
  insertcount: whole(0),
  operationcount: whole(0),
  maxexecutiontime: whole(0),
  warmuptime: whole(0),
  threadcount: whole(1, 1),
  target: whole(0),
  readproportion: decimal(0.95, 0, Infinity),
  updateproportion: decimal(0.05, 0, Infinity),
  insertproportion: decimal(0, 0, Infinity),
  scanproportion: decimal(0, 0, Infinity),
  readmodifywriteproportion: decimal(0, 0, Infinity),
  requestdistribution: word('uniform', REQUEST_DISTRIBUTIONS),
  hotspotdatafraction: decimal(0.2, 0, 1),
  hotspotopnfraction: decimal(0.8, 0, 1),
  'exponential.percentile': decimal(95, 0, 100),
  /** YCSB's comment says 1/7; what it does is 6/7. */
  'exponential.frac': decimal(0.8571428571, 0, 1),
  minscanlength: whole(1, 1),
  maxscanlength: whole(1000, 1),
  scanlengthdistribution: word('uniform', ['uniform', 'zipfian']),
  fieldcount: whole(10, 1),
  minfieldlength: whole(1, 1),
  fieldlength: whole(100, 1),
  fieldlengthdistribution: word('constant', ['constant', 'uniform', 'zipfian', 'histogram']),
  fieldlengthhistogram: text('hist.txt'),
  readallfields: flag(true),
  writeallfields: flag(false),
}

export interface Guard {
  /** Whether the value asks for nothing that is missing here. */
  allows(value: unknown): boolean
  readonly kind: Kind<unknown>
  /** A sentence: what is missing, and what to do. */
  readonly refusal: string
}

export const GUARDED: Readonly<Record<string, Guard>> = {
  dataintegrity: {
    kind: flag(false),
    allows: (value) => value === false,
    refusal:
      'dataintegrity=true is not honoured: a value here is the write that it came from, and every read is checked against it; leave the property out',
  },
  dotransactions: {
    kind: flag(true),
    allows: (value) => value === true,
    refusal:
      'dotransactions=false is the load phase, which is not simulated: the records are there from the start; leave the property out',
  },
  'batch.size': {
    kind: whole(1, 1),
    allows: (value) => value === 1,
    refusal:
      'batch.size beyond 1 is not honoured: an operation here is on one record, or a scan; leave the property out',
  },
}

const NAMES = 'records here are numbers, in one table and without names'
const ORDER = 'records here are numbers in the order of their insertion, whatever the order of names would be'
const ALL_FIELDS = 'a read of all fields and a read that names all of them are the same here'
const LOAD_ONLY = 'the load phase, which it is about, is not simulated'
const DATABASE = 'the strategies of the experiment stand in the place of a database'
const OUTPUT = 'what is printed and written, and where, is said on the command line'
const MEASURED = 'histograms of every latency and all percentiles of it are always kept, each failure by its reason'
const WAITING = 'time is simulated, and nobody waits'

/** Why each of them changes nothing. */
export const IDLE: Readonly<Record<string, string>> = {
  table: NAMES,
  fieldnameprefix: NAMES,
  zeropadding: NAMES,
  keyprefix: NAMES,
  insertorder: ORDER,
  readallfieldsbyname: ALL_FIELDS,
  core_workload_insertion_retry_limit: LOAD_ONLY,
  core_workload_insertion_retry_interval: LOAD_ONLY,
  core_workload_insertion_keep_going_on_error: LOAD_ONLY,
  dropdata: LOAD_ONLY,
  db: DATABASE,
  'basicdb.verbose': DATABASE,
  'basicdb.simulatedelay': DATABASE,
  'basicdb.randomizedelay': DATABASE,
  'basicdb.count': DATABASE,
  'gbudb.delays': DATABASE,
  status: OUTPUT,
  'status.interval': OUTPUT,
  exporter: OUTPUT,
  exportfile: OUTPUT,
  outputstyle: OUTPUT,
  'measurement.output_file': OUTPUT,
  silence: OUTPUT,
  'spin.sleep': WAITING,
  'measurement.trackjvm': WAITING,
  measurementtype: MEASURED,
  'hdrhistogram.percentiles': MEASURED,
  'hdrhistogram.fileoutput': MEASURED,
  'hdrhistogram.output.path': MEASURED,
  'measurement.histogram.verbose': MEASURED,
  'histogram.buckets': MEASURED,
  'histogram.percentiles.export': MEASURED,
  'histogram.percentiles.export.filepath': MEASURED,
  'timeseries.granularity': MEASURED,
  'measurement.raw.output_file': MEASURED,
  'measurement.raw.no_summary': MEASURED,
  reportlatencyforeacherror: MEASURED,
  latencytrackederrors: MEASURED,
}

/** One name with two meanings: in YCSB what latency counts from, in go-ycsb the seconds between two lines of status. */
export const INTERVAL = 'measurement.interval'

export const INTERVALS = ['op', 'intended', 'both'] as const

export const KNOWN: readonly string[] = [
  ...Object.keys(HONOURED),
  ...Object.keys(GUARDED),
  ...Object.keys(IDLE),
  INTERVAL,
]
