/** `topology.preset` and `node.preset` in workload files: what is filled in, what overrides it, axes and settings, and what is refused. */
import { describe, expect, it } from 'vitest'
import type { Cell } from '../../src/experiment/cell.js'
import { cellOf, cellsOf, refusalOf, specOf } from './specs.js'

const S = 'strategies: [quorum]'
const TWO = 'preset: aws, regions: [us-east-1, eu-west-1]'

const topologyOf = (topology: string, ...settings: readonly string[]): Cell =>
  cellOf(`topology: { ${topology} }\n${S}`, ...settings)
const delaysOf = ({ links }: Cell): readonly (readonly string[])[] => links.map((row) => row.map(({ write }) => write))
const nodesOf = ({ zones }: Cell): readonly unknown[] => zones.map(({ name, nodes }) => `${name} ${nodes}`)

describe('a named topology', () => {
  it('fills in zones and links', () => {
    const cell = topologyOf('preset: aws, regions: [us-east-1, eu-west-1, ap-northeast-1], nodes: 3')
    expect(nodesOf(cell)).toEqual(['us-east-1 3', 'eu-west-1 3', 'ap-northeast-1 3'])
    expect(cell.zones.map(({ clients }) => clients)).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect(delaysOf(cell)).toEqual([
      ['lognormal(0.5ms 0.3)', 'lognormal(35ms 0.02)', 'lognormal(73ms 0.02)'],
      ['lognormal(35ms 0.02)', 'lognormal(0.5ms 0.3)', 'lognormal(100.5ms 0.02)'],
      ['lognormal(73ms 0.02)', 'lognormal(100.5ms 0.02)', 'lognormal(0.5ms 0.3)'],
    ])
    expect(cell.links[0]?.[1]).toMatchObject({ loss: 0.0001, bandwidth: null, transport: 'tcp' })
  })

  it('leaves no trace of itself in the cell', () => {
    expect(Object.keys(topologyOf('preset: rack'))).toEqual(Object.keys(cellOf(S)))
  })

  it('may be of one region', () => {
    expect(nodesOf(topologyOf('preset: ibm, regions: [dallas]'))).toEqual(['dallas 3'])
  })

  it('takes its transport from the topology', () => {
    const { links } = topologyOf(`${TWO}, transport: datagram`)
    expect(links.flat().map(({ transport }) => transport)).toEqual(Array(4).fill('datagram'))
  })
})

describe('what a file says of zones', () => {
  it('goes before the preset key by key', () => {
    const cell = topologyOf(
      `${TWO}, nodes: 2, zones: { us-east-1: { clients: 90% }, eu-west-1: { clients: 10%, nodes: 1 } }`,
    )
    expect(cell.zones.map(({ nodes, clients }) => [nodes, clients])).toEqual([
      [2, 0.9],
      [1, 0.1],
    ])
  })
})

describe('what a file says of links', () => {
  const linkOf = (links: string, from = 0, to = 1) => topologyOf(`${TWO}, links: { ${links} }`).links[from]?.[to]

  it('changes the delay and leaves the loss', () => {
    expect(linkOf('us-east-1--eu-west-1: 40ms')).toMatchObject({ write: '40ms', readReply: '40ms', loss: 0.0001 })
    expect(linkOf('us-east-1--eu-west-1: { delay: 40ms }')).toMatchObject({ write: '40ms', read: '40ms', loss: 0.0001 })
  })

  it('changes the loss or one leg and leaves the delay', () => {
    const link = linkOf('us-east-1--eu-west-1: { loss: 1%, read: 9ms }', 1, 0)
    expect(link).toMatchObject({ write: 'lognormal(35ms 0.02)', read: '9ms', loss: 0.01 })
  })

  it('one way builds on what it says both ways, in either order', () => {
    for (const keys of [
      'eu-west-1--us-east-1: 40ms, us-east-1->eu-west-1: { loss: 1% }',
      'us-east-1->eu-west-1: { loss: 1% }, eu-west-1--us-east-1: 40ms',
    ]) {
      expect(linkOf(keys, 0, 1)).toMatchObject({ write: '40ms', loss: 0.01 })
      expect(linkOf(keys, 1, 0)).toMatchObject({ write: '40ms', loss: 0.0001 })
    }
  })

  it('inside zones overrides every zone', () => {
    expect([0, 1].map((zone) => linkOf('local: { loss: 1% }', zone, zone)?.loss)).toEqual([0.01, 0.01])
    expect(linkOf('local: 1ms', 1, 1)?.write).toBe('1ms')
  })
})

describe('hardware by name', () => {
  const nodeOf = (text: string, zone = 0) => cellOf(`${text}\n${S}`).zones[zone]?.node

  it('fills in the station and the disk, and leaves the queue and the clock', () => {
    expect(nodeOf('node: { preset: hdd }')).toEqual({
      concurrency: 4,
      read: 'uniform(50us 200us)',
      write: 'uniform(50us 200us)',
      scan: '2us',
      queue: 1000,
      clock: { offset: '0ms', driftPpm: 0 },
      disk: { fsync: 'uniform(5ms 10ms)' },
    })
  })

  it('gives way to the keys beside it', () => {
    expect(nodeOf('node: { preset: gp3, concurrency: 9, disk: { fsync: 1ms } }')).toMatchObject({
      concurrency: 9,
      read: 'uniform(50us 200us)',
      disk: { fsync: '1ms' },
    })
  })

  it('of one zone goes before what is said for all', () => {
    const text = `topology: { preset: three-azs, zones: { az-2: { node: { preset: redis-like, write: 20us } } } }
node: { preset: gp3, read: 1ms, queue: 7 }`
    expect(nodeOf(text, 0)).toMatchObject({ read: '1ms', queue: 7, disk: { fsync: 'gamma(10 0.18ms)' } })
    expect(nodeOf(text, 1)).toMatchObject({
      concurrency: 1,
      read: 'uniform(6us 10us)',
      write: '20us',
      queue: 7,
      disk: { fsync: null },
    })
  })
})

describe('presets as axes and settings', () => {
  it('take turns as whole topologies', () => {
    const cells = cellsOf(`seeds: 1
axes: { topology: [{ preset: rack }, { preset: three-azs }, { preset: aws, regions: [us-east-1, eu-west-1] }] }
${S}`)
    expect(cells.map(({ id }) => id)).toEqual([
      'quorum/topology=preset=rack/1',
      'quorum/topology=preset=three-azs/1',
      'quorum/topology=preset=aws_regions=us-east-1_eu-west-1/1',
    ])
    expect(cells.map(({ zones }) => zones.length)).toEqual([1, 3, 2])
  })

  it('take turns by name, beside the options that all of them have', () => {
    const text = `seeds: 1\ntopology: { nodes: 5 }\naxes: { topology.preset: [rack, three-azs], node.preset: [nvme, hdd] }\n${S}`
    expect(cellsOf(text).map(({ zones }) => [zones.length, zones[0]?.nodes, zones[0]?.node.disk.fsync])).toEqual([
      [1, 5, 'gamma(10 3.5us)'],
      [1, 5, 'uniform(5ms 10ms)'],
      [3, 5, 'gamma(10 3.5us)'],
      [3, 5, 'uniform(5ms 10ms)'],
    ])
  })

  it('can be set', () => {
    const cell = cellOf(
      S,
      'topology.preset=ibm',
      'topology.regions=[osaka, tokyo]',
      'topology.links.osaka--tokyo.loss=2%',
      'node.preset=nvme',
    )
    expect(nodesOf(cell)).toEqual(['osaka 3', 'tokyo 3'])
    expect(cell.links[0]?.[1]).toMatchObject({ write: 'lognormal(4.5ms 0.02)', loss: 0.02 })
    expect(cell.zones[1]?.node.disk.fsync).toBe('gamma(10 3.5us)')
  })
})

it('a spec tells once which presets a point uses', () => {
  const text = 'topology: { preset: three-azs, zones: { az-1: { node: { preset: hdd } } } }\nnode: { preset: gp3 }'
  const presets = specOf(`${text}\n${S}`).points[0]?.presets ?? []
  expect(presets.map(({ kind, name }) => [kind, name])).toEqual([
    ['topology', 'three-azs'],
    ['hardware', 'gp3'],
    ['hardware', 'hdd'],
  ])
  expect(specOf(S).points[0]?.presets).toEqual([])
})

describe('a preset is refused at its place', () => {
  const AWS = 'us-east-1, us-west-2, ca-central-1, sa-east-1'

  it.each([
    [
      'an unknown topology',
      'topology: {preset: awss}',
      '1:20',
      'rack, three-azs, aws or ibm (did you mean aws?), not "awss"',
    ],
    ['a topology without a name', 'topology: {preset: , nodes: 3}', '1:20', 'not empty'],
    ['a list of topologies', 'topology: {preset: [aws, ibm]}', '1:20', 'not a list'],
    [
      'an unknown region',
      'topology: {preset: aws, regions: [us-esat-1]}',
      '1:35',
      `aws has no region us-esat-1 (did you mean us-east-1?); its regions are ${AWS}`,
    ],
    [
      'a region of another cloud',
      'topology: {preset: ibm, regions: [dallas, us-east-1]}',
      '1:43',
      'ibm has no region us-east-1; its regions are dallas,',
    ],
    [
      'a region twice',
      'topology: {preset: aws, regions: [us-east-1, us-east-1]}',
      '1:46',
      'regions lists us-east-1 twice.',
    ],
    ['no region', 'topology: {preset: aws, regions: []}', '1:34', `a list of one or more of ${AWS}`],
    ['one region that is not in a list', 'topology: {preset: aws, regions: us-east-1}', '1:34', 'not "us-east-1".'],
    ['a region that is a number', 'topology: {preset: aws, regions: [us-east-1, 1]}', '1:46', 'not 1.'],
    [
      'regions of a rack',
      'topology: {preset: rack, regions: [us-east-1]}',
      '1:26',
      'topology has no key regions; it takes preset, nodes, zones,',
    ],
    [
      'regions without a preset',
      'topology: {regions: [us-east-1]}',
      '1:12',
      'topology has no key regions; it takes preset, zones,',
    ],
    ['a misspelt option', 'topology: {preset: aws, region: [us-east-1]}', '1:25', '(did you mean regions?)'],
    ['no node', 'topology: {preset: rack, nodes: 0}', '1:33', 'nodes is a whole number from 1 to 1000, not 0.'],
    ['too many nodes', 'topology: {preset: three-azs, nodes: 400}', '1:11', '400 + 400 + 400 = 1200 nodes'],
    ['jitter without its sign', 'topology: {preset: aws, jitter: 0.02}', '1:33', 'jitter is a percentage'],
    ['a loss over 100%', 'topology: {preset: aws, loss: 101%}', '1:31', 'loss is a percentage'],
    [
      'a zone that is not laid out',
      'topology: {preset: aws, zones: {us-west-2: {nodes: 1}}}',
      '1:33',
      'There is no zone us-west-2 to override (did you mean us-east-1?); with these options aws has us-east-1, eu-west-1, ap-northeast-1.',
    ],
    [
      'shares that do not sum',
      'topology: {preset: three-azs, zones: {az-1: {clients: 50%}}}',
      '1:38',
      '50% + 33.3333% + 33.3333% = 116.667%, not to 100%.',
    ],
    [
      'a link to a zone that is not laid out',
      'topology: {preset: three-azs, links: {az-1--az-4: 1ms}}',
      '1:39',
      'there is no zone az-4 (did you mean az-1?)',
    ],
    [
      'a link twice',
      'topology: {preset: three-azs, links: {az-1--az-2: 1ms, az-2--az-1: 2ms}}',
      '1:56',
      'the same link as an earlier one',
    ],
    [
      'a misspelt key of a link',
      'topology: {preset: three-azs, links: {az-1--az-2: {los: 1%}}}',
      '1:52',
      '(did you mean loss?)',
    ],
    [
      'unknown hardware',
      'node: {preset: gp2}',
      '1:16',
      'nvme, gp3, hdd, redis-like or cassandra-like (did you mean gp3?), not "gp2".',
    ],
    ['unknown hardware of a zone', 'topology: {zones: {a: {node: {preset: ssd}}}}', '1:39', 'not "ssd".'],
  ])('%s', (_, text, place, words) => {
    const line = refusalOf(`${text}\n${S}`)
      .split('\n')
      .find((one) => one.startsWith(`test.yaml:${place}: `))
    expect(line).toContain(words)
  })

  it('with nothing that only follows from it', () => {
    const text = `topology: {preset: awss, regions: [x], zones: {y: {clients: 9%}}, links: {y--z: 1ms}}\nfaults: [{partition: {isolate: y, at: 1s, for: 1s}}]`
    expect(refusalOf(`${text}\n${S}`).match(/test\.yaml:\d+:\d+/g)).toEqual(['test.yaml:1:20'])
  })

  it('as a value of an axis', () => {
    const text = `axes: { topology.preset: [rack, thre-azs] }\n${S}`
    expect(refusalOf(text)).toContain('test.yaml:1:33: preset is rack, three-azs, aws or ibm (did you mean three-azs?)')
  })

  it('as a setting', () => {
    expect(refusalOf(S, 'topology.preset=awss')).toContain('--set topology.preset=awss: preset is rack')
  })
})
