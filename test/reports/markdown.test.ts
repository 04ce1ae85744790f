/** The Markdown report on hand-made results: what it shows and folds away, that it fits into a comment, and that text stays text. */
import { describe, expect, it } from 'vitest'
import { MOST_CHARACTERS } from '../../src/reports/markdown/blocks.js'
import { markdownReport } from '../../src/reports/markdown.js'
import { USUAL_VIEW } from '../../src/reports/report.js'
import type { Results } from '../../src/results/results.js'
import type { Summary } from '../../src/results/summary.js'
import { cellEntryOf, none, place, resultsOf, saturated, summaryOf, timedOut, value } from './fixtures.js'

const SUMMARIES: readonly Summary[] = [
  saturated('single-leader reads=follower', { 'read.p99': timedOut(1000), 'write.p99': timedOut(1000) }),
  summaryOf('lww', {
    'read.p99': value(15.8, 15, 16),
    'read.p99@us': value(14),
    'read.p99@eu': value(16),
    'write.p99': value(13.9),
    'stale.ratio': none(107_916),
    'durable.copies.min': value(1),
    'lost.ratio': value(0.05),
  }),
  summaryOf('crdt', { 'read.p99': value(15.8), 'write.p99': value(20), 'stale.ratio': value(0.28) }),
]

const render = (results: Results): string => markdownReport.render(results, place)

const text = render(resultsOf(SUMMARIES))

/** What is folded away under a title. */
function details(title: string, of: string): string {
  const found = of.split('<details>\n').find((part) => part.startsWith(`<summary>${title}</summary>\n\n`))
  return found?.split('\n\n</details>')[0] ?? ''
}

describe('the Markdown report', () => {
  it('has every column, aligned, with its unit, and the best in bold', () => {
    expect(text).toContain('| variant | read p99, ms | write p99, ms | stale reads, % |')
    expect(text).toContain('| --- | ---: |')
    expect(text).toContain('| lww | 15.8 | **13.9** | **0 (&lt;0.003)** |')
    expect(text).toContain('Bold: best, or not clearly behind the best (intervals over seeds overlap). †: saturated.')
  })

  it('has the verdict and the answers before the table', () => {
    const order = ['- Write p99: lww is best', '**Which one for 99.9% fresh', '| variant |', '<details>'].map((part) =>
      text.indexOf(part),
    )
    expect(order).toEqual(order.toSorted((left, right) => left - right))
    expect(order[0]).toBeGreaterThan(0)
  })

  it('folds intervals, zones, the tables of the answers and the way to reproduce it away', () => {
    expect(details('Intervals', text)).toContain('| lww | 15.8 \\[15 16\\] |')
    expect(details('By zone', text)).toContain('| lww | us | 14 |')
    expect(details('By zone', text)).toContain('|  | eu | 16 |')
    expect(details('Freshness and write latency', text)).toContain('| 99.9% | lww | 13.9 ms |')
    expect(details('Copies at acknowledgement and losses', text)).toContain('| lww | 1 | 5% |')
    expect(details('Reproduce', text)).toContain(
      '```sh\nquorate replay results/test single-leader reads=follower/1\n```',
    )
  })

  it('has blank lines around what GitHub is to read as Markdown', () => {
    expect(text.match(/<details>\n<summary>[^\n]+<\/summary>\n\n/g)).toHaveLength(5)
    expect(text.match(/\n\n<\/details>\n/g)).toHaveLength(5)
  })

  it('tells the options of each variant', () => {
    const spec = { name: 'test', about: '', variants: [{ label: 'quorum', options: { n: 3, r: 2 } }] }
    expect(details('Parameters of the variants', render(resultsOf(SUMMARIES, { spec })))).toContain(
      '| quorum | n 3, r 2 |',
    )
  })

  it('tells what presets are, each once', () => {
    const preset = { name: 'riak-lww', system: 'Riak', fixes: ['n=3', 'w=2'], promises: ['little'], limits: 'Few.' }
    const variants = ['riak-lww', 'riak-lww n=5'].map((label) => ({ name: 'quorum', label, options: { n: 3 }, preset }))
    const text = details('Parameters of the variants', render(resultsOf(SUMMARIES, { spec: { variants } })))
    expect(text.match(/Preset/g)).toHaveLength(1)
    expect(text).toContain('- Preset riak-lww: Riak in this topology: n=3 w=2. Promises little. Few.')
  })

  it('tells the notes of the spec', () => {
    const spec = { name: 'test', about: '', notes: ['w: \u001b[31m*table* changes nothing.', '- a list'] }
    expect(details('Notes', render(resultsOf(SUMMARIES, { spec })))).toBe(
      '<summary>Notes</summary>\n\n- w: �\\[31m\\*table\\* changes nothing.\n- \\- a list',
    )
    expect(text).not.toContain('Notes')
  })

  it('tells the command that made it where it is known, and the date that is given', () => {
    const results = resultsOf(SUMMARIES, { environment: { command: 'quorate run x.yaml' } })
    expect(details('Reproduce', render(results))).toContain('```sh\nquorate run x.yaml\n```')
    expect(markdownReport.render(results, place, { ...USUAL_VIEW, date: '2026-01-02' })).toContain('2026-01-02')
  })

  it('tells what failed and how to see it again', () => {
    const cells = [cellEntryOf('lww/1', 'out of memory'), cellEntryOf('crdt/1')]
    expect(render(resultsOf(SUMMARIES, { cells }))).toContain(
      '1 of 2 cells failed and is left out:\n\n- lww/1: out of memory\n\n```sh\nquorate replay results/test lww/1\n```',
    )
  })

  it('has no table, no details of figures and no answer where nothing ended', () => {
    const nothing = render(resultsOf([summaryOf('lww', {}, { seeds: [] })]))
    expect(nothing).toContain('No cell ran to its end')
    expect(nothing).not.toMatch(/\| ---|Intervals|By zone|\*\*/)
  })
})

describe('latency against the offered rate', () => {
  const at = (label: string, rate: number, measures: Summary['measures']): Summary =>
    summaryOf(
      label,
      { 'throughput.offered': value(rate), ...measures },
      { axes: { 'workload.arrivals': `poisson(${rate}/s)` }, variant: label },
    )
  const rates = [1000, 2000, 4000]
  const line = (label: string, p99s: readonly number[]): readonly Summary[] =>
    p99s.map((p99, i) => at(label, rates[i] as number, { 'write.p99': value(p99) }))

  it('is the one chart, where the rate is an axis', () => {
    const chart = render(resultsOf([...line('a"]', [2, 3, 50]), ...line('b', [1, 2, 3.25])]))
    expect(chart).toContain(
      [
        'write p99 against the offered rate, whose steps are not to scale: a"\\] and b, in the order of their lines.',
        '',
        '```mermaid',
        'xychart-beta',
        '  x-axis "offered, per s" [1000, 2000, 4000]',
        '  y-axis "write p99, ms"',
        '  line [2, 3, 50]',
        '  line [1, 2, 3.25]',
        '```',
      ].join('\n'),
    )
    expect(chart.match(/```mermaid/g)).toHaveLength(1)
  })

  it('keeps to the rates at which every line has a value, and draws nothing of fewer than three', () => {
    const partly = [...line('a', [2, 3, 50]), at('b', 1000, { 'write.p99': value(1) }), at('b', 2000, {})]
    expect(render(resultsOf(partly))).not.toContain('mermaid')
    expect(text).not.toContain('mermaid')
  })
})

const MANY = (count: number): readonly Summary[] =>
  Array.from({ length: count }, (_, i) => ({
    ...(SUMMARIES[1] as Summary),
    label: `lww |${i}`,
    id: `lww${i}`,
    variant: `${i}`,
  }))

describe('the size', () => {
  it('is cut to fit into a comment: details from the last on, and it is said what and where it is', () => {
    const long = render(resultsOf(MANY(300)))
    expect(long.length).toBeLessThanOrEqual(MOST_CHARACTERS)
    expect(long).toContain('| lww \\|299 | 15.8 |')
    expect(details('Freshness and write latency', long)).not.toBe('')
    expect(details('By zone', long)).toBe('')
    expect(details('Reproduce', long)).toContain('quorate replay')
    expect(long).toMatch(
      /Left out for want of space: the figures by zone.*\. All of it is in `report\.html` and in the formats `csv` and `json`\.\n$/,
    )
  })

  it('is cut to fit even where the table alone does not', () => {
    const long = render(resultsOf(MANY(2000)))
    expect(long.length).toBeLessThanOrEqual(MOST_CHARACTERS)
    expect(long).toContain('| lww \\|0 | 15.8 |')
    expect(long).toMatch(/Left out for want of space: .*\d+ of 2000 lines of the table/)
  })

  it('is left alone where it fits', () => {
    expect(text).not.toContain('Left out')
  })
})

const HOSTILE = [
  ['pipes', 'a|b||c'],
  ['line ends', 'a\nb\r\nc\u2028d'],
  ['escape sequences', '\u001b[31mred\u001b[0m\u001b]0;title\u0007'],
  ['10,000 characters', 'x'.repeat(10_000)],
  ['10,000 short words', 'x '.repeat(5_000)],
  ['Markdown', '**b** `c` <script>alert(1)</script> [l](javascript:x) @everybody #1'],
  ['an end of details', '</details></summary>\n\n```\n# head'],
  ['a rule', '---'],
  ['a list', '1. x'],
  ['the other direction', '\u202eabc\u2066'],
  ['nothing', ''],
] as const

describe('a label of', () => {
  const measures = { ...(SUMMARIES[1] as Summary).measures }
  const results = (label: string): Results =>
    resultsOf([summaryOf(label, measures), summaryOf(`${label}2`, measures)], {
      cells: [cellEntryOf('lww/1')],
      spec: { name: label, about: label, notes: [label], variants: [{ label, options: { [label]: label } }] },
    })

  it.each(HOSTILE)('%s leaves every table in shape', (_, label) => {
    const tables = render(results(label))
      .split('\n\n')
      .filter((part) => part.startsWith('|'))
    expect(tables).toHaveLength(6)
    for (const table of tables) {
      const widths = table.split('\n').map((row) => row.match(/(?<!\\)\|/g)?.length)
      expect(new Set(widths).size).toBe(1)
    }
  })

  it.each(HOSTILE)('%s stays text', (_, label) => {
    const lines = render(results(label)).split('\n')
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\u2028]|<script|(?<!\\)\[l\]/u)
    expect(lines.filter((line) => /<\/?(details|summary)>/.test(line))).toHaveLength(21)
    expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(1)
    expect(lines.filter((line) => /^(---|\d+\.)/.test(line))).toEqual([])
    expect(lines.filter((line) => line.startsWith('```'))).toHaveLength(2)
  })
})
