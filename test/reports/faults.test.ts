/** The line about faults in a report: strikes per cell, what each touched, and faults that never struck. */
import { describe, expect, it } from 'vitest'
import { faultsSentence } from '../../src/reports/faults.js'
import { markdownReport } from '../../src/reports/markdown.js'
import { terminal } from '../../src/reports/terminal.js'
import type { CellEntry, FaultCount } from '../../src/results/cell-result.js'
import { faultWindow } from '../measures/story.js'
import { cellEntryOf, place, resultsOf, summaryOf, value } from './fixtures.js'

const cell = (id: string, ...faultCounts: readonly FaultCount[]): CellEntry => ({
  ...cellEntryOf(id),
  faults: faultCounts.filter(({ strikes }) => strikes > 0).map(({ name }) => faultWindow(name, 0, 1)),
  faultCounts,
})

const results = resultsOf([summaryOf('lww', { 'read.p99': value(1) })], {
  cells: [
    cell('lww/1', { name: 'crash', strikes: 2, touched: 7 }, { name: 'pause', strikes: 0, touched: 0 }),
    cell('lww/2', { name: 'crash', strikes: 1, touched: 0 }, { name: 'pause', strikes: 0, touched: 0 }),
  ],
})
const LINE = 'Strikes per cell, and what each touched on average: crash 1.5 (2.33 messages); pause never struck.'

describe('the line about faults', () => {
  it('tells strikes per cell, what each touched, and what never struck', () => {
    expect(faultsSentence(results)).toBe(LINE)
  })

  it('is not there without faults', () => {
    expect(faultsSentence(resultsOf([]))).toBeNull()
    expect(terminal.render(resultsOf([]), place)).not.toContain('Strikes')
  })

  it('stands in both reports', () => {
    expect(terminal.render(results, { ...place, width: 200 })).toContain(`\n${LINE}\n`)
    expect(markdownReport.render(results, place)).toContain('Strikes per cell, and what each touched')
  })
})
