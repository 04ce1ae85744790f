/**
 * The measures that probes make possible: durability and cost; and the registry.
 */
import { describe, expect, it } from 'vitest'
import { INCREMENT } from '../../src/history/operation-kinds.js'
import { OK } from '../../src/history/outcomes.js'
import { cost } from '../../src/measures/cost.js'
import { durability } from '../../src/measures/durability.js'
import { families, measureInfo, measureInfos } from '../../src/measures/index.js'
import { Story } from './story.js'

/** A write that each replica receives at its time (ms), acknowledged at `until`. */
function replicate(story: Story, until: number, receipts: readonly number[]): void {
  const { history } = story
  const id = history.begin(INCREMENT, 0, 0, 0, -1)
  const early = receipts.flatMap((at, replica) => (at <= until ? [{ at, replica }] : []))
  for (const { at, replica } of early) history.received(id, replica, at * 1e6)
  history.finish(id, OK, until * 1e6, Number.NaN, -1)
  receipts.forEach((at, replica) => {
    if (at > until) history.received(id, replica, at * 1e6)
  })
}

describe('durability', () => {
  it('counts the replicas and zones that held a write when it was acknowledged', () => {
    const story = new Story(3)
    story.probes = { zoneNames: ['us', 'eu'], zoneOfNode: [0, 0, 1] }
    replicate(story, 20, [1, 20, 30])
    expect(story.measure(durability).measuresInOrder()).toEqual({
      'durable.copies.min': 2,
      'durable.zones.min': 1,
      'durable.copies.min@us': 2,
      'durable.zones.min@us': 1,
    })
    replicate(story, 35, [50, 20, 30])
    expect(story.measure(durability).histograms['durable.zones']).toMatchObject({ count: 2, min: 1, max: 2 })
    replicate(story, 5, [50, 20, 30])
    expect(story.measure(durability).measuresInOrder()).toMatchObject({
      'durable.copies.min': 0,
      'durable.zones.min': 0,
    })
  })

  it('counts a replica that received the write at the very instant, whatever single precision makes of it', () => {
    const story = new Story(1)
    const { history } = story
    const id = history.begin(INCREMENT, 0, 0, 0, -1)
    history.received(id, 0, 123_456_789)
    history.finish(id, OK, 123_456_789, Number.NaN, -1)
    expect(story.measure(durability).measuresInOrder()).toEqual({ 'durable.copies.min': 1, 'durable.zones.min': 1 })
  })

  it('counts zones whose disks were lost afterwards, and none that was lost before the acknowledgement', () => {
    const story = new Story(3)
    story.probes = { zoneNames: ['us', 'eu'], zoneOfNode: [0, 0, 1] }
    replicate(story, 20, [1, 20, 20])
    for (const replica of [0, 1, 2]) story.history.forget(0, replica)
    expect(story.measure(durability).measuresInOrder()).toMatchObject({
      'durable.copies.min': 3,
      'durable.zones.min': 2,
    })
    const { history } = story
    const id = history.begin(INCREMENT, 0, 0, 0, -1)
    for (const replica of [0, 2]) history.received(id, replica, 1e6)
    history.forget(id, 2)
    history.finish(id, OK, 5e6, Number.NaN, -1)
    expect(story.measure(durability).histograms['durable.zones']).toMatchObject({ count: 2, min: 1, max: 2 })
  })

  it('gives the first percentile from 1,000 writes on', () => {
    const story = new Story(2)
    for (let i = 0; i < 1000; i++) replicate(story, 20, [1, i < 10 ? 30 : 10])
    expect(story.measure(durability).measuresInOrder()).toMatchObject({ 'durable.copies.p1': 1 })
  })

  it('is absent without receipts', () => {
    const story = new Story(0)
    story.write(0, 1)
    expect(story.measure(durability).measuresInOrder()).toEqual({})
  })
})

describe('cost', () => {
  it('divides traffic by whole operations and tells the busiest station', () => {
    const story = new Story()
    const station = { meanInSystem: 1, completions: 100 }
    story.probes = {
      traffic: { messages: 12, bytes: 4000, wanBytes: 400 },
      stations: [
        { ...station, node: 0, utilization: 0.2 },
        { ...station, node: 1, utilization: 0.6 },
      ],
    }
    for (let i = 0; i < 4; i++) story.write(i, i + 1)
    expect(story.measure(cost).measuresInOrder()).toEqual({
      'messages.per-op': 3,
      'bytes.per-op': 1000,
      'wan.bytes-per-op': 100,
      'utilization.mean': 0.4,
      'utilization.max': 0.6,
    })
  })
})

describe('the registry', () => {
  it('has each name once, with a sentence about it', () => {
    const names = measureInfos.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { summary } of measureInfos) expect(summary).toMatch(/^[A-Z0-9].*\.$/)
  })

  it('knows a name with a zone', () => {
    expect(measureInfo('read.p99.9@us')).toBe(measureInfo('read.p99.9'))
    expect(measureInfo('read.p98')).toBeUndefined()
  })

  it('lists the names that the design makes a contract of', () => {
    expect(families.map(({ name }) => name)).toMatchInlineSnapshot(`
      [
        "latency",
        "throughput",
        "availability",
        "recovery",
        "staleness",
        "visibility",
        "durability",
        "convergence",
        "conflicts",
        "loss",
        "doubt",
        "cost",
        "hinted-handoff",
      ]
    `)
    expect(measureInfos.map(({ name }) => name).join(' ')).toMatchInlineSnapshot(
      `"read.mean read.p50 read.p90 read.p95 read.p99 read.p99.9 read.p99.99 read.max write.mean write.p50 write.p90 write.p95 write.p99 write.p99.9 write.p99.99 write.max rmw.mean rmw.p50 rmw.p90 rmw.p95 rmw.p99 rmw.p99.9 rmw.p99.99 rmw.max scan.mean scan.p50 scan.p90 scan.p95 scan.p99 scan.p99.9 scan.p99.99 scan.max throughput.offered throughput.accepted throughput.ok throughput.max availability unavailable.seconds errors.timeout errors.unavailable errors.overloaded errors.conflict errors.dropped retries.per-op recovery.time stale.ratio stale.age.p50 stale.age.p99 stale.age.max stale.versions.p99 stale.versions.max visibility.p50 visibility.p99 visibility.p99.9 visibility.write.p50 visibility.write.p99 visibility.write.p99.9 durable.copies.min durable.copies.p1 durable.zones.min convergence.p50 convergence.p99 convergence.max convergence.heal diverged.keys conflicts.ratio siblings.p99 siblings.max lost.ratio lost.overwritten lost.overwritten.seen lost.rmw lost.durability lost.merges duplicated.ratio unknown.applied messages.per-op bytes.per-op wan.bytes-per-op repair.bytes-per-op tree.bytes-per-op tree.read-bytes-per-op gossip.bytes-per-op metadata.bytes-per-key utilization.mean utilization.max hints.max hints.dropped"`,
    )
  })
})
