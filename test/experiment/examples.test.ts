/** Workload files that are right: what becomes of every part, what the defaults are, and that the examples of the documents are read. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalog } from '../../src/catalog.js'
import type { Cell, CellLink } from '../../src/experiment/cell.js'
import { plan } from '../../src/experiment/plan.js'
import { parseSpec } from '../../src/experiment/spec.js'
import { cellOf, cellsOf, refusalOf, specOf } from './specs.js'

/** The example of the design, without what later versions bring. */
const DESIGN = `
name: compare-strategies
about: A shopping service in three regions; which replication fits?
seeds: 10
duration: 60s
topology:
  zones: { us: { nodes: 3, clients: 50% }, eu: { nodes: 3, clients: 30% }, ap: { nodes: 3, clients: 20% } }
  links:
    local: lognormal(0.25ms 0.3)
    us--eu: 35ms + exponential(1ms)
    us--ap: 80ms + exponential(2ms)
    eu--ap: 110ms + exponential(2ms)
node: { concurrency: 4, read: exponential(0.2ms), write: exponential(0.3ms), queue: 1000, clock: { offset: normal(0ms 2ms), drift: 20ppm } }
client: { timeout: 1s, retries: 0, backoff: 10ms, jitter: 50%, budget: 10%, mark-down: 5s, fail-over: false, coordinator: token-aware }
workload:
  records: 100000
  operations: { read: 50%, update: 30%, read-modify-write: 5%, increment: 5%, add: 5%, remove: 5% }
  keys: zipfian(0.99)
  values: 100B
  arrivals: poisson(2000/s)
  read-back: { share: 1%, after: uniform(0ms 50ms) }
strategies:
  - single-leader: { acks: majority, reads: follower }
  - lww
  - crdt
  - quorum: { n: 3, r: [1, 2], w: [1, 2] }
faults:
  - crash: { node: any, at: 5s, for: 5s }
  - partition: { isolate: us, at: 20s, for: 10s }
axes: { workload.operations: [ { read: 50%, update: 50% }, { read: 95%, update: 5% } ] }
`

describe('the example of the design', () => {
  const cells = cellsOf(DESIGN)

  it('makes every cell of its grid', () => {
    expect(cells).toHaveLength(2 * 7 * 10)
    expect(specOf(DESIGN).variants.map((variant) => variant.label)).toEqual([
      'single-leader reads=follower',
      'lww',
      'crdt',
      'quorum r=1 w=1',
      'quorum r=1 w=2',
      'quorum r=2 w=1',
      'quorum r=2 w=2',
    ])
  })

  it('is told in nanoseconds, bytes and ratios', () => {
    const { zones, links, client, workload, phases, faults } = cells[0] as Cell
    expect(zones.map(({ name, nodes, clients }) => [name, nodes, clients])).toEqual([
      ['us', 3, 0.5],
      ['eu', 3, 0.3],
      ['ap', 3, 0.2],
    ])
    expect(zones[2]?.node.clock).toEqual({ offset: 'normal(0ms 2ms)', driftPpm: 20 })
    expect(links.map((row) => row.map((link) => link.write))).toEqual([
      ['lognormal(0.25ms 0.3)', '35ms + exponential(1ms)', '80ms + exponential(2ms)'],
      ['35ms + exponential(1ms)', 'lognormal(0.25ms 0.3)', '110ms + exponential(2ms)'],
      ['80ms + exponential(2ms)', '110ms + exponential(2ms)', 'lognormal(0.25ms 0.3)'],
    ])
    expect(client).toMatchObject({
      timeout: 1e9,
      backoff: 1e7,
      jitter: 0.5,
      budget: 0.1,
      markDown: 5e9,
      failOver: false,
    })
    expect(workload.readBack).toEqual({ share: 0.01, after: 'uniform(0ms 50ms)' })
    expect(phases).toEqual({ warmup: 2e9, duration: 6e10, settle: 6e10 })
    expect(faults.map(({ options }) => options)).toEqual([
      { node: 'any', at: 5e9, for: '5s', disk: 'keep' },
      { isolate: 'us', at: 2e10, for: '10s' },
    ])
  })
})

describe('a file with nothing but a strategy', () => {
  it('is a whole experiment', () => {
    const cells = cellsOf('strategies: [quorum]')
    expect(cells.map((cell) => cell.seed)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    const link = 'lognormal(0.25ms 0.3)'
    const legs = { write: link, writeAck: link, read: link, readReply: link }
    expect(cells[0]).toEqual({
      id: 'quorum/1',
      variant: 'quorum',
      label: 'quorum',
      axes: {},
      seed: 1,
      strategy: {
        name: 'quorum',
        options: { n: 3, r: 2, w: 2, contact: 'all', repair: 'asynchronous', coordinator: 'node', vnodes: 16 },
      },
      zones: [
        {
          name: 'local',
          nodes: 3,
          clients: 1,
          node: {
            concurrency: 4,
            read: 'exponential(0.2ms)',
            write: 'exponential(0.3ms)',
            scan: '2us',
            queue: 1000,
            clock: { offset: '0ms', driftPpm: 0 },
            disk: { fsync: null },
          },
        },
      ],
      links: [[{ ...legs, loss: 0, bandwidth: null, transport: 'tcp' }]],
      client: {
        timeout: 1e9,
        retries: 0,
        backoff: 1e7,
        jitter: 0.5,
        budget: 0.1,
        markDown: 5e9,
        failOver: false,
        coordinator: 'token-aware',
      },
      workload: {
        records: 10_000,
        operations: { read: 0.5, update: 0.5 },
        keys: { name: 'zipfian', options: { theta: 0.99 }, locality: null, among: 'all' },
        fields: { count: 1, read: 'all', write: 'all' },
        values: '100B',
        scanLength: 'uniform(1 100)',
        arrivals: { kind: 'open', process: { name: 'poisson', options: { rate: 1000 } } },
        overload: null,
        readBack: null,
        count: null,
      },
      faults: [],
      phases: { warmup: 2e9, duration: 2e10, settle: 6e10 },
      eventLimit: 1e9,
    })
  })

  it('is called as its file', () => {
    const nameOf = (fileName: string) => parseSpec('strategies: [lww]', fileName, catalog).name
    expect(nameOf('some/where/my-test.yaml')).toBe('my-test')
    expect(nameOf('C:\\tests\\Größe 2.yml')).toBe('Gr-e-2')
    expect(nameOf('..')).toBe('workload')
  })
})

describe('a node', () => {
  it('of a zone overrides that of the file key by key', () => {
    const [a, b] = cellOf(`
topology: { zones: { a: { node: { read: 9ms, clock: { drift: 5ppm } } }, b: {} }, links: { a--b: 1ms } }
node: { read: 1ms, queue: 7, clock: { offset: 3ms, drift: 1ppm } }
strategies: [lww]`).zones
    expect(a?.node).toMatchObject({ read: '9ms', queue: 7, clock: { offset: '3ms', driftPpm: 5 } })
    expect(b?.node).toMatchObject({ read: '1ms', queue: 7, clock: { offset: '3ms', driftPpm: 1 } })
  })

  it('may be in a zone without clients, and clients in a zone without nodes', () => {
    const text = 'topology: { zones: { a: { clients: 0% }, b: { nodes: 0, clients: 100% } }, links: { a--b: 1ms } }'
    expect(cellOf(`${text}\nstrategies: [lww]`).zones.map(({ nodes, clients }) => [nodes, clients])).toEqual([
      [3, 0],
      [0, 1],
    ])
  })
})

describe('a link', () => {
  const linksOf = (links: string): readonly (readonly CellLink[])[] =>
    cellOf(`topology: { zones: { a: {}, b: {} }, links: { ${links} } }\nstrategies: [lww]`).links

  it('may give each leg its law, the others the delay', () => {
    expect(linksOf('a--b: { delay: 5ms, write: 1ms, readReply: 2ms }')[0]?.[1]).toMatchObject({
      write: '1ms',
      writeAck: '5ms',
      read: '5ms',
      readReply: '2ms',
    })
    expect(linksOf('a--b: { write: 1ms, writeAck: 2ms, read: 3ms, readReply: 4ms }')[1]?.[0]?.read).toBe('3ms')
  })

  it.each([
    ['1GB/s', 1e9],
    ['100Mb/s', 12.5e6],
    ['1 KiB/s', 1024],
    ['8b/s', 1],
  ])('of %s carries %d bytes per second', (bandwidth, bytes) => {
    expect(linksOf(`a--b: { delay: 5ms, bandwidth: ${bandwidth} }`)[0]?.[1]?.bandwidth).toBe(bytes)
  })

  it('may lose, and choose its transport or take that of the topology', () => {
    expect(linksOf('a--b: { delay: 5ms, loss: 2% }')[1]?.[0]).toMatchObject({ loss: 0.02, transport: 'tcp' })
    const text =
      'topology: { transport: datagram, zones: { a: {}, b: {} }, links: { a--b: { delay: 1ms, transport: tcp } } }'
    const { links } = cellOf(`${text}\nstrategies: [lww]`)
    expect([links[0]?.[0]?.transport, links[0]?.[1]?.transport]).toEqual(['datagram', 'tcp'])
  })

  it('one way goes before both ways, in either order', () => {
    for (const links of ['a--b: 5ms, a->b: 9ms', 'a->b: 9ms, b--a: 5ms']) {
      const [[, there] = [], [back] = []] = linksOf(links)
      expect([there?.write, back?.write]).toEqual(['9ms', '5ms'])
    }
  })
})

describe('a workload', () => {
  const workloadOf = (workload: string) => cellOf(`workload: { ${workload} }\nstrategies: [lww]`).workload

  it.each([
    ['poisson(2000/s)', { kind: 'open', process: { name: 'poisson', options: { rate: 2000 } } }],
    ['poisson( 3/ms )', { kind: 'open', process: { name: 'poisson', options: { rate: 3000 } } }],
    ['closed(64)', { kind: 'closed', sessions: 64, think: '0ms', perSecond: null }],
    ['closed(64 think 5ms)', { kind: 'closed', sessions: 64, think: '5ms', perSecond: null }],
    [
      '"closed(1, think uniform(1ms, 2ms))"',
      { kind: 'closed', sessions: 1, think: 'uniform(1ms, 2ms)', perSecond: null },
    ],
  ])('may have the arrivals %s', (text, arrivals) => {
    expect(workloadOf(`arrivals: ${text}`).arrivals).toEqual(arrivals)
  })

  it.each([
    ['constant(2000/s)', 'constant', { rate: 2000 }],
    [
      'bursts(5000/s on 1s off exponential(9s) base 100/s)',
      'bursts',
      { rate: 5000, on: '1s', off: 'exponential(9s)', base: 100 },
    ],
    ['bursts(5000/s 1s 9s)', 'bursts', { rate: 5000, on: '1s', off: '9s', base: 0 }],
    ['ramp(100/s 5000/s over 60s)', 'ramp', { from: 100, to: 5000, over: 60e9 }],
    ['ramp(100/s 5000/s)', 'ramp', { from: 100, to: 5000 }],
    ['daily(200/s 2000/s over 1h)', 'daily', { least: 200, most: 2000, over: 3600e9 }],
    ['daily(200/s 2000/s)', 'daily', { least: 200, most: 2000, over: 86_400e9 }],
  ])('may have the open arrivals %s', (text, name, options) => {
    expect(workloadOf(`arrivals: ${text}`).arrivals).toEqual({ kind: 'open', process: { name, options } })
  })

  it('may have sessions that keep to a schedule', () => {
    const arrivals = { kind: 'closed', sessions: 64, think: '0ms', perSecond: 2000 }
    expect(workloadOf('arrivals: closed(64 at 2000/s)').arrivals).toEqual(arrivals)
  })

  it.each(['queue', 'drop', 'abort'])('may have the policy %s', (policy) => {
    expect(workloadOf(`overload: ${policy}(256)`).overload).toEqual({ sessions: 256, policy })
  })

  it('has no policy by default', () => {
    expect(workloadOf('count: 1').overload).toBeNull()
  })

  it.each([
    ['uniform', 'uniform', {}],
    ['zipfian', 'zipfian', { theta: 0.99 }],
    ['zipfian(1.2)', 'zipfian', { theta: 1.2 }],
    ['ycsb-zipfian', 'ycsb-zipfian', { expected: 0 }],
    ['ycsb-zipfian(expected 500)', 'ycsb-zipfian', { expected: 500 }],
    ['latest', 'latest', {}],
    ['hotspot', 'hotspot', { records: 0.2, operations: 0.8 }],
    ['hotspot(10% 90%)', 'hotspot', { records: 0.1, operations: 0.9 }],
    ['"hotspot(10%, operations 90%)"', 'hotspot', { records: 0.1, operations: 0.9 }],
    ['exponential(90% 10%)', 'exponential', { operations: 0.9, records: 0.1 }],
    ['exponential', 'exponential', { operations: 0.95, records: 0.8571428571 }],
    ['sequential', 'sequential', {}],
    ['fresh', 'fresh', {}],
    ['{ law: uniform }', 'uniform', {}],
    ['{}', 'zipfian', { theta: 0.99 }],
  ])('may have the keys %s', (text, name, options) => {
    expect(workloadOf(`keys: ${text}`).keys).toEqual({ name, options, locality: null, among: 'all' })
  })

  it('may have keys with homes, and a law over what was loaded', () => {
    const topology = 'topology: { zones: { us: {}, eu: {} }, links: { us--eu: 1ms } }'
    const text = `${topology}\nworkload: { keys: { law: zipfian(1.2), locality: 90%, among: loaded } }\nstrategies: [lww]`
    expect(cellOf(text).workload.keys).toEqual({
      name: 'zipfian',
      options: { theta: 1.2 },
      locality: 0.9,
      among: 'loaded',
    })
  })

  it('may read back at a law or at listed times, and end after a count', () => {
    expect(workloadOf('read-back: { after: [0ms, 1ms, 5ms] }').readBack).toEqual({ share: 1, after: [0, 1e6, 5e6] })
    expect(workloadOf('read-back: { share: 5% }').readBack).toEqual({ share: 0.05, after: '0ms' })
    expect(workloadOf('count: 500').count).toBe(500)
  })
})

describe('a law that names a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-laws-'))
  const cellIn = (text: string): Cell => plan(parseSpec(text, join(folder, 'test.yaml'), catalog))[0] as Cell

  it('finds it beside the workload file, and the cell needs it no more', () => {
    writeFileSync(join(folder, 'delays.txt'), '# measured\n2ms\n1ms\n4ms\n')
    const { zones } = cellIn('node: { read: 1ms + empirical(delays.txt) }\nstrategies: [lww]')
    expect(zones[0]?.node.read).toBe('1ms + empirical(1ms 2ms 4ms)')
  })

  it('may be a histogram of sizes', () => {
    writeFileSync(join(folder, 'sizes.txt'), 'BlockSize\t100\n0\t5\n2\t1\n')
    const { workload } = cellIn('workload: { values: histogram(sizes.txt) }\nstrategies: [lww]')
    expect(workload.values).toBe('histogram(100B 5 0 1)')
  })

  it('says which line of it is wrong', () => {
    writeFileSync(join(folder, 'wrong.txt'), '1ms\n2\n')
    const text = 'node: { read: empirical(wrong.txt) }\nstrategies: [lww]'
    expect(() => cellIn(text)).toThrow('test.yaml:1:25: wrong.txt:2: 2 needs a unit')
  })
})

describe('a recording of arrivals', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-arrivals-'))
  const text = 'workload: { arrivals: replay(arrivals.csv) }\nstrategies: [lww]'
  const cellWith = (contents: string): Cell => {
    writeFileSync(join(folder, 'arrivals.csv'), contents)
    return plan(parseSpec(text, join(folder, 'test.yaml'), catalog))[0] as Cell
  }

  it('is found beside the workload file, and the cell needs it no more', () => {
    const { arrivals } = cellWith('1.5\n1.501\n1.503\n').workload
    expect(arrivals).toEqual({ kind: 'open', process: { name: 'replay', options: { tick: 1e6, gaps: 'BC' } } })
  })

  it('says which line of it is wrong', () => {
    expect(() => cellWith('2\n1\n')).toThrow(
      'test.yaml:1:30: arrivals.csv:2: 1 is earlier than the timestamp before it; sort the file.',
    )
  })
})

describe('a variant', () => {
  it('is left out on request where it is impossible', () => {
    const text = 'seeds: 1\nstrategies: [{ quorum: { n: [3, 5], r: [1, 4] } }]'
    expect(refusalOf(text)).toContain('r: 4 exceeds n: 3')
    expect(cellsOf(`skip-impossible: true\n${text}`).map((cell) => cell.label)).toEqual(['quorum n=3 r=1'])
  })

  it('has an id of its own where labels differ in what an id cannot hold', () => {
    const zones = 'topology: { zones: { ä: {}, ö: {} }, links: { ä--ö: 1ms } }'
    const ids = cellsOf(`seeds: 1\n${zones}\nstrategies: [{ single-leader: { leader: [ä, ö] } }]`).map(
      (cell) => cell.id,
    )
    expect(new Set(ids).size).toBe(2)
  })
})

describe('the examples of the README', () => {
  const examples = [...readFileSync('README.md', 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(
    (match) => match[1] as string,
  )

  it('are read', () => {
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) expect(cellsOf(example).length).toBeGreaterThan(0)
  })
})
