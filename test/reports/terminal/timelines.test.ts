/** Sparklines second by second, on hand-made timelines. */
import { describe, expect, it } from 'vitest'
import { EMPTY_TIMELINE, type Timeline } from '../../../src/measures/timeline.js'
import { markLine, sparkline } from '../../../src/reports/terminal/sparkline.js'
import { timelinesText } from '../../../src/reports/terminal/timelines.js'
import type { StruckWindow } from '../../../src/results/fault-toll.js'
import type { Summary } from '../../../src/results/summary.js'
import { resultsOf, summaryOf } from '../fixtures.js'

const PARTITION: StruckWindow = { name: 'partition', label: 'partition us', from: 4, to: 7, seeds: 2 }

/** Two seeds; nothing is stale, and latencies are unknown, where not said. */
function timeOf(ok: readonly number[], more: Partial<Timeline> = {}): Timeline {
  const none = ok.map(() => null)
  const zeros = ok.map(() => 0)
  const rest = { offered: ok, failed: zeros, unknown: zeros, eligibleReads: zeros, staleReads: zeros }
  return { ...EMPTY_TIMELINE, ...rest, second: ok.map((_, i) => i), ok, readP99: none, writeP99: none, ...more }
}

function variant(label: string, timeline: Timeline, more: Partial<Summary> = {}): Summary {
  return summaryOf(label, {}, { seeds: [1, 2], timeline, faults: [PARTITION], ...more })
}

const textOf = (summaries: readonly Summary[], width = 80): string => timelinesText(resultsOf(summaries), width)

const EVEN = timeOf([8, 8, 8, 8, 8, 8, 8, 8, 8, 8])

describe('a sparkline', () => {
  it('has eight heights, and blanks where nothing is known', () => {
    expect(sparkline([0, 0.124, 0.125, 0.5, null, 0.999, 1])).toBe('▁▁▂▅ ██')
    expect(sparkline([-1, 2])).toBe('▁█')
  })

  it('has strokes under it for stretches', () => {
    expect(markLine(['none', 'all', 'all', 'all', 'none', 'all', 'some', 'all', 'all', 'none'])).toBe(' ╶─╴ ─╌╶╴ ')
  })
})

describe('the timelines', () => {
  it('show what was done, the higher p99 and stale reads on one scale each, and the faults under them', () => {
    const lww = timeOf([2000, 2000, 2000, 2000, 0, 250, 1000, 2000, 2000, 2000], {
      readP99: [1, 1, 1, 1, 10, 10, null, 1, 1, 1],
      writeP99: [1, 1, 1, 1, 100, 1, null, 1, 1, 2],
      eligibleReads: [100, 100, 100, 100, 100, 100, 0, 100, 100, 100],
      staleReads: [0, 0, 0, 0, 50, 25, 0, 0, 0, 0],
    })
    const crdt = timeOf([1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000])
    expect(textOf([variant('lww', lww), variant('crdt', crdt)])).toBe(
      [
        'The measured phase, each character a second:',
        '              done per s  p99 ms, log  stale reads %',
        '              0 to 1000   1 to 100     0 to 50',
        'lww           ████▁▂▅███  ▁▁▁▁█▅ ▁▁▂   ▁▁▁▁█▅ ▁▁▁',
        'crdt          ▅▅▅▅▅▅▅▅▅▅',
        'partition us      ╶─╴         ╶─╴          ╶─╴',
        'p99: the higher of reads and writes, a typical seed; done: the mean over seeds',
      ].join('\n'),
    )
  })

  it('show the worst of several seconds where there are more than places', () => {
    const ok = Array.from({ length: 40 }, (_, i) => (i === 21 ? 0 : 16))
    const readP99 = ok.map((_, i) => (i === 22 ? 1000 : 1))
    const rows = textOf([variant('lww', timeOf(ok, { readP99 }))], 72).split('\n')
    // 72 less the 12 of `partition us` leaves 18 for each with its gap of two: 16, and 3 s for each of 14.
    expect(rows[0]).toBe('The measured phase, each character the worst of 3 s:')
    expect(rows[3]).toBe('lww           ███████▁██████  ▁▁▁▁▁▁▁█▁▁▁▁▁▁')
    // Seconds 4 to 7 touch the second and the third.
    expect(rows[4]).toBe('partition us   ╶╴              ╶╴              ╶╴')
  })

  it('span a decade of latencies and a hundredth of stale reads at least', () => {
    const more = { readP99: EVEN.ok.map((_, i) => 1 + i / 100), eligibleReads: EVEN.ok.map(() => 1000) }
    const text = textOf([variant('lww', timeOf(EVEN.ok, more))])
    expect(text).toContain('0 to 4      1 to 10      0 to 1\n')
    expect(text).toContain('lww           ██████████  ▁▁▁▁▁▁▁▁▁▁   ▁▁▁▁▁▁▁▁▁▁\n')
  })

  it('say where only some seeds were struck', () => {
    const text = textOf([variant('lww', EVEN, { faults: [{ ...PARTITION, seeds: 1 }] })])
    expect(text).toContain('partition us      ╌╌╌')
    expect(text).toMatch(/\n╌ struck in some of the seeds$/)
    expect(textOf([variant('lww', EVEN)])).not.toContain('╌')
  })

  it('mark what reaches beyond the phase within it, and a moment too', () => {
    const faults = [
      { ...PARTITION, from: -5, to: 2 },
      { ...PARTITION, from: 5, to: 5 },
      { ...PARTITION, from: 8, to: 99 },
      { ...PARTITION, from: 100, to: 200 },
    ]
    expect(textOf([variant('lww', EVEN, { faults })])).toContain('partition us  ╶╴   ─  ╶╴')
  })

  it('put many things that were struck together by kind, and many kinds into one row', () => {
    const crashes = [1, 2, 3, 4, 5].map((node) => ({ ...PARTITION, name: 'crash', label: `crash us-${node}` }))
    expect(textOf([variant('lww', EVEN, { faults: crashes })])).toMatch(/\ncrash +╶─╴[^\n]*\np99/)
    const kinds = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...PARTITION, name, label: name }))
    expect(textOf([variant('lww', EVEN, { faults: kinds })])).toMatch(/\nc +╶─╴[^\n]*\n2 other faults +╶─╴/)
  })

  it('are of the first point and of twelve variants, and say what is left out', () => {
    const many = Array.from({ length: 13 }, (_, i) => variant(`v${i}`, EVEN, { axes: { rate: 1 } }))
    const other = variant('v0', EVEN, { axes: { rate: 2 } })
    const text = textOf([...many, other])
    expect(text).toContain('The measured phase at [rate=1], each')
    expect(text).toMatch(/\nv11 [^\n]*\npartition/)
    expect(text).toMatch(/\nleft out: 1 more variant and 1 more point of the axes$/)
  })

  it('are absent where nothing struck, where it is not known, and from short phases', () => {
    expect(textOf([variant('lww', EVEN, { faults: [] })])).toBe('')
    expect(textOf([summaryOf('lww', {}, { timeline: EVEN })])).toBe('')
    expect(textOf([variant('lww', timeOf([1, 1, 1, 1, 1, 1, 1]))])).toBe('')
    expect(textOf([variant('lww', EVEN, { seeds: [] })])).toBe('')
    expect(textOf([])).toBe('')
  })

  it.each([30, 60, 80, 100, 200])('keep to %i columns, whatever they are called', (width) => {
    const label = '\u001b[31mquorum\n'.repeat(99)
    const faults = [{ ...PARTITION, label: 'x'.repeat(10_000) }]
    const timeline = timeOf(Array.from({ length: 300 }, (_, i) => i))
    const rows = textOf([variant(label, timeline, { faults })], width).split('\n')
    expect(Math.max(...rows.map((row) => [...row].length))).toBeLessThanOrEqual(width)
    expect(rows.join('')).not.toMatch(/\p{Cc}/u)
  })

  it('give way where there is no room at all', () => {
    expect(textOf([variant('lww', EVEN)], 50)).toBe('left out for want of width: how it went second by\n  second')
  })
})
