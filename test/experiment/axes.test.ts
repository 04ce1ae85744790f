/** Axes: the grid, what the cells are called, and where a point that is impossible is told. */
import { describe, expect, it } from 'vitest'
import { failedCell } from '../../src/results/cell-result.js'
import { summarize } from '../../src/results/summary.js'
import { cellsOf, refusalOf, specOf } from './specs.js'

const idsOf = (text: string): readonly string[] => cellsOf(text).map((cell) => cell.id)

describe('the grid', () => {
  const GRID = `
seeds: [1, 2]
axes:
  workload.operations: [ { read: 50%, update: 50% }, { read: 95%, update: 5% } ]
  client.timeout: [1s, 2s]
strategies: [lww, { quorum: { r: [1, 2] } }]
`

  it('is the product of the axes, each with every variant and seed', () => {
    const cells = cellsOf(GRID)
    expect(cells).toHaveLength(2 * 2 * 3 * 2)
    expect(new Set(cells.map((cell) => cell.id)).size).toBe(cells.length)
  })

  it('has every cell as if its values stood in the file', () => {
    for (const cell of cellsOf(GRID)) {
      const { read } = cell.workload.operations
      expect(cell.axes['workload.operations']).toEqual(
        read === 0.5 ? { read: '50%', update: '50%' } : { read: '95%', update: '5%' },
      )
      expect(cell.axes['client.timeout']).toBe(`${cell.client.timeout / 1e9}s`)
    }
    const [cell] = cellsOf(`seeds: [1]\nworkload: { operations: { read: 95%, update: 5% } }\nstrategies: [lww]`)
    const { id: _, axes: __, ...same } = cellsOf(GRID).find((one) => one.id.includes('95') && one.seed === 1) ?? {}
    expect({ ...cell, id: undefined, axes: undefined }).toEqual({ ...same, id: undefined, axes: undefined })
  })

  it('has points outermost, the last axis fastest, then variants, then seeds', () => {
    expect(idsOf(GRID).slice(0, 8)).toEqual([
      'lww/operations=read=50%_update=50%/timeout=1s/1',
      'lww/operations=read=50%_update=50%/timeout=1s/2',
      'quorum_r=1/operations=read=50%_update=50%/timeout=1s/1',
      'quorum_r=1/operations=read=50%_update=50%/timeout=1s/2',
      'quorum_r=2/operations=read=50%_update=50%/timeout=1s/1',
      'quorum_r=2/operations=read=50%_update=50%/timeout=1s/2',
      'lww/operations=read=50%_update=50%/timeout=2s/1',
      'lww/operations=read=50%_update=50%/timeout=2s/2',
    ])
  })

  it('has the same labels at every point, and summaries that keep the points apart', () => {
    const cells = cellsOf(GRID)
    expect(specOf(GRID).variants.map((variant) => variant.label)).toEqual(['lww', 'quorum r=1', 'quorum r=2'])
    const summaries = summarize(cells.map((cell) => failedCell(cell, 'not run')))
    expect(summaries).toHaveLength(2 * 2 * 3)
    expect(summaries.filter((summary) => summary.label === 'lww').map((summary) => summary.axes)).toEqual([
      { 'workload.operations': { read: '50%', update: '50%' }, 'client.timeout': '1s' },
      { 'workload.operations': { read: '50%', update: '50%' }, 'client.timeout': '2s' },
      { 'workload.operations': { read: '95%', update: '5%' }, 'client.timeout': '1s' },
      { 'workload.operations': { read: '95%', update: '5%' }, 'client.timeout': '2s' },
    ])
  })
})

describe('an axis', () => {
  it.each([
    [
      'a default',
      'client.timeout: [1s, 2s]',
      (text: string) => cellsOf(text).map((cell) => cell.client.timeout / 1e9),
      [1, 2],
    ],
    [
      'arrivals',
      'workload.arrivals: [poisson(5/s), closed(3)]',
      (text: string) => cellsOf(text).map((cell) => cell.workload.arrivals.kind),
      ['open', 'closed'],
    ],
    [
      'a link',
      'topology.links.us--eu: [1ms, { delay: 2ms, loss: 1% }]',
      (text: string) => cellsOf(text).map((cell) => cell.links[1]?.[0]?.write),
      ['1ms', '2ms'],
    ],
    [
      'a part of a link that is a law',
      'topology.links.us--eu.loss: [0%, 1%]',
      (text: string) => cellsOf(text).map((cell) => cell.links[0]?.[1]?.loss),
      [0, 0.01],
    ],
    [
      'nodes of a zone',
      'topology.zones.us.nodes: [3, 4]',
      (text: string) => cellsOf(text).map((cell) => cell.zones[0]?.nodes),
      [3, 4],
    ],
    [
      'an option',
      'strategies.0.quorum.w: [1, 3]',
      (text: string) => cellsOf(text).map((cell) => cell.label),
      ['quorum w=1', 'quorum w=3'],
    ],
    [
      'an option at its default',
      'strategies.0.quorum.w: [2]',
      (text: string) => cellsOf(text).map((cell) => cell.label),
      ['quorum w=2'],
    ],
    [
      'a whole strategy',
      'strategies.0: [lww, { crdt: { copies: 2 } }]',
      (text: string) => cellsOf(text).map((cell) => cell.label),
      ['lww', 'crdt copies=2'],
    ],
    [
      'all strategies',
      'strategies: [[lww], [crdt]]',
      (text: string) => cellsOf(text).map((cell) => cell.label),
      ['lww', 'crdt'],
    ],
    [
      'a fault',
      'faults: [[], [{ partition: { isolate: us, at: 1s, for: 1s } }]]',
      (text: string) => cellsOf(text).map((cell) => cell.faults.length),
      [0, 1],
    ],
    [
      'a time in a list',
      'workload.read-back.after.1: [5ms, 6ms]',
      (text: string) => cellsOf(text).map((cell) => cell.workload.readBack?.after[1]),
      [5e6, 6e6],
    ],
  ])('may be over %s', (_, axis, read, expected) => {
    const text = `
seeds: [1]
topology: { zones: { us: { nodes: 3 }, eu: { nodes: 3 } }, links: { us--eu: 10ms } }
workload: { read-back: { after: [0ms, 1ms] } }
axes: { ${axis} }
strategies: [quorum]`
    expect(read(text)).toEqual(expected)
  })

  it('is put on top of a shorter one, whichever is listed first', () => {
    const text = `seeds: [1]\naxes: { client.timeout: [1s, 2s], client: [{ retries: 1 }, { retries: 2 }] }\nstrategies: [lww]`
    expect(cellsOf(text).map(({ client }) => [client.timeout / 1e9, client.retries])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ])
  })
})

describe('what cells are called', () => {
  it.each([
    ['by the ending of the path', 'workload.records: [1]', 'lww/records=1/1'],
    [
      'by a longer one where it is shared',
      'topology.zones.us.nodes: [3], topology.zones.eu.nodes: [3]',
      'lww/us.nodes=3/eu.nodes=3/1',
    ],
    ['never by an index alone', 'faults.0: [{ crash: { at: 1s, for: 1s } }]', 'lww/faults.0=crash=at=1s_for=1s/1'],
  ])('an axis %s', (_, axes, id) => {
    const text = `seeds: [1]\ntopology: { zones: { us: {}, eu: {} }, links: { us--eu: 1ms } }\nfaults: [{ crash: { at: 2s, for: 1s } }]\naxes: { ${axes} }\nstrategies: [lww]`
    expect(idsOf(text)).toEqual([id])
  })

  it('is safe as an argument, and unique where different values look the same', () => {
    const text = `seeds: [1]
axes: { node.read: [exponential(1ms), "exponential( 1ms )", "${`${'1% 1ms + '.repeat(90)}10% 2ms`}", "${`${'1% 1ms + '.repeat(90)}10% 3ms`}"] }
strategies: [lww]`
    const ids = idsOf(text)
    expect(new Set(ids).size).toBe(4)
    for (const id of ids) expect(id).toMatch(/^[\w.=%+/-]{1,80}$/)
  })
})

describe('a wrong axis', () => {
  const S = 'strategies: [quorum]'

  it.each([
    [
      'an unknown path',
      `axes: {workload.recrods: [1, 2]}\n${S}`,
      '1:8',
      'workload has no key recrods (did you mean records?)',
    ],
    ['an unknown beginning', `axes: {worklaod.records: [1, 2]}\n${S}`, '1:8', 'did you mean workload?'],
    [
      'a misspelt strategy in a path',
      `axes: {strategies.0.quorom.r: [1]}\n${S}`,
      '1:8',
      'strategies.0 is quorum, not quorom (did you mean quorum?)',
    ],
    [
      'an option that is not there',
      `axes: {strategies.0.quorum.rr: [1]}\n${S}`,
      '1:8',
      'quorum has no option rr (did you mean r?)',
    ],
    [
      'an entry that is not there',
      `axes: {strategies.1.quorum.r: [1]}\n${S}`,
      '1:8',
      'with the entries 0 to 0, and has no 1',
    ],
    [
      'a list that is not there',
      `axes: {faults.0.crash.at: [1s]}\n${S}`,
      '1:8',
      'faults is not in the file, so it has no entry 0',
    ],
    [
      'a part of a number',
      `axes: {client.retries.x: [1]}\nclient: {retries: 1}\n${S}`,
      '1:8',
      'client.retries is 1 and has no part x',
    ],
    ['a value that is wrong', `axes: {workload.records: [1, x]}\n${S}`, '1:30', 'records is a whole number'],
    ['a law that is wrong', `axes: {node.read: [1ms, exponential(1)]}\n${S}`, '1:37', '1 needs a unit'],
    ['no list', `axes: {workload.records: 5}\n${S}`, '1:26', 'An axis lists its values'],
    ['an empty list', `axes: {workload.records: []}\n${S}`, '1:26', 'An axis lists its values'],
    ['a nested path', `axes: {workload: {records: [1]}}\n${S}`, '1:18', 'a path is one key, with dots'],
    ['a value twice', `axes: {workload.records: [5, 5]}\n${S}`, '1:30', 'The axis workload.records lists 5 twice'],
    ['seeds', `axes: {seeds: [1, 2]}\n${S}`, '1:8', 'seeds cannot be an axis'],
    [
      'a list of axes',
      `axes: [workload.records]\n${S}`,
      '1:7',
      'axes is a mapping of paths to lists of values, not a list',
    ],
    ['a path without a part', `axes: {workload..x: [1]}\n${S}`, '1:8', 'A path is keys joined by dots'],
  ])('%s is refused at its place', (_, text, place, words) => {
    const line = refusalOf(text)
      .split('\n')
      .find((one) => one.startsWith(`test.yaml:${place}: `))
    expect(line ?? refusalOf(text)).toContain(words)
  })

  it('makes a point impossible: told at the value that does, with the line that it breaks', () => {
    const text = `axes:\n  workload.records: [1, 2]\n  topology.zones.a.nodes: [3, 2]\n${S}`
    expect(refusalOf(text)).toBe(
      [
        'test.yaml:3:31: n: 3 exceeds the 2 nodes of the topology (line 4, where topology.zones.a.nodes is 2).',
        '      topology.zones.a.nodes: [3, 2]',
        `    ${' '.repeat(30)}^`,
      ].join('\n'),
    )
  })

  it('makes two axes impossible together: told with both values', () => {
    const text = `axes:\n  strategies.0.quorum.n: [2, 3]\n  strategies.0.quorum.w: [2, 3]\n${S}`
    expect(refusalOf(text)).toContain('test.yaml:3:30: w: 3 exceeds n: 2.')
  })

  it('does not take the blame for what the file alone is guilty of', () => {
    expect(refusalOf(`axes: {workload.records: [1, 2]}\nstrategies: [{quorum: {r: 4}}]`)).toMatch(
      /^test\.yaml:2:27: r: 4/,
    )
  })

  it('repairs a file that alone would be impossible', () => {
    expect(cellsOf('axes: {topology.zones.a.nodes: [5, 7]}\nseeds: 1\nstrategies: [{quorum: {n: 5}}]')).toHaveLength(2)
  })

  it('leaves out what is impossible on request, and where all is impossible says so', () => {
    const text = (nodes: string) => `skip-impossible: true\nseeds: 1\naxes: {topology.zones.a.nodes: ${nodes}}\n${S}`
    expect(idsOf(text('[2, 3]'))).toEqual(['quorum/nodes=3/1'])
    expect(refusalOf(text('[1, 2]'))).toContain('Every variant is impossible')
  })

  it('of too many points is refused before any is made', () => {
    const values = JSON.stringify(Array.from({ length: 1000 }, (_, i) => i + 1))
    const axes = ['records', 'count', 'a', 'b', 'c'].map((key) => `workload.${key}: ${values}`)
    expect(refusalOf(`axes: { ${axes.join(', ')} }\n${S}`)).toContain(
      'The axes have 1000 x 1000 x 1000 x 1000 x 1000 = 1000000000000000 points',
    )
    expect(refusalOf(`seeds: 200\naxes: { workload.records: ${values} }\n${S}`)).toContain('a run has at most 100000')
  })
})
