/** The HTML report as text: what stands where, and that whatever a result holds is shown as text. Browser tests look at the page itself. */
import { expect, test } from 'vitest'
import { htmlReport } from '../../dist/reports/html.js'
import { USUAL_VIEW } from '../../src/reports/report.js'
import type { Results } from '../../src/results/results.js'
import { cellEntryOf, none, place, resultsOf, saturated, summaryOf, timedOut, value } from './fixtures.js'

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</script><script>alert(2)</script>',
  '<!-- <b>',
  '\u202Egnp.exe',
  'x'.repeat(10_000),
]

const render = async (results: Results): Promise<string> => await htmlReport.render(results, place)

/** Of an element with this id and without one of its kind inside. */
function part(page: string, element: string, id: string): string {
  return new RegExp(`<${element} id="${id}".*?</${element}>`, 's').exec(page)?.[0] ?? ''
}

/** Everything but the script and its data. */
const markupOf = (page: string): string => page.slice(0, page.indexOf('<script type="application/json"'))

function pointOf(operations: object): object {
  const phases = { warmup: 1_000_000_000, duration: 60_000_000_000, settle: 60_000_000_000 }
  return { zones: [], links: [], client: { timeout: 1_000_000_000 }, workload: operations, phases, faults: [] }
}

test('a cell shows value, interval and who is best, and carries the value in full', async () => {
  const page = await render(
    resultsOf([
      summaryOf('lww', { 'read.p99': value(1.51234, 1.5, 1.55), 'stale.ratio': value(0.18123, 0.171, 0.19) }),
      summaryOf('quorum n=5', { 'read.p99': timedOut(1000), 'stale.ratio': none(107_916) }),
      saturated('crdt', { 'read.p99': value(8, 7, 9) }),
      summaryOf('single-leader', {}, { seeds: [] }),
    ]),
  )
  const table = part(page, 'table', 'comparison')
  expect(table).toContain('<td data-value="1.51234"><b>1.51*<i> best</i></b><small>[1.5, 1.55]</small></td>')
  expect(table).toContain('<td data-value="1000">≥ 1000</td>')
  expect(table).toContain('<td data-value="0.18123">18.1<small>[17.1, 19]</small></td>')
  expect(table).toContain('<td data-value="0"><b>0 (&lt;0.003)*<i> best</i></b></td>')
  expect(table).toMatch(/<tr data-series="1"><th scope="row" class="short"><svg .*?<\/svg><bdi>quorum n=5<\/bdi><\/th>/)
  expect(table).toMatch(/<bdi>crdt<\/bdi> †<\/th>/)
  expect(table).toMatch(/<bdi>single-leader<\/bdi> \(failed\)<\/th><td>-<\/td><td>-<\/td>/)
  expect(table).toMatch(/<th scope="col" data-better="lower" title="read.p99: [^"]*, lower is better">read p99<br>/)
  expect(page).toContain('† saturated')
})

test('the rows are the series of the charts, point after point', async () => {
  const at = (label: string, records: number) =>
    summaryOf(label, { 'read.p99': value(records) }, { axes: { 'workload.records': records } })
  const page = await render(resultsOf([at('lww', 1), at('crdt', 1), at('lww', 20), at('crdt', 20)]))
  const rows = [
    ...part(page, 'table', 'comparison').matchAll(
      /<tr data-series="(\d)">.*?<bdi>(\w+)<\/bdi>.*?<td class="axis"><bdi>(\d+)</g,
    ),
  ]
  expect(rows.map((row) => row.slice(1).join(' '))).toEqual(['0 lww 1', '1 crdt 1', '2 lww 20', '3 crdt 20'])
  const form = part(page, 'form', 'filters')
  expect(form).toContain('<input type="checkbox" name="strategy" value="crdt" checked>')
  expect(form).toContain(
    '<select data-axis="records"><option value="">all</option><option value="1">1</option><option value="20">20</option></select>',
  )
})

test('where there is nothing to choose from, there is no form', async () => {
  const page = await render(
    resultsOf([summaryOf('quorum r=1', { 'read.p99': value(1) }), summaryOf('quorum r=2', { 'read.p99': value(2) })]),
  )
  expect(part(page, 'table', 'comparison')).not.toBe('')
  expect(part(page, 'form', 'filters')).toBe('')
})

test('every link leads to what is there, and no two elements have one name', async () => {
  const curves = { visibility: [{ x: 1, value: 0.5, n: 10 }] }
  const page = markupOf(await render(resultsOf([summaryOf('lww', { 'read.p99': value(1) }, { curves })])))
  const ids = [...page.replaceAll(/<svg.*?<\/svg>/gs, '').matchAll(/ id="([^"]*)"/g)].map((match) => match[1])
  const links = [...page.matchAll(/<a [^>]*href="#([^"]*)"/g)].map((match) => match[1])
  expect(new Set(ids).size).toBe(ids.length)
  expect(links).toContain('chart-visibility')
  expect(links.filter((link) => !ids.includes(link))).toEqual([])
})

test('gates that failed come before those that passed, with words for who cannot see the marks', async () => {
  const summary = summaryOf('lww', { 'read.p99': value(5), 'write.p99': value(50) })
  const gate = { comparison: '<' as const, summary: 'lww' }
  const page = await render(
    resultsOf([summary], {
      spec: { name: 'test', gates: [{ text: 'read.p99 < 9ms' }, { text: 'write.p99 < 9ms' }] },
      gates: [
        { ...gate, gate: 'read.p99 < 9ms', measure: 'read.p99', bound: 9, measured: 5, verdict: 'pass' },
        { ...gate, gate: 'write.p99 < 9ms', measure: 'write.p99', bound: 9, measured: 50, verdict: 'fail' },
      ],
    }),
  )
  const text = part(page, 'section', 'gates').replaceAll(/<[^>]*>/g, '')
  expect(text).toContain('Gates: 1 of 2 failed.')
  expect(text.indexOf('✗Failed: write.p99')).toBeGreaterThan(0)
  expect(text.indexOf('✓Passed: read.p99')).toBeGreaterThan(text.indexOf('✗Failed: write.p99'))
})

test('parameters that all points share are told once, the others at each', async () => {
  const at = (share: number) => ({ ...pointOf({ records: 10, operations: { read: share } }), axes: { mix: share } })
  const page = await render(
    resultsOf(
      [0.5, 0.95].map((mix) => summaryOf('lww', {}, { id: `lww/${mix}`, axes: { mix } })),
      {
        spec: {
          points: [at(0.5), at(0.95)],
          variants: [{ name: 'lww', label: 'lww', options: { copies: 3, leaders: 'zone' } }],
        },
        strategies: [{ name: 'lww', summary: 'The last write wins.', promises: ['converges'], limits: 'Forgets.' }],
      },
    ),
  )
  const text = part(page, 'section', 'parameters')
    .replaceAll(/<[^>]+>/g, '|')
    .replaceAll(/[|\s]*\|[|\s]*/g, '|')
  expect(text).toContain('|The last write wins.|Promises: converges.|Limits: Forgets.|')
  expect(text).toContain('|variant|copies|leaders|lww|3|zone|')
  expect(text.split('|records|10|')).toHaveLength(2)
  expect(text).toContain('|mix=0.5|workload: operations.read|50%|mix=0.95|workload: operations.read|95%|')
  expect(text).toContain('|timeout|1s|')
})

test('a preset is told once, and the options of its variants in units', async () => {
  const preset = { name: 'riak-lww', system: 'Riak', fixes: ['n=3', 'w=2'], promises: ['little'], limits: 'Few.' }
  const options = {
    n: { every: 3 },
    hints: { window: 3 * 3600e9, throttle: 1024 },
    timeouts: { read: 5e9 },
    relay: true,
  }
  const variants = ['riak-lww', 'riak-lww w=1'].map((label) => ({ name: 'quorum', label, options, preset }))
  const page = await render(resultsOf([summaryOf('riak-lww', {}, { strategy: 'quorum' })], { spec: { variants } }))
  const text = part(page, 'section', 'parameters')
    .replaceAll(/<[^>]+>/g, '|')
    .replaceAll(/[|\s]*\|[|\s]*/g, '|')
  expect(text.split('|Preset|riak-lww|: Riak in this topology: n=3 w=2. Promises little. Few.|')).toHaveLength(2)
  expect(text).toContain('|variant|n.every|hints.window|hints.throttle|timeouts.read|relay|')
  expect(text).toContain('|riak-lww|3|3h|1024B/s|5s|true|')
})

test('the same result gives the same bytes, but for a date that was given', async () => {
  const results = resultsOf([summaryOf('lww', { 'read.p99': value(1) })])
  const page = await render(results)
  expect(await render(structuredClone(results))).toBe(page)
  const dated = await htmlReport.render(results, place, { ...USUAL_VIEW, date: '2 January 2026' })
  expect(dated.replace(' · 2 January 2026', '')).toBe(page)
  expect(dated).not.toBe(page)
})

test('whatever a result holds is shown as text', async () => {
  const [script, image, end, comment, direction] = HOSTILE as [string, string, string, string, string]
  const summaries = HOSTILE.map((label, i) =>
    summaryOf(label, { 'read.p99': value(i) }, { strategy: label, axes: { [image]: label, [script]: { a: i } } }),
  )
  const page = await render(
    resultsOf(summaries, {
      tool: { name: script, version: image },
      environment: { [script]: image, command: end, nested: [{ a: direction }] },
      spec: {
        name: HOSTILE.join(' '),
        about: image,
        notes: HOSTILE,
        variants: HOSTILE.map((name) => ({ name, label: name, options: { [name]: name } })),
        gates: HOSTILE.map((text) => ({ text })),
        points: [{ ...pointOf({ [image]: script }), zones: [{ name: end, [comment]: comment }], faults: HOSTILE }],
      },
      strategies: HOSTILE.map((text) => ({ name: text, summary: text, promises: [text], limits: text })),
      cells: HOSTILE.map((text) => cellEntryOf(text, text)),
    }),
  )
  const markup = markupOf(page)
  expect(markup).not.toMatch(/<script|<img|<!--|<b>(?!\d)|\u202E/)
  expect(markup).not.toContain('x'.repeat(2000))
  expect(markup).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(markup).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;')
  expect(/id="page-data">(.*?)<\/script>/s.exec(page)?.[1]).not.toContain('<')
})

test.each<[string, Results]>([
  ['no cells', resultsOf([], { partial: true, spec: null })],
  ['one variant', resultsOf([summaryOf('lww', { 'read.p99': value(1) })])],
  ['only failures', resultsOf([summaryOf('lww', {}, { seeds: [] })], { cells: [cellEntryOf('lww/1', 'no memory')] })],
  ['a spec of another shape', resultsOf([summaryOf('lww', {})], { spec: { points: [1], variants: 'x', gates: {} } })],
])('a result with %s is a whole page', async (_, results) => {
  const page = await render(results)
  expect(page.endsWith('</html>\n')).toBe(true)
  const levels = [...markupOf(page).matchAll(/<h(\d)/g)].map((match) => Number(match[1]))
  expect(levels[0]).toBe(1)
  expect(levels.every((level, i) => i === 0 || level <= (levels[i - 1] as number) + 1)).toBe(true)
  expect(levels.filter((level) => level === 1)).toHaveLength(1)
})

test('a comparison of 500 rows and 20 columns is light', async () => {
  const names = ['read.p50', 'read.p99', 'write.p50', 'write.p99', 'rmw.p99', 'throughput.ok', 'availability']
    .concat('stale.ratio', 'stale.age.p99', 'lost.ratio', 'lost.merges', 'conflicts.ratio', 'convergence.p99')
    .concat('diverged.keys', 'durable.copies.min', 'wan.bytes-per-op', 'scan.p50', 'scan.p99')
  const measures = (i: number) => Object.fromEntries(names.map((name, k) => [name, value((i + k) / 1000, i / 1001, 1)]))
  const summaries = Array.from({ length: 500 }, (_, i) => summaryOf(`quorum n=5 r=2 w=3 vnodes=${i}`, measures(i)))
  const table = part(await render(resultsOf(summaries)), 'table', 'comparison')
  expect(table.split('<tr data-series=')).toHaveLength(501)
  expect(table.split('<td data-value=')).toHaveLength(500 * names.length + 1)
  expect(table.length).toBeLessThan(1_200_000)
})
