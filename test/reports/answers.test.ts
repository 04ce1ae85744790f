/** The three answers on hand-made results: what they recommend, on which evidence, and what they do not claim. */
import { describe, expect, it } from 'vitest'
import { type Answer, answersOf } from '../../src/reports/answers.js'
import type { FaultToll, StruckWindow, Tally } from '../../src/results/fault-toll.js'
import type { Results } from '../../src/results/results.js'
import type { Summary } from '../../src/results/summary.js'
import { none, resultsOf, saturated, summaryOf, timedOut, value } from './fixtures.js'

const answers = (summaries: readonly Summary[], more: Partial<Results> = {}): readonly Answer[] =>
  answersOf(resultsOf(summaries, more))

/** As one text. */
const textOf = ({ answers, beside }: Answer): string =>
  [...answers.map(({ at, text }) => (at === '' ? text : `At [${at}]: ${text}`)), ...beside].join(' ')
const freshness = (...summaries: readonly Summary[]): string => textOf(answers(summaries)[0] as Answer)
const cost = (...summaries: readonly Summary[]): Answer => answers(summaries)[1] as Answer
const safety = (summaries: readonly Summary[], more: Partial<Results> = {}): string =>
  textOf(answers(summaries, more)[2] as Answer)

describe('nothing to answer from', () => {
  it('gives no answers without a summary, or without a cell that ended', () => {
    expect(answers([])).toEqual([])
    expect(answers([summaryOf('lww', {}, { seeds: [] })])).toEqual([])
  })

  it('says of each question that the result does not tell', () => {
    expect(answers([summaryOf('lww', {})]).map(textOf)).toEqual([
      'This workload has no reads of what was written before, so it does not say.',
      'No fault struck in this workload, so it does not say. To see it, add to the file: faults: [{ crash: { node: any, at: 10s, for: 6s } }]',
      'Copies at acknowledgement were not measured, so it does not say.',
    ])
  })
})

describe('fresh reads at the lowest write p99', () => {
  const fast = summaryOf('lww', { 'stale.ratio': value(0.18), 'write.p99': value(2) })

  it('takes the fastest of those whose whole interval is fresh enough, with what stands beside it', () => {
    const text = freshness(
      fast,
      summaryOf('leader', { 'stale.ratio': value(0.0005, 0.0004, 0.0006), 'write.p99': value(230) }),
      summaryOf('quorum', {
        'stale.ratio': none(100_000),
        'write.p99': value(140),
        'read.p99': value(75),
        availability: value(0.95),
        'durable.copies.min': value(2),
      }),
    )
    expect(text).toBe(
      'quorum: write p99 140 ms, read p99 75 ms, stale 0 of 100000 (< 0.003%), available 95%, 2 copies at acknowledgement. Runner-up: leader, write p99 230 ms.',
    )
  })

  it('says probably where only the value is fresh enough', () => {
    const text = freshness(
      fast,
      summaryOf('a', { 'stale.ratio': value(0.0009, 0.0005, 0.0011), 'write.p99': value(9) }),
    )
    expect(text).toBe('Probably a: write p99 9 ms, stale 0.09%. No other surely does; closest is lww, stale 18%.')
  })

  it('names who is faster and only probably so fresh, beside who surely is', () => {
    const text = freshness(
      summaryOf('sure', { 'stale.ratio': none(100_000), 'write.p99': value(9) }),
      summaryOf('unsure', { 'stale.ratio': none(1000), 'write.p99': value(2) }),
    )
    expect(text).toContain('sure: write p99 9 ms')
    expect(text).toContain('Faster, and only probably so fresh: unsure.')
  })

  it('names those whose writes are not clearly slower', () => {
    const text = freshness(
      summaryOf('a', { 'stale.ratio': none(100_000), 'write.p99': value(9, 8, 10) }),
      summaryOf('b', { 'stale.ratio': none(100_000), 'write.p99': value(9.5, 8, 10) }),
    )
    expect(text).toContain('Not clearly slower: b.')
  })

  it('takes of those whose writes print alike the one with the lowest read p99', () => {
    const fresh = { 'stale.ratio': none(100_000) }
    const text = freshness(
      summaryOf('a', { ...fresh, 'write.p99': value(2.2901, 2, 3), 'read.p99': value(3) }),
      summaryOf('b', { ...fresh, 'write.p99': value(2.2899, 2, 3), 'read.p99': value(4) }),
      summaryOf('c', { ...fresh, 'write.p99': value(2.4, 2, 3), 'read.p99': value(1) }),
    )
    expect(text).toMatch(/^a: .* Not clearly slower: b and c\.$/)
  })

  it('tells the median beside a p99 among clients giving up', () => {
    const text = freshness(
      summaryOf('a', { 'stale.ratio': none(9000), 'write.p50': value(143), 'write.p99': timedOut(1000) }),
    )
    expect(text).toContain('write p99 ≥ 1000 ms (p50 143 ms)')
  })

  it('never recommends who is saturated, and says so', () => {
    const text = freshness(
      saturated('lww', { 'stale.ratio': none(100_000), 'write.p99': value(2) }),
      summaryOf('quorum', { 'stale.ratio': none(100_000), 'write.p99': value(140) }),
    )
    expect(text).toMatch(/^quorum: /)
    expect(text).toContain('Saturated, so not recommended: lww.')
  })

  it('tells the freshest where nobody is fresh enough, and from when on reads would be', () => {
    const text = freshness(
      summaryOf('a', { 'stale.ratio': value(0.18), 'write.p99': value(2), 'visibility.p99.9': value(6310) }),
      summaryOf('b', { 'stale.ratio': value(0.011), 'write.p99': value(230), 'visibility.p99.9': value(708) }),
    )
    expect(text).toBe(
      'None reaches it; freshest is b, stale 1.1%, write p99 230 ms. Outside of faults reads are 99.9% fresh so long after a write: 6310 ms under a and 708 ms under b.',
    )
  })

  it('has a row for each target', () => {
    const [{ table }] = answers([
      fast,
      summaryOf('a', { 'stale.ratio': value(0.005), 'write.p99': value(20), 'read.p99': value(3) }),
      summaryOf('b', { 'stale.ratio': none(10_000), 'write.p99': value(50), 'read.p99': value(4) }),
    ]) as readonly [Answer]
    expect(table?.rows.map((row) => row.slice(0, 4))).toEqual([
      ['99%', 'a', '20 ms', '3 ms'],
      ['99.9%', 'b', '50 ms', '4 ms'],
      // 3 of 10000 may be stale, and one is asked.
      ['99.99%', 'probably b', '50 ms', '4 ms'],
      ['none stale', 'b', '50 ms', '4 ms'],
    ])
  })
})

describe('where axes vary', () => {
  const at = (records: number, label: string, stale: number): Summary =>
    summaryOf(
      label,
      { 'stale.ratio': value(stale), 'write.p99': value(2) },
      { axes: { records }, id: `${label}${records}` },
    )

  it('answers at each of three points', () => {
    const text = freshness(at(1, 'a', 0), at(2, 'b', 0), at(3, 'c', 0.5))
    expect(text).toContain('At [records=1]: a: write p99 2 ms')
    expect(text).toContain('At [records=2]: b: write p99 2 ms')
    expect(text).toContain('At [records=3]: None reaches it')
  })

  it('answers at the first of many and counts the others', () => {
    const text = freshness(at(1, 'a', 0), at(2, 'a', 0), at(3, 'a', 0.5), at(4, 'a', 0))
    expect(text).toMatch(/^At \[records=1\]: a: .* Of the 3 other points 2 come out the same way and 1 differ\.$/)
    expect(freshness(at(1, 'a', 0), at(2, 'b', 0), at(3, 'b', 0), at(4, 'b', 0))).toMatch(
      / The 3 other points differ\.$/,
    )
    expect(freshness(at(1, 'a', 0), at(2, 'a', 0), at(3, 'a', 0), at(4, 'a', 0))).toMatch(
      /The 3 other points come out the same way\.$/,
    )
  })
})

const PARTITION: StruckWindow = { name: 'partition', label: 'partition us', from: 20, to: 26, seeds: 6 }

function tally(
  offered: number,
  ok: number,
  staleReads: number,
  eligibleReads: number,
  p99: number | null = null,
): Tally {
  return { seconds: 6, offered, ok, staleReads, eligibleReads, readP99: p99, writeP99: null }
}

const struck = (label: string, toll: FaultToll, more: Partial<Summary> = {}): Summary =>
  summaryOf(label, { 'read.p99@us': value(2), 'read.p99@eu': value(2) }, { faults: [PARTITION], toll, ...more })

describe('the cost of faults', () => {
  const leader = struck('leader', { during: tally(1000, 283, 4, 100, 1000), otherwise: tally(9000, 8991, 9, 900, 150) })
  const lww = struck('lww', { during: tally(1000, 1000, 30, 100), otherwise: tally(9000, 9000, 90, 900) })

  it('tells who loses least and who most, during it and otherwise', () => {
    const found = cost(leader, lww)
    const { question, table } = found
    const answer = textOf(found)
    expect(question).toBe('What does losing the zone us cost (partition us)?')
    expect(answer).toBe(
      'lww loses least: during it 100% of operations succeed and 30% of reads are stale, otherwise 100% and 10%. leader loses most: during it 28.3% of operations succeed and 4% of reads are stale, otherwise 99.9% and 1%.',
    )
    expect(table?.rows).toEqual([
      ['leader', '28.3%', '99.9%', '4%', '1%', '1000 ms', '150 ms', '-', '-'],
      ['lww', '100%', '100%', '30%', '10%', '-', '-', '-', '-'],
    ])
  })

  it('is told by staleness where as much succeeds', () => {
    const other = struck('crdt', { during: tally(1000, 1000, 20, 100), otherwise: tally(9000, 9000, 90, 900) })
    expect(textOf(cost(lww, other))).toContain('crdt loses least: ')
  })

  it('is told once where it is the same for all', () => {
    const other = struck('crdt', { during: tally(2000, 2000, 60, 200), otherwise: tally(9000, 9000, 90, 900) })
    expect(textOf(cost(lww, other))).toBe(
      'All alike: during it 100% of operations succeed and 30% of reads are stale, otherwise 100% and 10%.',
    )
  })

  it('leaves out who was saturated, and says who', () => {
    const found = cost(leader, { ...lww, flags: { saturated: 6 } })
    const { table } = found
    const answer = textOf(found)
    expect(answer).toBe(
      'leader: during it 28.3% of operations succeed and 4% of reads are stale, otherwise 99.9% and 1%. Saturated, so not compared: lww.',
    )
    expect(table?.rows[1]?.[0]).toBe('lww †')
  })

  it('counts from everything where the fault is there all along', () => {
    const all = { otherwise: tally(0, 0, 0, 0) }
    const answer = textOf(
      cost(
        struck('a', { during: tally(1000, 900, 0, 0), ...all }),
        struck('b', { during: tally(1000, 1000, 5, 100), ...all }),
      ),
    )
    expect(answer).toBe(
      'b loses least: during it 100% of operations succeed and 5% of reads are stale. a loses most: during it 90% of operations succeed.',
    )
  })

  it('is asked of kinds of faults where there are many strikes', () => {
    const strikes = ['a-1', 'a-2', 'b-1'].map((node, i) => ({
      ...PARTITION,
      name: 'crash',
      label: `crash ${node}`,
      from: i,
    }))
    expect(cost({ ...lww, faults: strikes }).question).toBe('What do strikes of crash cost?')
    expect(cost({ ...lww, faults: strikes.slice(0, 2) }).question).toBe('What do crash a-1 and crash a-2 cost?')
  })

  it('falls back to availability in results of before, and says so', () => {
    const before = summaryOf('lww', { availability: value(0.99) }, { faults: [PARTITION] })
    expect(textOf(cost(before))).toBe(
      'This result does not tell the seconds of a fault from the others; a new run does. Over the whole run operations succeeded: 99% under lww.',
    )
  })

  it('tells how to strike where nothing struck', () => {
    const found = cost(summaryOf('lww', { 'read.p99@eu': value(2), 'read.p99@us': value(2) }))
    const { question } = found
    const answer = textOf(found)
    expect(question).toBe('What does a lost zone cost?')
    expect(answer).toContain('faults: [{ partition: { isolate: eu, at: 10s, for: 6s } }]')
  })
})

describe('one copy at acknowledgement', () => {
  const one = (label: string, lost: Summary['measures']): Summary =>
    summaryOf(label, { 'durable.copies.min': value(1), ...lost })
  const two = (label: string, lost: Summary['measures']): Summary =>
    summaryOf(label, { 'durable.copies.min': value(2), ...lost })
  const NO_DISK = 'No disk was lost in this workload, so it does not show what that would take.'
  const emptying = {
    spec: { name: 'x', points: [{ faults: [{ name: 'crash', options: { node: 'any', disk: 'lose' } }] }] },
  }
  const crashed = { faults: [{ ...PARTITION, name: 'crash', label: 'crash a-1' }] }

  it('is not safe where more copies clearly lose less, within one strategy too', () => {
    const text = safety([
      one('lww', { 'lost.ratio': value(0.15), 'stale.ratio': value(0.18) }),
      one('quorum w=1', { 'lost.ratio': value(0.153), 'stale.ratio': value(0.181) }),
      two('quorum', { 'lost.ratio': value(0.058), 'stale.ratio': none(1000) }),
    ])
    expect(text).toBe(
      `No: at one copy 15% to 15.3% of acknowledged writes are lost, at more 5.8%. Stale reads: 18% to 18.1%, against 0 of 1000 (< 0.3%). Within quorum: 15.3% lost at one copy, 5.8% at more. ${NO_DISK}`,
    )
  })

  it('is no less safe where more copies of the strategy lose no less', () => {
    const text = safety([
      one('quorum w=1', { 'lost.ratio': value(0.05, 0.04, 0.06) }),
      two('quorum', { 'lost.ratio': value(0.045, 0.04, 0.05) }),
      two('leader', { 'lost.ratio': none(1000) }),
    ])
    expect(text).toContain(
      'No less safe than more copies, as far as this shows: 5% of acknowledged writes are lost at one copy, 0 of 1000 (< 0.3%) to 4.5% at more, and intervals overlap.',
    )
  })

  it('lost nothing, and it is said that no disk was lost', () => {
    expect(safety([one('crdt', { 'lost.ratio': none(3000) })])).toBe(
      `Nothing was lost at one copy: 0 of 3000 (< 0.1%). ${NO_DISK}`,
    )
  })

  it('lost nothing although disks were', () => {
    const text = safety([{ ...one('crdt', { 'lost.ratio': none(3000) }), ...crashed }], emptying)
    expect(text).toBe(
      'Nothing was lost at one copy: 0 of 3000 (< 0.1%). No disk was the last to hold a write, although crash emptied disks.',
    )
  })

  it('does not take a fault that never struck, or that keeps disks, for a lost disk', () => {
    expect(safety([one('crdt', { 'lost.ratio': none(3000) })], emptying)).toContain(NO_DISK)
    const keeping = { spec: { points: [{ faults: [{ name: 'crash', options: { disk: 'keep' } }] }] } }
    expect(safety([{ ...one('crdt', { 'lost.ratio': none(3000) }), ...crashed }], keeping)).toContain(NO_DISK)
  })

  it('is not safe where no disk holds what was acknowledged', () => {
    const text = safety(
      [
        { ...one('lww', { 'lost.ratio': value(0.02), 'lost.durability': value(0.004) }), ...crashed },
        { ...two('quorum', { 'lost.ratio': none(3000), 'lost.durability': none(3000) }), ...crashed },
      ],
      emptying,
    )
    expect(text).toBe(
      'No: lww lost 0.4% of acknowledged writes from every disk (crash emptied disks); with more copies 0 of 3000 (< 0.1%).',
    )
  })

  it('names who lost none where others lost', () => {
    expect(safety([one('lww', { 'lost.ratio': value(0.6) }), one('crdt', { 'lost.ratio': none(3000) })])).toBe(
      `No: at one copy 60% of acknowledged writes are lost (none under crdt), and no variant here waits for more. ${NO_DISK}`,
    )
  })

  it('is not judged where nobody does so', () => {
    expect(safety([two('leader', {}), two('quorum', {})])).toBe(
      'No variant here acknowledges a write at one copy, so it does not say. The fewest are 2, under leader and quorum.',
    )
  })

  it('has what each lost in parts', () => {
    const parts = {
      'lost.ratio': value(0.05),
      'lost.overwritten': value(0.04),
      'lost.rmw': value(0.01),
      'lost.durability': none(1000),
    }
    const table = (
      answers([one('lww', { ...parts, 'lost.merges': value(0.2), 'stale.ratio': value(0.3) })])[2] as Answer
    ).table
    expect(table?.rows).toEqual([['lww', '1', '5%', '4%', '1%', '0 of 1000 (< 0.3%)', '20%', '30%']])
  })
})

describe('hostile labels', () => {
  it('stay one line of printable text, cut', () => {
    const label = `a\u202e\nb${'x'.repeat(10_000)}`
    const hostile = struck(
      label,
      { during: tally(1, 1, 0, 1), otherwise: tally(1, 1, 0, 1) },
      { faults: [{ ...PARTITION, label }] },
    )
    const measures = {
      'stale.ratio': none(10_000),
      'write.p99': value(2),
      'durable.copies.min': value(1),
      'lost.ratio': value(0.1),
    }
    const text = JSON.stringify(answers([{ ...hostile, measures }]))
    expect(text).not.toMatch(/\u202e|\\n/)
    expect(text.length).toBeLessThan(3000)
  })
})
