/** Gates as a workload file has them: what they mean, which cells they are for, and at which column each mistake is told. */
import { describe, expect, it } from 'vitest'
import { isFor } from '../../src/experiment/gates/gate.js'
import { plan } from '../../src/experiment/plan.js'
import type { Spec } from '../../src/experiment/spec.js'
import { refusalOf, specOf } from './specs.js'

const FILE = `
seeds: 2
topology: { zones: { us: { nodes: 3 }, eu: { nodes: 3 } }, links: { us--eu: 10ms } }
strategies: [lww, { quorum: { r: [1, 2] } }]
axes: { workload.operations: [{ read: 50%, update: 50% }, { read: 95%, update: 5% }], workload.records: [10, 20] }
`

const withGates = (...gates: readonly string[]): Spec => specOf(`${FILE}gates: ${JSON.stringify(gates)}`)

/** Ids without axes and seeds of the cells that the gate is for. */
function cellsOf(text: string): readonly string[] {
  const spec = withGates(text)
  const cells = plan(spec).filter(({ id, strategy }) => isFor(spec.gates[0] as Spec['gates'][0], id, strategy.name))
  return cells.map(({ id }) => id)
}

describe('a gate', () => {
  it.each([
    ['read.p99 < 50ms', { measure: 'read.p99', comparison: '<', bound: 50 }],
    ['read.p99@us <= 1.5s', { measure: 'read.p99@us', comparison: '<=', bound: 1500 }],
    ['write.mean>250us', { measure: 'write.mean', comparison: '>', bound: 0.25 }],
    ['stale.ratio < 1%', { measure: 'stale.ratio', comparison: '<', bound: 0.01 }],
    ['availability >= 0.999', { measure: 'availability', comparison: '>=', bound: 0.999 }],
    ['throughput.ok >= 1900/s', { measure: 'throughput.ok', comparison: '>=', bound: 1900 }],
    ['wan.bytes-per-op < 2KB', { measure: 'wan.bytes-per-op', comparison: '<', bound: 2000 }],
    ['messages.per-op < 6.5', { measure: 'messages.per-op', comparison: '<', bound: 6.5 }],
    ['stale.versions.max <= 0', { measure: 'stale.versions.max', comparison: '<=', bound: 0 }],
  ])('%s has its bound in the unit of the measure', (text, expected) => {
    expect(withGates(text).gates[0]).toMatchObject({ text, ...expected })
  })

  it('is for all cells unless it says which', () => {
    expect(cellsOf('read.p99 < 1s')).toHaveLength(24)
    expect(cellsOf('read.p99 < 1s where strategy = quorum')).toHaveLength(16)
    const ofVariant = cellsOf('read.p99 < 1s where variant = quorum_r=1')
    expect(new Set(ofVariant.map((id) => id.split('/')[0]))).toEqual(new Set(['quorum_r=1']))
    expect(cellsOf('read.p99 < 1s where variant = quorum r=1')).toEqual(ofVariant)
    expect(
      cellsOf('read.p99 < 1s where records = 20 and variant = quorum r=1 and operations = read=95%_update=5%'),
    ).toEqual([
      'quorum_r=1/operations=read=95%_update=5%/records=20/1',
      'quorum_r=1/operations=read=95%_update=5%/records=20/2',
    ])
  })

  it('may come from the command line', () => {
    expect(specOf(FILE, 'gates=["read.p99 < 9ms"]').gates).toHaveLength(1)
    expect(refusalOf(FILE, 'gates=["read.p9 < 9ms"]')).toMatch(/^--set gates=.*: There is no measure read\.p9/)
  })

  it('is absent where the file has none', () => {
    expect(specOf(FILE).gates).toEqual([])
    expect(specOf(`${FILE}gates:`).gates).toEqual([])
  })
})

/** The gate with ^ before the place that is complained of, and the decisive words. */
const MISTAKES: readonly (readonly [string, string])[] = [
  ['^', 'A gate begins with a measure, as in read.p99 < 50ms.'],
  ['^< 50ms', 'A gate begins with a measure'],
  ['^read.p98 < 50ms', 'There is no measure read.p98 (did you mean read.p90?); `list measures` prints all.'],
  ['^raed.p99@us < 50ms', 'There is no measure raed.p99 (did you mean read.p99?)'],
  ['read.p99@^mars < 50ms', 'There is no zone mars here; there is us, eu.'],
  ['read.p99@^ < 50ms', 'There is no zone  here'],
  ['read.p99^', '<, <=, > or >= and a value come after read.p99'],
  ['read.p99 ^50ms', '<, <=, > or >= and a value come after read.p99'],
  ['read.p99 ^== 50ms', 'A gate compares by <, <=, > or >=, not by ==.'],
  ['read.p99 ^!= 50ms', 'not by !=.'],
  ['read.p99 ^=< 50ms', 'not by =<.'],
  ['read.p99 ^≤ 50ms', 'not by ≤.'],
  ['read.p99 <^', 'A value comes after <, as in'],
  ['read.p99 < ^where strategy = lww', 'A value comes after <'],
  ['read.p99 < ^50', 'read.p99 is compared with a duration (ns, us, ms, s, m or h), such as 50ms, not 50.'],
  ['read.p99 < ^1%', 'not 1%; relative gates are not in this version.'],
  ['read.p99 < ^50/s', 'such as 50ms, not 50/s.'],
  [
    'stale.ratio < ^50ms',
    'stale.ratio is compared with a share from 0% to 100%, such as 1%, or from 0 to 1, not 50ms.',
  ],
  ['stale.ratio < ^101%', 'not 101%.'],
  ['stale.ratio < ^2', 'not 2.'],
  ['throughput.ok > ^1900', 'compared with a rate (/s, /ms, /m or /h), such as 1900/s, not 1900.'],
  ['bytes.per-op < ^9', 'compared with a size (B, KB'],
  ['messages.per-op < ^9B', 'compared with a number, such as 2, not 9B.'],
  ['messages.per-op < ^0x9', 'not 0x9.'],
  ['read.p99 < 50ms ^please', 'After the value only where may follow, not please.'],
  ['read.p99 < 50 ^ms', 'After the value only where may follow, not ms.'],
  ['read.p99 < 50ms where^', 'A condition comes here, as in where strategy = quorum.'],
  ['read.p99 < 50ms where strategy^', '= comes after strategy'],
  ['read.p99 < 50ms where strategy ^!= lww', '= comes after strategy'],
  ['read.p99 < 50ms where strategy =^', 'A word comes after strategy ='],
  ['read.p99 < 50ms where strategy = lww and^', 'A condition comes here'],
  [
    'read.p99 < 50ms where ^stratgy = lww',
    'There is no key stratgy here (did you mean strategy?); there is strategy, variant, operations, records.',
  ],
  [
    'read.p99 < 50ms where strategy = ^lwww',
    'There is no strategy lwww here (did you mean lww?); there is lww, quorum.',
  ],
  ['read.p99 < 50ms where strategy = ^crdt', 'There is no strategy crdt here; there is lww, quorum.'],
  ['read.p99 < 50ms where variant = ^quorum_r=3', 'There is no variant quorum_r=3 here (did you mean quorum_r=1?)'],
  ['read.p99 < 50ms where records = ^30', 'There is no value of records 30 here'],
  [
    'read.p99 < 50ms where ^strategy = lww and variant = quorum_r=1',
    'No cell of this file meets all of these conditions.',
  ],
  ['read.p99 < 50ms where strategy = lww and ^strategy = quorum', 'There are two conditions on strategy'],
  ['^read.p99.high < 50ms', 'Gates on intervals are not in this version; compare read.p99 itself.'],
  ['read.p99 < ^50ms±5ms', 'Gates on intervals are not in this version'],
  ['read.p99 < 50ms ^± 5ms', 'Gates on intervals are not in this version'],
  ['read.p99 ^± 5ms < 50ms', 'Gates on intervals are not in this version'],
  ['read.p99 < ^1.1x', 'Relative gates are not in this version; compare with a value'],
  ['read.p99 < ^+5%', 'Relative gates are not in this version'],
  ['read.p99 < ^baseline', 'Relative gates are not in this version'],
  ['read.p99 < 50ms ^than baseline', 'Relative gates are not in this version'],
  ['read.p99 ^vs baseline < 5%', 'Relative gates are not in this version'],
  [`^read.p99 < ${'9'.repeat(500)}ms`, 'A gate has at most 500 characters'],
]

describe('a wrong gate', () => {
  it.each(MISTAKES)('%s is refused at the column of the mistake', (marked, words) => {
    const text = marked.replace('^', '')
    const [line = ''] = refusalOf(`${FILE}gates: ["${text}"]`).split('\n')
    expect(line).toMatch(new RegExp(`^test.yaml:6:${10 + marked.indexOf('^')}: `))
    expect(line).toContain(words)
  })

  it.each([
    ['gates: read.p99 < 50ms', '6:8', 'gates is a list, such as ["read.p99 < 50ms"], not "read.p99 < 50ms".'],
    ['gates: [{ read.p99: 50ms }]', '6:9', 'A gate is text in quotes'],
    ['gates: [5]', '6:9', 'not 5.'],
    ['gates: ["read.p99 < 5ms", "read.p99 < 5ms"]', '6:27', 'This gate is listed twice.'],
    ['gates: ["read.p99 \\u003c 5"]', '6:9', 'such as 50ms, not 5.'],
    [`gates: [${'a,'.repeat(1001)}]`, '6:8', 'There are at most 1000 gates.'],
  ])('%s is refused at its place', (text, place, words) => {
    const lines = refusalOf(`${FILE}${text}`)
      .split('\n')
      .filter((line) => line.startsWith(`test.yaml:${place}: `))
    expect(lines.join('\n')).toContain(words)
  })

  it('is told beside the mistakes of the rest of the file', () => {
    const refusal = refusalOf(`${FILE}gates: ["read.p99 < 5", "read.p99 < 5ms where strategy = none"]\nduration: 5`)
    expect(refusal).toMatch(/^test\.yaml:6:21: .*not 5\.$/m)
    expect(refusal).toMatch(/^test\.yaml:7:11: duration/m)
    expect(refusal).not.toContain('strategy none')
  })

  it('cannot be an axis', () => {
    expect(refusalOf('strategies: [lww]\naxes: { gates: [[], []] }')).toContain('gates cannot be an axis')
  })
})
