/** Named topologies and hardware: that the matrices are whole, cells of the published tables, and that every law can be read. */
import { describe, expect, it } from 'vitest'
import { MICROSECOND, MILLISECOND } from '../../src/core/units.js'
import { compile } from '../../src/distributions/index.js'
import { parseLaw } from '../../src/distributions/parse.js'
import { nodeHardware, topologies } from '../../src/topologies/index.js'
import type { Layout, Topology } from '../../src/topologies/topology.js'

/** With all the zones that it can have. */
function whole(topology: Topology): Layout {
  const all = topology.name === 'aws' || topology.name === 'ibm' ? { regions: topology.zones } : {}
  return topology.layOut(topology.options.parse(all))
}

function roundTrip({ zones, links }: Layout, from: string, to: string): number {
  const index = (name: string): number => zones.findIndex((zone) => zone.name === name)
  return (2 * compile(links[index(from)]?.[index(to)]?.delay as string, 'time').median) / MILLISECOND
}

describe.each(topologies.all.map((topology) => [topology.name, topology] as const))('%s', (_, topology) => {
  const layout = whole(topology)

  it('has every zone that it names, with three nodes and its share of the clients', () => {
    expect(layout.zones).toEqual(topology.zones.map((name) => ({ name, nodes: 3, clients: 1 / topology.zones.length })))
  })

  it('has a link of a positive delay for every two zones, the same both ways', () => {
    for (const [i, row] of layout.links.entries()) {
      expect(row).toHaveLength(layout.zones.length)
      for (const [j, link] of row.entries()) {
        expect(compile(link.delay, 'time').median).toBeGreaterThan(0)
        expect(link).toEqual(layout.links[j]?.[i])
      }
    }
  })

  it('is nearest to itself, where nothing is lost', () => {
    for (const [i, row] of layout.links.entries()) {
      const medians = row.map(({ delay }) => compile(delay, 'time').median)
      expect(Math.min(...medians)).toBe(medians[i])
      expect(row[i]?.loss).toBe(0)
    }
  })

  it('says where its figures come from, shortly', () => {
    expect(topology.source).toMatch(/20\d\d/)
    expect(topology.source.length).toBeLessThan(120)
  })
})

describe('the matrices', () => {
  it.each([
    ['aws', 'us-east-1', 'us-west-2', 64],
    ['aws', 'eu-west-1', 'us-east-1', 70],
    ['aws', 'eu-central-1', 'ap-southeast-1', 158],
    ['aws', 'ap-southeast-2', 'sa-east-1', 312],
    ['aws', 'af-south-1', 'ap-southeast-2', 412],
    ['aws', 'ap-northeast-1', 'ap-southeast-2', 107],
    ['ibm', 'dallas', 'washington-dc', 31],
    ['ibm', 'frankfurt', 'london', 13],
    ['ibm', 'osaka', 'tokyo', 9],
    ['ibm', 'sydney', 'sao-paulo', 328],
    ['ibm', 'tokyo', 'washington-dc', 164],
    ['ibm', 'sao-paulo', 'tokyo', 284],
    ['rack', 'rack', 'rack', 0.09],
    ['three-azs', 'az-1', 'az-3', 1],
  ])('%s has %s to %s in %d ms', (name, from, to, milliseconds) => {
    expect(roundTrip(whole(topologies.get(name) as Topology), from, to)).toBeCloseTo(milliseconds, 4)
  })

  it('have eleven and ten regions', () => {
    expect(['aws', 'ibm'].map((name) => topologies.get(name)?.zones.length)).toEqual([11, 10])
  })
})

describe('the options', () => {
  const layOut = (name: string, options: object): Layout => {
    const topology = topologies.get(name) as Topology
    return topology.layOut(topology.options.parse(options))
  }

  it('choose regions, in their order', () => {
    const { zones, links } = layOut('ibm', { regions: ['tokyo', 'dallas'], nodes: 5 })
    expect(zones.map(({ name, nodes, clients }) => [name, nodes, clients])).toEqual([
      ['tokyo', 5, 0.5],
      ['dallas', 5, 0.5],
    ])
    expect(links[0]?.[1]?.delay).toBe('lognormal(71.5ms 0.02)')
  })

  it('set jitter and loss between zones and leave the inside alone', () => {
    const { links } = layOut('aws', { jitter: '0.5%', loss: '0%' })
    expect(links[0]?.[1]).toEqual({ delay: 'lognormal(35ms 0.005)', loss: 0 })
    expect(links[0]?.[0]).toEqual({ delay: 'lognormal(0.5ms 0.3)', loss: 0 })
  })

  it('are 2% of jitter and 0.01% of loss between regions, 10% and none between zones of one', () => {
    expect(layOut('aws', {}).links[0]?.[1]).toEqual({ delay: 'lognormal(35ms 0.02)', loss: 0.0001 })
    expect(layOut('three-azs', {}).links[0]?.[1]).toEqual({ delay: 'lognormal(0.5ms 0.1)', loss: 0 })
  })

  it('read a jitter of any size', () => {
    for (const jitter of ['0%', '0.00001%', '100%'])
      expect(() => parseLaw(layOut('aws', { jitter }).links[0]?.[1]?.delay as string, 'time')).not.toThrow()
  })
})

describe('hardware', () => {
  const meanOf = (law: string): number => parseLaw(law, 'time').mean

  it.each([
    ['nvme', 35 * MICROSECOND],
    ['gp3', 1.8 * MILLISECOND],
    ['hdd', 7.5 * MILLISECOND],
  ])('%s flushes in %d ns on average', (name, mean) => {
    expect(meanOf(nodeHardware.get(name)?.fsync as string) / mean).toBeCloseTo(1, 6)
  })

  it.each([
    ['redis-like', 100_000, 180_000],
    ['cassandra-like', 12_500 / 5, 12_500 / 2],
  ])('%s serves from %d to %d operations a second and core', (name, least, most) => {
    const { read, write, fsync } = nodeHardware.get(name) as NonNullable<ReturnType<typeof nodeHardware.get>>
    expect(fsync).toBeNull()
    for (const law of [read, write]) {
      expect(1e9 / meanOf(law)).toBeGreaterThan(least)
      expect(1e9 / meanOf(law)).toBeLessThan(most)
    }
  })

  it('has a source for every entry', () => {
    for (const { source } of nodeHardware.all) expect(source.length).toBeGreaterThan(20)
  })
})
