/** A reference is the same result to every view that does not look into cells, it can be read back, and it says that it has no cells to replay. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replay } from '../../src/commands/replay.js'
import { UserError } from '../../src/core/errors.js'
import { WITHOUT_CELLS } from '../../src/reports/again.js'
import { markdownReport } from '../../src/reports/markdown.js'
import { terminal } from '../../src/reports/terminal.js'
import { failedCell } from '../../src/results/cell-result.js'
import { referenceOf } from '../../src/results/reference-form.js'
import { readResults, resultText, writeResults } from '../../src/results/result-file.js'
import { assembleResults } from '../../src/results/results.js'
import { place } from '../reports/fixtures.js'
import { cellOf, histogramOf, resultOf } from './fixtures.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quorate-reference-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

const cells = [
  ...['lww', 'quorum'].flatMap((variant) =>
    [1, 2, 3, 4, 5, 6, 7].map((seed) => ({
      ...resultOf(variant, seed, (found) => {
        found.histogram('read', histogramOf([seed, 2000]))
        found.ratio('stale.ratio', variant === 'lww' ? seed : 0, 2000)
        const allFresh = [2e6, 3e6, 4e6].map((x) => ({ x, count: 10, n: 10 }))
        found.rising('visibility', [{ x: 1e6, count: seed, n: 10 }, ...allFresh])
      }),
      realised: {
        operations: { read: 2000 },
        records: { existing: 10, touched: 10, hottest: 300, hottest1Percent: 300, hottest20Percent: 500 },
      },
      faultCounts: [{ name: 'partition', strikes: 1, touched: 5 }],
    })),
  ),
  failedCell(cellOf('lww', 8), 'it ran out of memory'),
]
const ids = cells.map(({ id }) => id)
const header = {
  tool: { name: 'quorate', version: '1.2.3' },
  environment: { host: 'machine-seven', memoryLimit: 512 },
  spec: { name: 'test', about: 'A test' },
  strategies: [{ name: 'lww', summary: 'L.', promises: [], limits: 'None.' }],
}
const full = assembleResults(header, ids, cells)
const reference = referenceOf(full)

describe('a reference', () => {
  it('gives the same reports', () => {
    // But for the command that runs a cell again, which a reference does not have.
    const upTo = (text: string, end: string): string => text.split(end)[0] as string
    for (const [report, end, referenceEnd] of [
      [terminal, 'Files: ', WITHOUT_CELLS],
      [markdownReport, 'One cell again:', WITHOUT_CELLS],
    ] as const) {
      const [ours, theirs] = [report.render(reference, place), report.render(full, place)]
      expect(upTo(ours, referenceEnd)).toBe(upTo(theirs, end))
      expect(ours).not.toContain('One cell again')
    }
  })

  it('has the summaries as they are, but that their fitted curves are told by their steps', () => {
    const withoutCurves = reference.summaries.map(({ curves: _, ...rest }) => rest)
    expect(withoutCurves).toEqual(full.summaries.map(({ curves: _, ...rest }) => rest))
    const curves = reference.summaries[0]?.curves
    expect(curves?.['read.percentiles']).toEqual(full.summaries[0]?.curves['read.percentiles'])
    // 28 of 70 at 1 ms; at 2, 3 and 4 ms all of 70.
    expect(curves?.['visibility']).toMatchObject([
      { x: 1, value: 0.4, count: 28, n: 70 },
      { x: 2, value: 1, count: 140, n: 140, high: 1 },
      { x: 4, value: 1, count: 70, n: 70, high: 1 },
    ])
    expect(curves?.['visibility.reads']).toEqual([
      { x: 1, value: 0.25, n: 70 },
      { x: 2, value: 0.5, n: 70 },
      { x: 4, value: 1, n: 70 },
    ])
  })

  it('tells of cells what they were and how they ended', () => {
    const [first] = full.cells
    expect(reference.cells[0]).toMatchObject({ id: 'lww/1', seed: 1, digest: 'digest-1', cell: { id: 'lww/1' } })
    expect(reference.cells[0]).toMatchObject({ realised: first?.realised, faultCounts: first?.faultCounts })
    expect(reference.cells.at(-1)).toMatchObject({ id: 'lww/8', error: 'it ran out of memory' })
  })

  it('has nothing of the machine, and nothing that cells measured', () => {
    const text = [...resultText(reference)].join('')
    expect(text).not.toContain('machine-seven')
    expect(JSON.stringify(reference.cells)).not.toMatch(/stale\.ratio|concurrency|visibility/)
  })

  it('is its own reference, and comes back as it was', async () => {
    expect(referenceOf(reference)).toEqual(reference)
    await writeResults(folder, reference)
    expect(await readResults(folder)).toEqual(reference)
  })

  it('cannot be replayed, and says what can', async () => {
    await writeResults(folder, reference)
    const error: unknown = await replay(folder, 'lww/1', 'terminal').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message).toBe(
      `${folder} is a reference without its cells: run the workload, and replay a cell of its result.`,
    )
  })
})
