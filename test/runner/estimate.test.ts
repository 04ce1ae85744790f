/** What a run is said to take: the operations as the cells then have them, time and memory as far as they follow from those. */
import { describe, expect, it } from 'vitest'
import { estimateCell, estimateRun } from '../../src/runner/estimate.js'
import { runCell } from '../../src/runner/run-cell.js'
import { cellsOf } from './cells.js'

function cellWith(workload: string, more = 'strategies: [quorum]'): ReturnType<typeof cellsOf>[number] {
  const [cell] = cellsOf(`
seeds: 1
warmup: 1s
duration: 3s
topology: { zones: { a: { nodes: 2 }, b: { nodes: 1 } }, links: { a--b: 5ms } }
workload: { records: 100, ${workload} }
${more}
`)
  return cell as ReturnType<typeof cellsOf>[number]
}

describe('the operations of a cell', () => {
  it.each([
    ['arrivals: poisson(500/s)', 2000],
    ['arrivals: poisson(500/s), count: 700', 700],
    ['arrivals: closed(4 at 100/s)', 400],
  ])('are those of its schedule: %s', (workload, expected) => {
    expect(estimateCell(cellWith(workload)).operations).toBe(expected)
  })

  it('come within a tenth of those that it then has', () => {
    const cell = cellWith('arrivals: poisson(500/s), operations: { read: 50%, read-modify-write: 50% }')
    const { invoked } = runCell(cell).operations
    expect((estimateCell(cell).operations * 3) / 4 / invoked).toBeCloseTo(1, 1)
  })

  it.each(['closed(5)', 'closed(20 think 50ms)', 'closed(2 think exponential(10ms))'])(
    'are guessed to a factor of four in a closed loop: %s',
    (arrivals) => {
      const cell = cellWith(`arrivals: ${arrivals}`)
      const ratio = (estimateCell(cell).operations * 3) / 4 / runCell(cell).operations.completed
      expect(ratio).toBeGreaterThan(0.25)
      expect(ratio).toBeLessThan(4)
    },
  )

  it('in a closed loop are no more than the nodes can do', () => {
    const crowded = estimateCell(cellWith('arrivals: closed(2000)')).operations
    expect(estimateCell(cellWith('arrivals: closed(4000)')).operations).toBe(crowded)
  })
})

describe('time and memory', () => {
  const cell = cellWith('arrivals: poisson(10000/s)')
  const larger = cellWith('arrivals: poisson(100000/s)')

  it('grow with operations, copies, merges and keys', () => {
    const { seconds, bytes } = estimateCell(cell)
    expect(estimateCell(larger).seconds).toBeCloseTo(10 * seconds)
    expect(estimateCell(larger).bytes).toBeGreaterThan(bytes)
    const single = cellWith('arrivals: poisson(10000/s)', 'strategies: [unreplicated]')
    expect(estimateCell(single).seconds).toBeLessThan(seconds)
    const merges = cellWith('arrivals: poisson(10000/s), operations: { read: 50%, increment: 50% }')
    expect(estimateCell(merges).seconds).toBeGreaterThan(seconds)
    const kinds = cellWith('arrivals: poisson(10000/s), operations: { read: 50%, update: 49%, increment: 1% }')
    expect(estimateCell(kinds).bytes).toBeGreaterThan(bytes)
  })

  it('of a run are shared by its threads, as far as there are cores and cells', () => {
    const cells = Array.from({ length: 8 }, () => cell)
    const on = (jobs: number, cores: number) => estimateRun(cells, jobs, cores)
    const alone = on(1, 4).seconds
    expect(on(4, 4).seconds).toBeLessThan(alone)
    expect(on(4, 2).seconds).toBe(on(2, 2).seconds)
    expect(on(16, 4).threads).toBe(8)
    expect(on(4, 4).bytesPerThread).toBe(estimateCell(cell).bytes)
  })

  it('are at least those of the largest cell', () => {
    const { seconds, operations, bytesPerThread } = estimateRun([cell, larger], 2, 2)
    expect(seconds).toBeGreaterThan(estimateCell(larger).seconds)
    expect(operations).toEqual([40_000, 400_000])
    expect(bytesPerThread).toBe(estimateCell(larger).bytes)
  })
})
