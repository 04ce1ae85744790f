/** The table in a terminal, on hand-made results. */
import { describe, expect, it } from 'vitest'
import { terminal } from '../../src/reports/terminal.js'
import type { Results } from '../../src/results/results.js'
import type { Summary } from '../../src/results/summary.js'
import { cellEntryOf, none, place, resultsOf, saturated, summaryOf, timedOut, value } from './fixtures.js'

const FULL: readonly Summary[] = [
  saturated('single-leader reads=follower', {
    'read.p50': value(70.3),
    'read.p99': timedOut(1000),
    'write.p50': value(233.8),
    'write.p99': timedOut(1000),
    'throughput.ok': value(1569.4),
    availability: value(0.785),
    'stale.ratio': value(0.0333),
    'stale.age.p99': value(5685),
    'lost.ratio': none(6_325),
    'diverged.keys': value(0),
    'durable.copies.min': value(2),
    'wan.bytes-per-op': value(323),
  }),
  summaryOf('lww', {
    'read.p50': value(0.685),
    'read.p99': value(15.8),
    'write.p50': value(0.753),
    'write.p99': value(13.9),
    'throughput.ok': value(1999),
    availability: value(1),
    'stale.ratio': none(107_916),
    'lost.ratio': value(0.0517),
    'diverged.keys': value(0),
    'durable.copies.min': value(1),
    'wan.bytes-per-op': value(200),
  }),
  summaryOf('crdt', { 'read.p99': value(15.8), 'write.p99': value(20), 'stale.ratio': value(0.28) }),
]

const tableAt = (width: number, results: Results = resultsOf(FULL)): string =>
  terminal.render(results, { ...place, width })

/** From the heading to the rule's end of the table alone. */
function gridOf(text: string): readonly string[] {
  const lines = text.split('\n')
  const rule = lines.findIndex((line) => line.startsWith('──'))
  return lines.slice(rule - 3, lines.indexOf('', rule))
}

describe('the table in a terminal', () => {
  it.each([80, 100, 160])('fits %i columns', (width) => {
    const lines = tableAt(width).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
  })

  it('shows every column where there is room, and otherwise names what it leaves out', () => {
    expect(tableAt(160)).not.toContain('left out')
    expect(tableAt(100)).toContain('left out for want of width: stale age p99, diverged keys, WAN B/op')
    expect(tableAt(30)).toContain('copies')
  })

  it('shows what was offered and accepted beside what was done where operations may be dropped', () => {
    const rates = { 'throughput.offered': value(2000), 'throughput.ok': value(1200) }
    const headOf = (text: string): string => gridOf(text)[1] ?? ''
    expect(headOf(tableAt(100, resultsOf([summaryOf('lww', rates)])))).not.toContain('offered')
    const dropping = resultsOf([
      summaryOf('lww', { ...rates, 'throughput.accepted': value(1250) }),
      summaryOf('crdt', rates),
    ])
    expect(gridOf(tableAt(100, dropping)).join('\n')).toMatch(
      /offered +accepted +done\n.*per s +per s +per s\n.*\nlww +2000 +1250 +1200/,
    )
    const full = (more: Summary['measures']) =>
      tableAt(80, resultsOf(FULL.map((summary) => ({ ...summary, measures: { ...summary.measures, ...more } }))))
    // Where there is little room they are told before most others if anything was dropped, and not else.
    expect(full({ 'throughput.accepted': value(1), 'errors.dropped': value(0.1) })).toMatch(/accepted +done/)
    expect(full({ 'throughput.accepted': value(1), 'errors.dropped': value(0) })).not.toMatch(/accepted +done/)
  })

  it('stands in line: numbers to the right, marked or not', () => {
    const rows = gridOf(tableAt(160)).filter((line) => /lww|crdt/.test(line))
    const ends = rows.map((row) => /\d(?=\s|\*|$)/.exec(row.slice(row.indexOf('15.8') + 3))?.index)
    expect(new Set(rows.map((row) => row.indexOf('15.8'))).size).toBe(1)
    expect(ends).toEqual([0, 0])
  })

  it('marks the best, ties too, and neither saturated variants nor what all share', () => {
    const text = tableAt(160)
    expect(text).toMatch(/lww .* 13\.9\* .* 0 \(<0\.003\)\*/)
    expect(text).not.toMatch(/15\.8\*/)
    expect(text).not.toMatch(/†.*\*/)
    const tied = tableAt(
      100,
      resultsOf(['a', 'b', 'c'].map((l, i) => summaryOf(l, { 'read.p99': value(i < 2 ? 1 : 9) }))),
    )
    expect(tied.match(/ 1\*/g)).toHaveLength(2)
  })

  it('has units in the heading, zero with its room, and a dash for what is absent', () => {
    const text = gridOf(tableAt(160)).join('\n')
    expect(text).toContain('0 (<0.05)')
    expect(text).toContain('≥ 1000')
    expect(text).toMatch(/crdt +- +15\.8/)
    expect(text.match(/ms/g)).toHaveLength(5)
    expect(text.match(/%/g)).toHaveLength(3)
  })

  it('ends with where the files are and how to look at a cell', () => {
    expect(tableAt(100)).toMatch(
      /Files: .* in results\/test\n.*replay results\/test single-leader reads=follower\/1\n$/,
    )
  })
})

describe('axes', () => {
  const at = (label: string, rate: unknown, mix: unknown, center: number): Summary =>
    summaryOf(
      label,
      { 'read.p99': value(center) },
      { axes: { 'workload.arrivals': rate, 'workload.operations': mix, 'node.queue': 10 } },
    )
  const half = { read: '50%', update: '50%' }
  const reads = { read: '95%', update: '5%' }
  const results = resultsOf([
    at('a', 'poisson(1/s)', half, 1),
    at('a', 'poisson(9/s)', reads, 10),
    at('b', 'poisson(1/s)', half, 2),
    at('b', 'poisson(9/s)', reads, 20),
  ])

  it('that vary have a column each, short; the others none', () => {
    const text = tableAt(100, results)
    expect(text).toMatch(/variant +arrivals +operations +ms/)
    expect(text).toMatch(/a +poisson\(1\/s\) +read 50% update 50% +1/)
    expect(text).not.toContain('queue')
  })

  it('keep the rows of a point together, and the mark goes to the best of each', () => {
    const rows = gridOf(tableAt(100, results)).slice(4, 8)
    expect(rows.map((row) => `${row[0]}${row.trimEnd().split(' ').at(-1)}`)).toEqual(['a1*', 'b2', 'a10*', 'b20'])
  })

  it('over an entry of a list are called by a word', () => {
    const two = [1, 2].map((i) => summaryOf('a', { 'read.p99': value(i) }, { axes: { 'faults.0.partition.at': i } }))
    expect(tableAt(100, resultsOf(two))).toMatch(/variant +at /)
    const list = [1, 2].map((i) =>
      summaryOf('a', { 'read.p99': value(i) }, { axes: { 'faults.0': { crash: { for: i } } } }),
    )
    expect(tableAt(100, resultsOf(list))).toMatch(/variant +faults\.0 (.|\n)*crash for 2 /)
  })

  it('with the same last part are told apart', () => {
    const two = [1, 2].map((i) =>
      summaryOf('a', { 'read.p99': value(i) }, { axes: { 'node.read': i, 'client.read': i } }),
    )
    expect(tableAt(100, resultsOf(two))).toMatch(/node\.read +client\.read/)
  })
})

describe('failed cells', () => {
  const cells = [cellEntryOf('lww/1'), ...Array.from({ length: 12 }, (_, i) => cellEntryOf(`crdt/${i}`, 'it broke.'))]

  it('are listed with why and with the command that runs them again', () => {
    const text = tableAt(100, resultsOf(FULL, { cells }))
    expect(text).toContain('12 of 13 cells failed and are left out; the first 10 are:')
    expect(text).toContain('- crdt/0: it broke.\n    quorate replay results/test crdt/0\n')
    expect(text).not.toContain('crdt/10:')
  })
})

describe('a variant of which no cell ran to its end', () => {
  const failed = summaryOf('crdt', {}, { seeds: [] })

  it('has a row that says so', () => {
    expect(tableAt(100, resultsOf([summaryOf('lww', { 'read.p99': value(1) }), failed]))).toMatch(/crdt \(failed\) +-/)
  })

  it('makes no table alone', () => {
    expect(tableAt(100, resultsOf([failed]))).not.toContain('──')
  })
})

const HOSTILE = [
  ['pipes', 'a|b||c'],
  ['line ends', 'a\nb\r\nc\u2028d'],
  ['escape sequences', '\u001b[31mred\u001b[0m\u001b]0;title\u0007'],
  ['10,000 characters', 'x'.repeat(10_000)],
  ['10,000 short words', 'x '.repeat(5_000)],
  ['Markdown', '**b** `c` <script>alert(1)</script> [l](javascript:x) @everybody #1'],
  ['the other direction', '\u202eabc\u2066'],
  ['nothing', ''],
] as const

describe('a label of', () => {
  const results = (label: string): Results =>
    resultsOf([summaryOf(label, { 'read.p99': value(1) }), summaryOf(`${label}2`, { 'read.p99': value(2) })], {
      cells: [cellEntryOf('lww/1')],
      spec: { name: label, about: label },
    })

  it.each(HOSTILE)('%s leaves the table in shape', (_, label) => {
    const lines = tableAt(100, results(label)).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
    expect(lines.length).toBeLessThan(60)
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u)
  })
})

describe('the notes of the spec', () => {
  const noted = (notes: readonly string[]): Results => resultsOf(FULL, { spec: { name: 'test', about: '', notes } })

  it('stand at the end, wrapped', () => {
    const results = noted(['w: taken from it are fields: { count: 10 }.', 'w: \u001b[31m*table* changes nothing.'])
    expect(terminal.render(results, { ...place, width: 30 })).toContain(
      '\nNotes:\n- w: taken from it are fields:\n  { count: 10 }.\n- w: �[31m*table* changes\n  nothing.\n\nFiles: ',
    )
  })

  it('leave no heading where there are none', () => {
    for (const results of [noted([]), resultsOf(FULL)]) {
      expect(terminal.render(results, place)).not.toContain('Notes')
    }
  })
})
