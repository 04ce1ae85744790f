/** CSV: exact rows of a small result, every measure there once, and texts that neither a parser nor a spreadsheet takes for something else. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csv } from '../../src/reports/csv.js'
import type { Results } from '../../src/results/results.js'
import { cellEntryOf, none, place, resultsOf, summaryOf, timedOut, value } from './fixtures.js'

const textOf = (results: Results): string => csv.render(results, place)

/** As RFC 4180 has it: records end with CR LF, a quoted field may hold anything, and a quote in it is doubled. */
function parsed(text: string): readonly (readonly string[])[] {
  const records: string[][] = []
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy
  let record: string[] = []
  while (field.lastIndex < text.length) {
    const [, found = '', end] = field.exec(text) ?? [undefined, '', null]
    if (end === null) throw new Error(`No field: ${JSON.stringify(text.slice(0, 80))}`)
    record.push(found.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found)
    if (end === '\r\n') {
      records.push(record)
      record = []
    }
  }
  return records
}

const HEAD = 'kind,id,variant,strategy,label,seed,measure,zone,unit,better,value,low,high,n,coverage,at_least,error'

describe('CSV', () => {
  it('has a row for each measure of each cell and each summary', () => {
    const cell = {
      ...cellEntryOf('lww/1'),
      measures: { 'read.p99': 1.5, 'stale.ratio@us': 0.25 },
      atLeast: ['read.p99'],
      ratios: { 'stale.ratio@us': [3, 12] as const },
    }
    const summary = summaryOf('quorum r=1', { 'write.p99@eu west': timedOut(1000), 'stale.ratio': none(1500) })
    expect(textOf(resultsOf([summary], { cells: [cell] })).split('\r\n')).toEqual([
      HEAD,
      'cell,lww/1,lww,lww,lww n=3,1,read.p99,,ms,lower,1.5,,,,,true,',
      'cell,lww/1,lww,lww,lww n=3,1,stale.ratio,us,ratio,lower,0.25,,,12,,false,',
      'summary,quorum r=1,quorum r=1,quorum,quorum r=1,,write.p99,eu west,ms,lower,1000,1000,1000,10000,0.95,true,',
      'summary,quorum r=1,quorum r=1,quorum,quorum r=1,,stale.ratio,,ratio,lower,0,0,0.002,1500,0.95,false,',
      '',
    ])
  })

  it('has a column for each axis, empty where there is none', () => {
    const measures = { 'read.p50': value(1.23456789, null, null) }
    const first = summaryOf('lww', measures, { axes: { 'workload.arrivals': 'poisson(2000/s)', seeds: 3 } })
    const second = summaryOf('crdt', measures, { axes: { 'workload.operations': { read: '50%', update: '50%' } } })
    const [head, one, other] = parsed(textOf(resultsOf([first, second], { cells: [] })))
    expect(head?.slice(4, 9)).toEqual(['label', 'workload.arrivals', 'seeds', 'workload.operations', 'seed'])
    expect(one?.slice(4, 9)).toEqual(['lww', 'poisson(2000/s)', '3', '', ''])
    expect(other?.slice(4, 9)).toEqual(['crdt', '', '', '{"read":"50%","update":"50%"}', ''])
    expect(one?.slice(9)).toEqual(['read.p50', '', 'ms', 'lower', '1.23456789', '', '', '10000', '0.95', 'false', ''])
  })

  it('says of a cell that failed only why', () => {
    const cells = [cellEntryOf('lww/1', 'More than 50 events, "too many"')]
    const [, row, ...more] = textOf(resultsOf([], { cells })).split('\r\n')
    expect(row).toBe('cell,lww/1,lww,lww,lww n=3,1,,,,,,,,,,,"More than 50 events, ""too many"""')
    expect(more).toEqual([''])
  })

  it('knows neither unit nor orientation of a measure of another version, and is a head alone where nothing ran', () => {
    const text = textOf(resultsOf([summaryOf('lww', { 'new.thing': value(-7) })], { cells: [], measures: [] }))
    expect(text.split('\r\n')[1]).toBe('summary,lww,lww,lww,lww,,new.thing,,,,-7,-7,-7,10000,0.95,false,')
    expect(textOf(resultsOf([]))).toBe(`${HEAD}\r\n`)
  })

  it.each([
    ['=HYPERLINK("http://x")', `'=HYPERLINK("http://x")`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['\t=1', '�=1'],
    ['\r\n=1', '�=1'],
    ['a\u202eb\u001b[2Jc', 'a�b�[2Jc'],
    ["it's -1", "it's -1"],
    ['a,b "c"', 'a,b "c"'],
    ['x'.repeat(10_000), 'x'.repeat(10_000)],
  ])('writes the label %j as text', (label, shown) => {
    const summary = summaryOf('lww', { 'read.p99': value(-1) }, { label })
    const [, row] = parsed(textOf(resultsOf([summary], { cells: [] })))
    expect(row?.[4]).toBe(shown)
    expect(row?.[10]).toBe('-1')
  })

  it('guards names of axes as well', () => {
    const summary = summaryOf('lww', { 'read.p99': value(1) }, { axes: { '=1': '+2' } })
    const [head, row] = parsed(textOf(resultsOf([summary], { cells: [] })))
    expect([head?.[5], row?.[5]]).toEqual(["'=1", "'+2"])
  })

  it('comes back whole, whatever texts hold', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', '\t', '=', "'", 'é', '\u2028') })
    fc.assert(
      fc.property(text, text, text, (label, zone, axis) => {
        const summary = summaryOf('lww', { [`read.p99@${zone}`]: value(1.5) }, { label, axes: { axis } })
        const records = parsed(textOf(resultsOf([summary], { cells: [] })))
        const safe = (given: string): string => given.replaceAll(/[\n\r\t\u2028]+/g, '�').replace(/^=/, "'=")
        expect(records.map((record) => record.length)).toEqual([18, 18])
        expect([records[1]?.[4], records[1]?.[5], records[1]?.[8]]).toEqual([label, axis, zone].map(safe))
      }),
    )
  })
})
