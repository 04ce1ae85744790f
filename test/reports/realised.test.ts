/** The line about the workload as it came out: seeds pooled, ranges where variants differ, and what is too few to tell apart. */
import { describe, expect, it } from 'vitest'
import { markdownReport } from '../../src/reports/markdown.js'
import { realisedSentence } from '../../src/reports/realised.js'
import { terminal } from '../../src/reports/terminal.js'
import type { CellEntry } from '../../src/results/cell-result.js'
import { cellEntryOf, place, resultsOf } from './fixtures.js'

function cell(id: string, read: number, update: number, [hottest, hundredth, fifth]: readonly number[]): CellEntry {
  const records = { existing: 1000, touched: 900, hottest, hottest1Percent: hundredth, hottest20Percent: fifth }
  return { ...cellEntryOf(id), realised: { operations: { read, update }, records } as CellEntry['realised'] & object }
}

const sentenceOf = (...cells: readonly CellEntry[]): string | null => realisedSentence(resultsOf([], { cells }))

const SEEDS = [cell('lww/1', 501, 499, [30, 100, 390]), cell('lww/2', 2504, 2496, [204, 500, 1950])]

describe('the line about the workload', () => {
  it('pools the seeds', () => {
    expect(sentenceOf(...SEEDS)).toBe(
      'Workload as realised: read 50.1%, update 49.9%; the hottest record takes 3.9% of operations, the hottest 1% of records 10% and the hottest 20% 39%.',
    )
  })

  it('gives a range where variants differ, and leaves cells without it out', () => {
    expect(sentenceOf(...SEEDS, cell('crdt/1', 40, 60, [4, 10, 39]), cellEntryOf('quorum/1', 'failed'))).toBe(
      'Workload as realised: read 40% to 50.1%, update 49.9% to 60%; the hottest record takes 3.9% to 4% of operations, the hottest 1% of records 10% and the hottest 20% 39%.',
    )
  })

  it('tells no hundredth apart from one', () => {
    expect(sentenceOf(cell('lww/1', 100, 0, [9, 9, 80]))).toBe(
      'Workload as realised: read 100%, update 0%; the hottest record takes 9% of operations and the hottest 20% of records 80%.',
    )
    expect(sentenceOf(cell('lww/1', 10, 10, [20, 20, 20]))).toContain('; the hottest record takes 100% of operations.')
  })

  it('is not there where no cell tells, as in older results', () => {
    expect(sentenceOf(cellEntryOf('lww/1'))).toBeNull()
  })

  it('stands in both reports', () => {
    const results = resultsOf([], { cells: SEEDS })
    expect(terminal.render(results, { ...place, width: 200 })).toContain('\nWorkload as realised: read 50.1%')
    expect(markdownReport.render(results, place)).toContain('\nWorkload as realised: read 50.1%')
  })
})
