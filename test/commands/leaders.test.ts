/** Who is ahead while a run goes on, on hand-made cells. */
import { describe, expect, it } from 'vitest'
import { type EndedCell, leadersOf, type PlannedCell } from '../../src/commands/leaders.js'

function planned(label: string, seed: number, axes: PlannedCell['axes'] = {}): PlannedCell {
  return { id: `${label}/${JSON.stringify(axes)}/${seed}`, variant: label, label, axes, seed }
}

function ended(cell: PlannedCell, measures: EndedCell['measures'], more: Partial<EndedCell> = {}): EndedCell {
  return { ...cell, measures, atLeast: [], flags: [], ...more }
}

const readsIn = (label: string, seed: number, milliseconds: number, more: Partial<EndedCell> = {}): EndedCell =>
  ended(planned(label, seed), { 'read.p99': milliseconds }, more)

const plan = ['a', 'b'].flatMap((label) => [1, 2, 3].map((seed) => planned(label, seed)))

describe('the leaders', () => {
  it('are those of the median over the seeds that all have ended', () => {
    const cells = [1, 2, 3].flatMap((seed) => [
      readsIn('a', seed, [9, 1, 2][seed - 1] as number),
      readsIn('b', seed, 3),
    ])
    expect(leadersOf(plan, cells)).toEqual({
      point: '',
      seeds: 3,
      ofSeeds: 3,
      leads: [{ title: 'read p99', labels: ['a'], isEven: false, figure: '2 ms' }],
    })
    // Without b's third seed a's third counts for nothing: the lower middle of 9 and 1 is 1, of b's it is 3.
    expect(leadersOf(plan, cells.slice(0, 5))).toMatchObject({ seeds: 2, leads: [{ labels: ['a'], figure: '1 ms' }] })
  })

  it('are unknown before every variant has ended a seed that the others have ended', () => {
    expect(leadersOf(plan, [readsIn('a', 1, 1), readsIn('b', 2, 2)])).toBeNull()
    expect(leadersOf(plan, [])).toBeNull()
    expect(leadersOf([], [])).toBeNull()
  })

  it('are none where one variant runs', () => {
    expect(leadersOf([planned('a', 1)], [readsIn('a', 1, 1)])).toBeNull()
  })

  it('share the lead where their figures read the same', () => {
    const cells = [readsIn('a', 1, 2.0001), readsIn('b', 1, 2)]
    expect(leadersOf(plan, cells)?.leads).toEqual([
      { title: 'read p99', labels: ['b', 'a'], isEven: true, figure: '2 ms' },
    ])
  })

  it('are not saturated', () => {
    const three = [...plan, planned('c', 1)]
    const cells = [readsIn('a', 1, 1, { flags: ['saturated'] }), readsIn('b', 1, 2), readsIn('c', 1, 3)]
    expect(leadersOf(three, cells)?.leads).toMatchObject([{ labels: ['b'] }])
  })

  it('say where even the best gave up', () => {
    const cells = [1, 2].map((i) => readsIn(i === 1 ? 'a' : 'b', 1, 1000 * i, { atLeast: ['read.p99'] }))
    expect(leadersOf(plan, cells)?.leads).toMatchObject([{ labels: ['a'], figure: '≥ 1000 ms' }])
  })

  it('have a share in percent, and no lead over those who lack a measure, as a failed cell does', () => {
    const cells = [
      ended(planned('a', 1), { 'stale.ratio': 0.125, 'lost.ratio': 0 }),
      ended(planned('b', 1), { 'stale.ratio': 0.5 }),
    ]
    expect(leadersOf(plan, cells)?.leads).toEqual([
      { title: 'stale reads', labels: ['a'], isEven: false, figure: '12.5%' },
    ])
  })

  it('are those of the point at which most cells have ended', () => {
    const at = (label: string, rate: number): PlannedCell => planned(label, 1, { rate })
    const all = [at('a', 1), at('b', 1), at('a', 2), at('b', 2)]
    const cells = [at('a', 1), at('a', 2), at('b', 2)].map((cell, i) => ended(cell, { 'write.p99': i }))
    expect(leadersOf(all, cells)).toMatchObject({ point: 'rate=2', leads: [{ title: 'write p99', labels: ['a'] }] })
  })
})
