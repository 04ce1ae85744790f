/** The live view's text: what it says, and that it fits whatever it says it in. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Leaders } from '../../src/commands/leaders.js'
import { liveLines, type RunState, stateText } from '../../src/commands/live-text.js'

const STATE: RunState = { name: 'capacity', done: 30, total: 120, rate: 1_238_000, secondsLeft: 150.2 }

const LEADERS: Leaders = {
  point: 'arrivals=poisson(2000/s)',
  seeds: 2,
  ofSeeds: 10,
  leads: [
    { title: 'read p99', labels: ['quorum r=1 w=1'], isEven: false, figure: '1.52 ms' },
    { title: 'write p99', labels: ['lww', 'crdt', 'quorum'], isEven: false, figure: '2.01 ms' },
    { title: 'stale reads', labels: ['quorum'], isEven: false, figure: '0%' },
    { title: 'lost writes', labels: ['lww', 'crdt'], isEven: true, figure: '0%' },
  ],
}

const HOSTILE = ['', 'a\u001b[31mb\n\u2028c', '\u202e', 'x'.repeat(10_000), '数据'.repeat(9)]

describe('the live view', () => {
  it('says how far the run is and who is ahead', () => {
    expect(liveLines(STATE, LEADERS, 100)).toEqual([
      'capacity ██████░░░░░░░░░░░░░░░░░░ 30 of 120 cells, 1.24 M operations/s, 3 min left',
      'Ahead so far, in 2 of 10 seeds at [arrivals=poisson(2000/s)]:',
      '  read p99     1.52 ms  quorum r=1 w=1',
      '  write p99    2.01 ms  lww, crdt and 1 more',
      '  stale reads  0%  quorum',
      '  lost writes  0%  all even',
    ])
  })

  it('does without the bar where there is little room', () => {
    expect(liveLines(STATE, null, 60)).toEqual(['capacity: 30 of 120 cells, 1.24 M operations/s, 3 min left'])
  })

  it('is one line while nobody is ahead', () => {
    expect(liveLines(STATE, { ...LEADERS, leads: [] }, 100)).toHaveLength(1)
  })

  it.each([
    [950.4, '950 operations/s'],
    [999.6, '1 k operations/s'],
    [31_250, '31.3 k operations/s'],
    [999_600, '1 M operations/s'],
    [null, '120 cells, 3 min left'],
  ])('writes a rate of %d as %s', (rate, text) => {
    expect(stateText({ ...STATE, rate })).toContain(text)
  })

  it('never has more than six lines, nor one that is too long or would not print as itself', () => {
    const lead = fc.record({
      title: fc.constantFrom('read p99', 'lost writes'),
      labels: fc.array(fc.string({ maxLength: 60 }), { minLength: 1, maxLength: 5 }),
      isEven: fc.boolean(),
      figure: fc.constant('1 ms'),
    })
    const leaders = fc.record({
      point: fc.string(),
      seeds: fc.nat(),
      ofSeeds: fc.nat(),
      leads: fc.array(lead, { maxLength: 4 }),
    })
    fc.assert(
      fc.property(fc.constantFrom(...HOSTILE), leaders, fc.integer({ min: 1, max: 200 }), (name, ahead, width) => {
        const lines = liveLines({ ...STATE, name }, ahead, width)
        expect(lines.length).toBeLessThanOrEqual(6)
        for (const line of lines) {
          expect([...line].length).toBeLessThanOrEqual(width)
          expect(line).not.toMatch(/[\p{Cc}\u2028]/u)
        }
      }),
    )
  })
})
