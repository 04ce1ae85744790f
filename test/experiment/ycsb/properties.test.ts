/**
 * Every property that YCSB's core workload and client have, and those that go-ycsb adds: each is honoured, which another value shows, or refused
 * where it asks for what is missing, or idle and named in the notes with the reason.
 */
import { describe, expect, it } from 'vitest'
import { GUARDED, HONOURED, IDLE, INTERVAL, KNOWN } from '../../../src/experiment/ycsb/properties.js'
import { LEAST, meaningOf, refusalOf } from './sheets.js'

/** `CoreWorkload` of YCSB 0.18. */
const CORE_WORKLOAD = `
  table fieldcount fieldnameprefix fieldlength minfieldlength fieldlengthdistribution fieldlengthhistogram
  readallfields readallfieldsbyname writeallfields dataintegrity
  readproportion updateproportion insertproportion scanproportion readmodifywriteproportion
  requestdistribution minscanlength maxscanlength scanlengthdistribution
  insertorder zeropadding insertstart insertcount hotspotdatafraction hotspotopnfraction
  exponential.percentile exponential.frac
  core_workload_insertion_retry_limit core_workload_insertion_retry_interval core_workload_insertion_keep_going_on_error`

/** `Client`, `Measurements` and the stores that come with them. */
const CLIENT = `
  recordcount operationcount workload db threadcount target maxexecutiontime dotransactions status status.interval label
  exporter exportfile spin.sleep measurementtype measurement.interval hdrhistogram.percentiles hdrhistogram.fileoutput
  hdrhistogram.output.path measurement.histogram.verbose histogram.buckets timeseries.granularity
  measurement.raw.output_file measurement.raw.no_summary measurement.trackjvm
  reportlatencyforeacherror latencytrackederrors
  basicdb.verbose basicdb.simulatedelay basicdb.randomizedelay basicdb.count gbudb.delays`

const GO_YCSB = `
  warmuptime outputstyle measurement.output_file keyprefix batch.size silence dropdata
  histogram.percentiles.export histogram.percentiles.export.filepath`

const ALL = `${CORE_WORKLOAD} ${CLIENT} ${GO_YCSB}`.trim().split(/\s+/)

/** What another value than the default changes, with what it needs beside it. */
const HONOURED_AT: Readonly<Record<keyof typeof HONOURED, string>> = {
  workload: 'workload=x',
  label: 'label=of the shop',
  recordcount: 'recordcount=999',
  insertstart: 'insertstart=10',
  insertcount: 'insertcount=10',
  operationcount: 'operationcount=7',
  maxexecutiontime: 'maxexecutiontime=60',
  warmuptime: 'warmuptime=5',
  threadcount: 'threadcount=8',
  target: 'target=100',
  readproportion: 'readproportion=0.5',
  updateproportion: 'updateproportion=0',
  insertproportion: 'insertproportion=0.1',
  scanproportion: 'scanproportion=0.1',
  readmodifywriteproportion: 'readmodifywriteproportion=0.1',
  requestdistribution: 'requestdistribution=latest',
  hotspotdatafraction: 'requestdistribution=hotspot\nhotspotdatafraction=0.1',
  hotspotopnfraction: 'requestdistribution=hotspot\nhotspotopnfraction=0.1',
  'exponential.percentile': 'requestdistribution=exponential\nexponential.percentile=90',
  'exponential.frac': 'requestdistribution=exponential\nexponential.frac=0.5',
  minscanlength: 'scanproportion=1\nminscanlength=5',
  maxscanlength: 'scanproportion=1\nmaxscanlength=5',
  scanlengthdistribution: 'scanproportion=1\nscanlengthdistribution=zipfian',
  fieldcount: 'fieldcount=3',
  minfieldlength: 'fieldlengthdistribution=uniform\nminfieldlength=50',
  fieldlength: 'fieldlength=20',
  fieldlengthdistribution: 'fieldlengthdistribution=zipfian',
  fieldlengthhistogram: 'fieldlengthdistribution=histogram\nfieldlengthhistogram=mine.txt',
  readallfields: 'readallfields=false',
  writeallfields: 'writeallfields=true',
}

/** What the notes tell of these lines. */
function noteOf(lines: string): string {
  const before = meaningOf(LEAST).notes
  return meaningOf(LEAST + lines)
    .notes.filter((note) => !before.includes(note))
    .join('\n')
}

/** The same lines without the property itself. */
const without = (name: string, lines: string): string =>
  lines
    .split('\n')
    .filter((line) => !line.startsWith(`${name}=`))
    .join('\n')

const keysOf = (text: string): unknown => {
  const { workload, beside } = meaningOf(`${LEAST}${text}\n`)
  return { ...workload, ...beside }
}

describe('every property', () => {
  it('is in one table, and the tables have no others', () => {
    const tables = [...Object.keys(HONOURED), ...Object.keys(GUARDED), ...Object.keys(IDLE), INTERVAL]
    expect(tables.toSorted()).toEqual([...new Set(ALL)].toSorted())
    expect(KNOWN).toEqual(tables)
  })

  it.each(Object.entries(HONOURED_AT).filter(([name]) => name !== 'workload'))('%s is honoured', (name, lines) => {
    expect(keysOf(lines)).not.toEqual(keysOf(without(name, lines)))
  })

  it('workload is honoured: it names the core workload', () => {
    for (const name of ['site.ycsb.workloads.CoreWorkload', 'com.yahoo.ycsb.workloads.CoreWorkload', 'core']) {
      expect(meaningOf(`${LEAST}workload=${name}`).notes).toEqual(meaningOf(`${LEAST}workload=core`).notes)
    }
    expect(refusalOf(`${LEAST}workload=site.ycsb.workloads.RestWorkload`)).toContain('w:3:10: workload is site.ycsb.')
  })

  it.each([
    ['dataintegrity', 'true', 'false'],
    ['dotransactions', 'FALSE', 'TRUE'],
    ['batch.size', '10', '1'],
  ])('%s is refused at %s and changes nothing at %s', (name, refused, allowed) => {
    const refusal = refusalOf(`${LEAST}${name}=${refused}`)
    expect(refusal).toContain(`w:3:${name.length + 2}: ${name}`)
    expect(refusal).toContain('leave the property out')
    expect(meaningOf(`${LEAST}${name}=${allowed}`)).toEqual(meaningOf(LEAST))
  })

  it.each(Object.entries(IDLE))('%s changes nothing, and the notes say why', (name, why) => {
    const line = `${name}=anything at all`
    expect(keysOf(line)).toEqual(keysOf(''))
    expect(noteOf(line)).toBe(`${name} changes nothing: ${why}`)
  })

  it('measurement.interval is a word in YCSB and a number in go-ycsb', () => {
    for (const value of ['op', 'intended', 'both']) {
      expect(noteOf(`${INTERVAL}=${value}`)).toBe(
        `${INTERVAL}=${value} changes nothing: latency always counts from the intended start of an operation`,
      )
    }
    expect(noteOf(`${INTERVAL}=10`)).toMatch(/^measurement.interval=10 \(of go-ycsb\) changes nothing/)
    expect(refusalOf(`${LEAST}${INTERVAL}=opp`)).toContain('a whole number of seconds (did you mean op?), not "opp".')
  })

  it('shares a note with those that are idle for the same reason', () => {
    const note = noteOf('table=t\nzeropadding=3\nfieldnameprefix=f')
    expect(note).toMatch(/^table, zeropadding and fieldnameprefix change nothing: records here are numbers/)
  })
})
