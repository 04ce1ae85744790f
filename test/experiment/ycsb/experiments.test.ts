/** Properties inside a workload file, and properties run by themselves: what overrides what, what is noted, and where complaints point. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { catalog } from '../../../src/catalog.js'
import { plan } from '../../../src/experiment/plan.js'
import { parseSpec, type Spec } from '../../../src/experiment/spec.js'
import { SpecError } from '../../../src/experiment/spec-error.js'
import { holdsProperties } from '../../../src/experiment/ycsb/properties-experiment.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-ycsb-'))
  mkdirSync(join(folder, 'sub'))
  const files = {
    small: 'workload=core\nrecordcount=50\noperationcount=40\nreadproportion=0.5\nupdateproportion=0.5\n',
    'sub/large.properties': 'workload=core\nrecordcount=900\noperationcount=7\nreadproportion=1\nupdateproportion=0\n',
    unknown: '\nworkload=core\nrecordcount=50\noperationcount=40\nreadpropotion=1\n',
    huge: 'recordcount=21000000\noperationcount=40\nworkload=core\nreadproportion=1\nupdateproportion=0\n',
    'dots.properties': 'threadcount=0\n',
    'sub/sizes': 'recordcount=9\noperationcount=9\nfieldlengthdistribution=histogram\nfieldlengthhistogram=sizes.txt\n',
    'sub/sizes.txt': 'BlockSize\t10\n0\t3\n4\t1\n',
    'sub/gone': 'recordcount=9\noperationcount=9\nfieldlengthdistribution=histogram\nfieldlengthhistogram=gone.txt\n',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
})

function yaml(text: string, ...settings: readonly string[]): Spec {
  return parseSpec(`${text}\nstrategies: [lww]`, join(folder, 'x.yaml'), catalog, settings)
}

function properties(name: string, settings: readonly string[] = [], warn?: (complaint: string) => void): Spec {
  const path = join(folder, name)
  return parseSpec(readFileSync(path, 'utf8'), path, catalog, settings, warn)
}

function refusalOf(read: () => Spec): string {
  try {
    read()
  } catch (thrown) {
    if (thrown instanceof SpecError) return thrown.message
    throw thrown
  }
  throw new Error('The experiment was not refused.')
}

const workloadOf = (spec: Spec) => spec.points[0]?.workload
const notesOf = (spec: Spec): string => spec.notes.join('\n')

describe('properties in a workload file', () => {
  it('stand for its keys', () => {
    const spec = yaml('workload: { ycsb: small }')
    expect(workloadOf(spec)).toMatchObject({
      records: 50,
      operations: { read: 0.5, update: 0.5 },
      keys: { name: 'uniform', among: 'loaded' },
      fields: { count: 10, read: 'all', write: 'one' },
      values: '100B',
      arrivals: { kind: 'closed', sessions: 1, perSecond: null },
      count: 40,
    })
    expect(spec.points[0]?.phases).toMatchObject({ warmup: 0, duration: 300 * 3600e9 })
    expect([spec.name, spec.about]).toEqual(['x', 'YCSB core workload of small'])
    expect(spec.notes).toEqual([
      'small: taken from it are records: 50, operations: { read: 50%, update: 50% }, keys: { law: uniform, among: loaded }, fields: { count: 10, read: all, write: one }, values: 100B, arrivals: closed(1), count: 40, warmup: 0s, duration: 300h.',
    ])
  })

  it('are overridden by keys that are written out, fields one by one', () => {
    const spec = yaml(
      'duration: 9s\nworkload: { ycsb: small, records: 60, operations: { read: 90%, update: 10% }, fields: { write: all } }',
    )
    expect(workloadOf(spec)).toMatchObject({
      records: 60,
      operations: { read: 0.9, update: 0.1 },
      fields: { count: 10, read: 'all', write: 'all' },
      count: 40,
    })
    expect(spec.points[0]?.phases.duration).toBe(9e9)
    expect(notesOf(spec)).toContain(
      'small: overridden are records: 50, operations: { read: 50%, update: 50% }, fields: {',
    )
    expect(notesOf(spec)).toContain('duration: 300h.')
  })

  it('are overridden by settings', () => {
    const spec = yaml('workload: { ycsb: small }', 'workload.records=70', 'workload.fields.count=3', 'warmup=1s')
    expect(workloadOf(spec)).toMatchObject({ records: 70, fields: { count: 3, read: 'all', write: 'one' } })
    expect(spec.points[0]?.phases.warmup).toBe(1e9)
  })

  it('may be an axis, and be overridden by one', () => {
    const spec = yaml(
      'axes: { workload.ycsb: [small, sub/large.properties], workload.arrivals: [closed(2), closed(3)] }\nseeds: 1',
    )
    expect(spec.points.map(({ workload: { records, count, arrivals } }) => [records, count, arrivals])).toMatchObject([
      [50, 40, { sessions: 2 }],
      [50, 40, { sessions: 3 }],
      [900, 7, { sessions: 2 }],
      [900, 7, { sessions: 3 }],
    ])
    expect(plan(spec).map(({ id }) => id)[2]).toBe('lww/ycsb=sub_large.properties/arrivals=closed_2/1')
    expect(spec.notes.filter((note) => note.includes('taken from it'))).toHaveLength(2)
    expect(spec.notes.filter((note) => note.includes('overridden are arrivals: closed(1).'))).toHaveLength(2)
  })

  it('may name a histogram, which lies beside them', () => {
    expect(workloadOf(yaml('workload: { ycsb: sub/sizes }'))?.values).toBe('histogram(10B 3 0 0 0 1)')
    expect(workloadOf(properties('sub/sizes'))?.values).toBe('histogram(10B 3 0 0 0 1)')
    const refusal = refusalOf(() => yaml('workload: { ycsb: sub/gone }'))
    expect(refusal).toContain(`${join(folder, 'sub/gone')}:4:22: Cannot read "sub/gone.txt"`)
  })

  it('leave other files without notes', () => {
    expect(yaml('duration: 1s').notes).toEqual([])
  })
})

describe('complaints', () => {
  it.each([
    ['ycsb: gone', '1:19', 'Cannot read'],
    ['ycsb: sub', '1:19', 'it is a folder, not a file'],
    ['ycsb: [small]', '1:19', 'ycsb is the path of a YCSB properties file, not a list.'],
    ['ycsb: 3', '1:19', 'not 3.'],
    ['ycsbb: small', '1:13', 'workload has no key ycsbb (did you mean ycsb?)'],
  ])('of %s', (key, position, words) => {
    const refusal = refusalOf(() => yaml(`workload: { ${key} }`))
    expect(refusal).toContain(`x.yaml:${position}: `)
    expect(refusal).toContain(words)
  })

  it('show the line of the properties, whoever complains', () => {
    expect(refusalOf(() => yaml('workload: { ycsb: huge }'))).toBe(
      `${join(folder, 'huge')}:1:13: records is a whole number from 1 to 20000000, not 21000000.\n    recordcount=21000000\n                ^`,
    )
  })

  it('tell which axis brings the file', () => {
    const refusal = refusalOf(() => yaml('axes: { workload.ycsb: [small, huge] }'))
    expect(refusal).toContain('x.yaml:1:32: records is a whole number from 1 to 20000000')
    expect(refusal).toContain(`(line 1 of ${join(folder, 'huge')}, where workload.ycsb is "huge")`)
  })

  it('tell two files apart that have the same mistake', () => {
    const refusal = refusalOf(() => yaml('axes: { workload.ycsb: [unknown, dots.properties] }'))
    expect(refusal).toContain('YCSB has no property "readpropotion" (did you mean readproportion?)')
    expect(refusal).toContain('threadcount is a whole number from 1')
  })
})

describe('unknown properties', () => {
  it('are warnings where that is asked for, told once', () => {
    const complaints: string[] = []
    const spec = properties('unknown', ['axes.workload.records=[5, 6]'], (complaint) => complaints.push(complaint))
    expect(complaints).toEqual([
      `${join(folder, 'unknown')}:5:1: warning: YCSB has no property "readpropotion" (did you mean readproportion?); it is ignored.\n    readpropotion=1\n    ^`,
    ])
    expect(notesOf(spec)).toContain(
      'YCSB has no property "readpropotion" (did you mean readproportion?); it is ignored.',
    )
  })

  it('of a workload file stay errors', () => {
    const read = () => parseSpec('durration: 1s\nstrategies: [lww]', 'x.yaml', catalog, [], () => undefined)
    expect(refusalOf(read)).toContain('A workload file has no key durration')
  })
})

describe('properties run by themselves', () => {
  it('have three zones, the four base strategies and five seeds around them', () => {
    const spec = properties('small')
    expect(spec.name).toBe('small')
    expect(spec.points[0]?.zones.map(({ nodes }) => nodes)).toEqual([2, 2, 2])
    expect(spec.variants.map(({ label }) => label)).toEqual(['single-leader', 'lww', 'crdt', 'quorum'])
    expect(spec.seeds).toEqual([1, 2, 3, 4, 5])
    expect(workloadOf(spec)).toMatchObject({ records: 50, count: 40 })
    expect(properties('sub/large.properties').name).toBe('large')
  })

  it('take settings like any workload file', () => {
    const spec = properties('small', ['workload.records=9', 'strategies=[quorum]', 'seeds=2', 'name=mine'])
    expect(workloadOf(spec)?.records).toBe(9)
    expect(plan(spec).map(({ id }) => id)).toEqual(['quorum/1', 'quorum/2'])
    expect(spec.name).toBe('mine')
  })

  it('are complained of where they stand, and what is around them too', () => {
    expect(refusalOf(() => properties('unknown'))).toContain(`${join(folder, 'unknown')}:5:1: YCSB has no property`)
    const wrong = refusalOf(() => properties('small', ['topology.zones.az-1.nodes=-1']))
    expect(wrong).toContain('--set topology.zones.az-1.nodes=-1: nodes is a whole number from 0')
  })

  it('are told from YAML by their ending, or by their first line', () => {
    expect(holdsProperties('x.properties', 'a: b')).toBe(true)
    expect(holdsProperties('x.yaml', 'a=b')).toBe(false)
    expect(holdsProperties('x.JSON', 'a=b')).toBe(false)
    expect(holdsProperties('workloada', '# name: x\n! y\n\n  read.all = 1\nb: c')).toBe(true)
    expect(holdsProperties('workloada', '# a=b\nname: x=y')).toBe(false)
    expect(holdsProperties('workloada', '')).toBe(false)
  })
})
