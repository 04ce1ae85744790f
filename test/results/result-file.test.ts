/**
 * Result folders: what is written comes back, in plan order whichever cell ended first, and damage is reported in whole sentences.
 */
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.js'
import type { FaultWindow } from '../../src/history/probes.js'
import type { Timeline } from '../../src/measures/timeline.js'
import { CellLog, cellLogHeader, readCellLog, readCellLogHeader } from '../../src/results/cell-log.js'
import { type CellResult, failedCell, transferablesOf } from '../../src/results/cell-result.js'
import { readHistograms, readResults, writeHistograms, writeResults } from '../../src/results/result-file.js'
import { assembleResults, inPlanOrder, type RunHeader } from '../../src/results/results.js'
import type { Summary } from '../../src/results/summary.js'
import { cellOf, histogramOf, resultOf } from './fixtures.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quorate-results-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const SPEC = { name: 'test', seeds: [1, 2] }

const RUN: RunHeader = {
  tool: { name: 'quorate', version: '1.2.3' },
  environment: { threads: 2 },
  spec: SPEC,
  strategies: [{ name: 'a', summary: 'A.', promises: [], limits: 'None.' }],
}

const STRIKE: FaultWindow = {
  fault: 0,
  name: 'partition',
  label: 'partition us',
  from: 2e8,
  to: 5e8,
  targets: ['us'],
  touched: 3,
  unit: 'messages',
}

const ONE_SECOND: Timeline = {
  second: [0],
  offered: [9],
  ok: [8],
  failed: [1],
  unknown: [0],
  readP50: [null],
  readP99: [null],
  readMax: [3],
  writeP50: [null],
  writeP99: [null],
  writeMax: [null],
  eligibleReads: [7],
  staleReads: [1],
}

const measured: readonly CellResult[] = [
  resultOf('a', 1, (found) => {
    found.histogram('read', histogramOf([1, 500], [3, 600]), null, 3e6)
    found.histogram('stale.versions', histogramOf([0, 3]))
    found.ratio('stale.ratio', 1, 7)
    found.rising('visibility', [{ x: 1e6, count: 1, n: 2 }])
    found.flag('saturated')
  }),
  resultOf('a', 2, (found) => found.histogram('read', histogramOf([2, 1000]), 'us')),
  failedCell(cellOf('b', 1), 'it ran out of memory'),
]
const cells = measured.map((cell, i) => (i === 0 ? { ...cell, faults: [STRIKE], timeline: ONE_SECOND } : cell))
const planned = cells.map((cell) => cell.id)

describe('result.json', () => {
  it('comes back as it was', async () => {
    const results = assembleResults(RUN, planned, cells)
    await writeResults(folder, results)
    expect(results.summaries[0]).toMatchObject({
      faults: [{ from: 0.2, to: 0.5, seeds: 1 }],
      toll: { during: { offered: 9, readP99: null }, otherwise: { seconds: 0 } },
      curves: { visibility: [{ low: 0.5, high: 0.5 }], 'read.percentiles': expect.any(Array) },
    })
    expect(await readResults(folder)).toEqual(results)
    expect(await readResults(join(folder, 'result.json'))).toEqual(results)
    expect(await readdir(folder)).toEqual(['result.json'])
  })

  it('has the same bytes in whatever order cells ended, and a line for each', async () => {
    await writeResults(folder, assembleResults(RUN, planned, cells))
    const inOrder = await readFile(join(folder, 'result.json'), 'utf8')
    await writeResults(folder, assembleResults(RUN, planned, cells.toReversed()))
    expect(await readFile(join(folder, 'result.json'), 'utf8')).toBe(inOrder)
    const lines = inOrder.split('\n')
    for (const id of planned) expect(lines.filter((line) => line.startsWith(`{"id":"${id}"`))).toHaveLength(1)
  })

  it('says that it is partial where cells of the plan are missing', () => {
    expect(assembleResults(RUN, planned, cells).partial).toBe(false)
    expect(assembleResults(RUN, planned, cells.slice(1))).toMatchObject({
      partial: true,
      cells: [{ seed: 2 }, { seed: 1 }],
    })
  })

  it('is refused if it is absent, no JSON, no result, of another schema, or damaged', async () => {
    const file = join(folder, 'result.json')
    const complaint = async (text: string | null): Promise<string> => {
      if (text !== null) await writeFile(file, text)
      const error: unknown = await readResults(folder).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(UserError)
      return (error as UserError).message.replaceAll(file, 'FILE')
    }
    expect(await complaint(null)).toMatch(/^FILE cannot be read: ENOENT/)
    expect(await complaint('{"schema": 1')).toMatch(/^FILE is not JSON: /)
    expect(await complaint('[]')).toBe('FILE is not a result of quorate: it has no schema number.')
    expect(await complaint('{"schema": 9}')).toBe(
      'FILE has schema 9, and this version reads schema 1: run the workload again with this version.',
    )
    const damaged = { ...assembleResults(RUN, planned, cells), partial: 'no' }
    expect(await complaint(JSON.stringify(damaged))).toMatch(/^FILE is damaged:\n.*partial/s)
  })

  it('need not have what older versions did not write, but has it whole', async () => {
    const file = join(folder, 'result.json')
    const results = assembleResults(RUN, planned, cells)
    const [summary] = results.summaries as [Summary]
    const readBack = async (change: object): Promise<unknown> => {
      await writeFile(file, JSON.stringify({ ...results, summaries: [{ ...summary, ...change }] }))
      return readResults(folder).catch((thrown: unknown) => thrown)
    }
    expect(await readBack({ faults: undefined, toll: undefined, curves: {} })).toMatchObject({ schema: 1 })
    expect(await readBack({ faults: [{ ...STRIKE, from: 'noon' }] })).toMatchObject({
      message: expect.stringMatching(/summaries\[0\]\.faults\[0\]\.from/),
    })
    expect(await readBack({ toll: { during: { seconds: 1 } } })).toMatchObject({
      message: expect.stringMatching(/summaries\[0\]\.toll\.otherwise.*summaries\[0\]\.toll\.during\.offered/s),
    })
    for (const wrong of [{ low: null }, { high: '1' }, { atLeast: false }]) {
      expect(await readBack({ curves: { c: [{ x: 1, value: 1, n: 1, ...wrong }] } })).toMatchObject({
        message: expect.stringMatching(/is damaged.*summaries\[0\]\.curves\.c\[0\]/s),
      })
    }
  })
})

describe('histograms.jsonl', () => {
  it('comes back by cell and quantity', async () => {
    await writeHistograms(folder, cells)
    const found = await readHistograms(folder)
    expect([...found.keys()]).toEqual(['a/1', 'a/2'])
    expect(found.get('a/1')).toEqual(cells[0]?.histograms)
    expect(found.get('a/2')).toEqual(cells[1]?.histograms)
  })

  it('names the line that is damaged', async () => {
    await writeHistograms(folder, cells)
    const file = join(folder, 'histograms.jsonl')
    const lines = (await readFile(file, 'utf8')).split('\n')
    await writeFile(file, [lines[0], lines[1]?.replace('"count":3', '"count":4'), ''].join('\n'))
    await expect(readHistograms(folder)).rejects.toThrow(
      `${file}:2: the histogram is damaged: it holds 3 values instead of 4.`,
    )
    await writeFile(file, `${lines[0]}\n{"cell": 3}\n`)
    await expect(readHistograms(folder)).rejects.toThrow(`${file}:2 is damaged:`)
    await rm(file)
    await expect(readHistograms(folder)).rejects.toThrow(`${file} cannot be read: ENOENT`)
  })
})

describe('cells.jsonl', () => {
  const header = cellLogHeader(SPEC, '1.2.3')

  async function logged(results: readonly CellResult[]): Promise<void> {
    const log = await CellLog.create(folder, header)
    for (const result of results) await log.append(result)
    await log.close()
  }

  it('gives finished cells back whole, so that a resumed run has the same result', async () => {
    await logged([cells[1] as CellResult])
    const { log, finished } = await CellLog.resume(folder)
    await log.append(cells[2] as CellResult)
    await log.append(cells[0] as CellResult)
    await log.close()
    expect(finished.map(({ id }) => id)).toEqual(['a/2'])
    const all = (await readCellLog(folder)).cells
    expect(inPlanOrder(planned, all)).toEqual(cells)
    expect(JSON.stringify(assembleResults(RUN, planned, all))).toBe(
      JSON.stringify(assembleResults(RUN, planned, cells)),
    )
  })

  it('drops a line that was cut short, and goes on after the last whole one', async () => {
    await logged(cells)
    const file = join(folder, 'cells.jsonl')
    const whole = await readFile(file)
    await truncate(file, whole.length - 20)
    const { log, finished } = await CellLog.resume(folder)
    expect(finished.map(({ id }) => id)).toEqual(['a/1', 'a/2'])
    await log.append(cells[2] as CellResult)
    await log.close()
    expect((await readFile(file)).equals(whole)).toBe(true)
  })

  it('takes out what failed, so that it runs again', async () => {
    await logged([cells[2] as CellResult, cells[0] as CellResult])
    const { log, finished } = await CellLog.resume(folder)
    await log.close()
    expect(finished.map(({ id }) => id)).toEqual(['a/1'])
    expect((await readCellLog(folder)).cells.map(({ id }) => id)).toEqual(['a/1'])
    expect(await readdir(folder)).toEqual(['cells.jsonl'])
  })

  it('is of one spec and version, whatever its gates are', () => {
    expect(cellLogHeader({ ...SPEC, gates: [1] }, '1.2.3')).toEqual(header)
    expect(cellLogHeader({ ...SPEC, name: 'other' }, '1.2.3').hash).not.toBe(header.hash)
    expect(cellLogHeader(SPEC, '1.2.4').hash).not.toBe(header.hash)
  })

  it('has not begun where its header is not whole', async () => {
    expect(await readCellLogHeader(folder)).toBeNull()
    await writeFile(join(folder, 'cells.jsonl'), '')
    expect(await readCellLogHeader(folder)).toBeNull()
    await writeFile(join(folder, 'cells.jsonl'), JSON.stringify(header))
    expect(await readCellLogHeader(folder)).toBeNull()
    await appendFile(join(folder, 'cells.jsonl'), '\n')
    expect(await readCellLogHeader(folder)).toEqual(header)
  })

  it('keeps its lines whatever stands in them', async () => {
    const strange = { ...(cells[0] as CellResult), label: 'é\u2028\u2029\r\u{1F600}\u0085' }
    await logged([strange, cells[1] as CellResult])
    const file = join(folder, 'cells.jsonl')
    expect((await readCellLog(folder)).cells).toEqual([strange, cells[1]])
    const whole = await readFile(file)
    const begin = whole.indexOf('\u{1F600}')
    for (const bytes of [begin + 1, begin + 2, begin + 3]) {
      await writeFile(file, whole.subarray(0, bytes))
      expect((await readCellLog(folder)).cells).toEqual([])
    }
  })

  it('is refused without a header, or with a damaged line', async () => {
    await writeFile(join(folder, 'cells.jsonl'), '')
    await expect(readCellLog(folder)).rejects.toThrow('is empty')
    await writeFile(join(folder, 'cells.jsonl'), '{}\n')
    await expect(readCellLog(folder)).rejects.toThrow('is not the header')
    await logged([cells[0] as CellResult])
    await appendFile(join(folder, 'cells.jsonl'), '{"id": 7}\n')
    await expect(readCellLog(folder)).rejects.toThrow(/cells\.jsonl:3 is damaged:/)
  })
})

describe('a result', () => {
  it('crosses threads by structured clone, its counts by transfer', () => {
    const result = resultOf('a', 1, (found) => found.histogram('read', histogramOf([1, 5])))
    const expected = { ...(result.histograms['read'] ?? {}), counts: result.histograms['read']?.counts.slice() }
    const clone = structuredClone(result, { transfer: transferablesOf(result) as ArrayBuffer[] })
    expect(result.histograms['read']?.counts.length).toBe(0)
    expect(clone.histograms['read']).toEqual(expected)
  })
})
