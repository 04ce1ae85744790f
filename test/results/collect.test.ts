/**
 * From a history to a cell's result: operations counted by how they ended, every family measured, plain data throughout.
 */
import { describe, expect, it } from 'vitest'
import { MODIFY, READ, READ_BACK, READ_FOR_MODIFY } from '../../src/history/operation-kinds.js'
import { UNAVAILABLE, UNKNOWN } from '../../src/history/outcomes.js'
import { Collector, collect, inRegisteredOrder } from '../../src/results/collect.js'
import { Story } from '../measures/story.js'
import { cellOf } from './fixtures.js'

function collected() {
  const story = new Story()
  story.probes = { phases: { measuredFrom: 0, measuredTo: 100e6, end: 200e6 } }
  const write = story.write(1, 2, 1)
  const read = story.read(3, write, { kind: READ_FOR_MODIFY })
  story.row({ kind: MODIFY, at: 3, until: 4, order: 2, base: read, outcome: UNKNOWN })
  story.row({ kind: READ_FOR_MODIFY, at: 3, until: 4, outcome: UNAVAILABLE })
  story.read(5, write, { kind: READ_BACK, base: write })
  story.read(150, write, { kind: READ })
  const { history, probes } = story.index()
  return collect(cellOf('q', 3), history, probes, 'abc')
}

describe('collect', () => {
  it('counts whole operations of the measured phase, and all rows', () => {
    expect(collected().operations).toEqual({
      invoked: 3,
      completed: 1,
      failed: 1,
      unknown: 1,
      readBacks: 1,
      recorded: 6,
    })
  })

  it('knows which cell it was and measures with every family', () => {
    const result = collected()
    expect(result).toMatchObject({ id: 'q/3', strategy: 'q', seed: 3, digest: 'abc', cell: cellOf('q', 3) })
    expect(Object.keys(result.measures)).toEqual(
      expect.arrayContaining([
        'read.max',
        'throughput.ok',
        'availability',
        'stale.ratio',
        'diverged.keys',
        'messages.per-op',
      ]),
    )
    expect(Object.keys(result.curves)).toEqual(['visibility', 'visibility.reads'])
  })

  it('is JSON apart from its histograms', () => {
    const { histograms: _, ...entry } = collected()
    expect(JSON.parse(JSON.stringify(entry))).toEqual(entry)
  })
})

describe('Collector', () => {
  it('has no measure where there is nothing to divide by', () => {
    const found = new Collector()
    found.ratio('stale.ratio', 0, 0)
    expect([found.ratios, found.measuresInOrder()]).toEqual([{}, {}])
  })

  it('refuses what is not a number', () => {
    expect(() => new Collector().number('throughput.ok', Number.NaN)).toThrow('finite')
  })

  it('lists measures as registered, then zone by zone', () => {
    const found = new Map(
      ['stale.ratio@eu', 'availability', 'read.p99@us', 'stale.ratio', 'read.p99@eu'].map((name) => [name, 1]),
    )
    expect(Object.keys(inRegisteredOrder(found))).toEqual([
      'availability',
      'stale.ratio',
      'read.p99@eu',
      'stale.ratio@eu',
      'read.p99@us',
    ])
  })
})
