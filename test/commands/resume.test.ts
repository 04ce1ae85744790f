/**
 * `run --resume`: wherever a run was ended, the resumed one leaves the same bytes as one that was not. The log is cut at the end of every line and inside
 * every line; beside it lie the files of a partial result, which must go.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type RunOptions, run } from '../../dist/commands/run.js'
import { pageDataIn } from '../reports/page-data.js'

const FILE = `
name: small
seeds: 2
duration: 200ms
warmup: 50ms
settle: 1s
topology: { zones: { a: { nodes: 2 }, b: { nodes: 1 } }, links: { a--b: 5ms } }
workload: { records: 20, operations: { read: 50%, update: 40%, increment: 10% }, arrivals: poisson(300/s) }
strategies: [lww, quorum]
faults: [{ partition: { isolate: b, at: 50ms, for: 50ms } }]
gates: [availability >= 1%, read.p50 < 1ns]
`
const NAMES = ['cells.jsonl', 'histograms.jsonl', 'report.html', 'report.md', 'result.json']
const GATE_FAILED = 3

const folder = mkdtempSync(join(tmpdir(), 'quorate-resume-'))
const file = join(folder, 'small.yaml')
const out = join(folder, 'out')

const quorate = (options: Partial<RunOptions> = {}): Promise<number> =>
  run([file], { out, jobs: '1', format: 'table', ...options })

/** By name, without what is allowed to differ. */
function filesThere(): Readonly<Record<string, string>> {
  const texts = readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')] as const)
  return Object.fromEntries(texts.map(([name, text]) => [name, sameIn(name, text)]))
}

function sameIn(name: string, text: string): string {
  return name === 'report.html' && text.startsWith('<') ? pageDataIn(text) : text.replace(/^"environment": .*$/m, '')
}

const resultThere = () => JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))

/** What a run leaves that was ended when its log had these bytes, after another had been ended with a partial result. */
function interrupted(log: Buffer | string): void {
  for (const name of NAMES) writeFileSync(join(out, name), 'of an earlier run')
  writeFileSync(join(out, 'cells.jsonl'), log)
}

let told = ''
let whole: Readonly<Record<string, string>>
let log: Buffer
beforeAll(async () => {
  writeFileSync(file, FILE)
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += text
    return true
  })
  expect(await quorate()).toBe(GATE_FAILED)
  whole = filesThere()
  log = readFileSync(join(out, 'cells.jsonl'))
})
beforeEach(() => {
  told = ''
})
afterAll(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

/** How many bytes the first `count` lines take. */
function bytesOf(count: number): number {
  let bytes = 0
  for (let line = 0; line < count; line++) bytes = log.indexOf('\n', bytes) + 1
  return bytes
}

describe('a resumed run', () => {
  it('has four cells to compare, and the usual files', () => {
    expect(Object.keys(whole)).toEqual(NAMES)
    expect(log.toString().trimEnd().split('\n')).toHaveLength(5)
  })

  it.each([1, 2, 3, 4, 5])('that was ended after line %i of its log leaves the same bytes', async (lines) => {
    interrupted(log.subarray(0, bytesOf(lines)))
    expect(await quorate({ resume: true })).toBe(GATE_FAILED)
    expect(told).toBe(`small: ${lines - 1} of 4 cells are there already.\n`)
    expect(filesThere()).toEqual(whole)
    expect(resultThere().environment.resumed).toBe(lines - 1)
  })

  it.each([2, 3, 4, 5])('that was ended inside line %i leaves the same bytes', async (line) => {
    const middle = Math.floor((bytesOf(line - 1) + bytesOf(line)) / 2)
    interrupted(log.subarray(0, line % 2 === 0 ? middle : bytesOf(line) - 1))
    await quorate({ resume: true })
    expect(told).toContain(`${line - 2} of 4 cells`)
    expect(filesThere()).toEqual(whole)
  })

  it('begins anew where no log has begun, and says so', async () => {
    interrupted(log.subarray(0, bytesOf(1) - 1))
    await quorate({ resume: true })
    expect(told).toBe(`${out} has no cells of an interrupted run: small begins anew.\n`)
    expect(filesThere()).toEqual(whole)
  })

  it('runs cells again that failed', async () => {
    const lines = log.toString().trimEnd().split('\n')
    const failed = JSON.stringify({ ...JSON.parse(lines[2] as string), error: 'it outgrew its memory' })
    interrupted(`${lines.with(2, failed).join('\n')}\n`)
    await quorate({ resume: true })
    expect(told).toContain('3 of 4 cells are there already')
    const sorted = (text = ''): readonly string[] => text.split('\n').sort()
    const { 'cells.jsonl': cells, ...others } = filesThere()
    expect(sorted(cells)).toEqual(sorted(whole['cells.jsonl']))
    expect(others).toEqual({ ...whole, 'cells.jsonl': undefined })
  })

  it('may choose other cells: those that are there stay in the log', async () => {
    interrupted(log.subarray(0, bytesOf(2)))
    await quorate({ resume: true, only: 'quorum' })
    expect(told).toContain('small: 0 of 2 cells are there already.')
    expect(resultThere().cells.map(({ id }: { id: string }) => id)).toEqual(['quorum/1', 'quorum/2'])
    await quorate({ resume: true })
    expect(told).toContain('small: 3 of 4 cells are there already.')
    const { 'cells.jsonl': _, ...others } = filesThere()
    expect(others).toEqual({ ...whole, 'cells.jsonl': undefined })
  })

  it('may have other gates', async () => {
    interrupted(log)
    expect(await quorate({ resume: true, set: ['gates=["read.p50 < 1s"]'] })).toBe(0)
    expect(told).toContain('4 of 4')
    expect(resultThere().gates).toHaveLength(2)
  })
})

describe('a run of something else', () => {
  const refusal = async (options: Partial<RunOptions>): Promise<string> => {
    interrupted(log.subarray(0, bytesOf(3)))
    const error: unknown = await quorate({ resume: true, ...options }).catch((thrown: unknown) => thrown)
    // Nothing is touched.
    expect(filesThere()['result.json']).toBe('of an earlier run')
    expect(readFileSync(join(out, 'cells.jsonl')).equals(log.subarray(0, bytesOf(3)))).toBe(true)
    return (error as Error).message
  }

  it.each([
    [['workload.records=30'], 'have changed since: workload.records was 20 and is 30 (in lww/1).'],
    [['topology.zones.b.nodes=2'], 'have changed since: zones.1.nodes was 1 and is 2 (in lww/1).'],
    [['strategies=[quorum]'], 'have changed since: there was a cell lww/1, and it is not in the plan any more.'],
    [['seeds=3'], 'have changed since: no cell that has ended shows it'],
  ])('with %j is refused, and says what differs', async (set, words) => {
    const message = await refusal({ set })
    expect(message).toContain(`${out} cannot be resumed: the file or its settings (--set, --seeds) ${words}`)
    expect(message).toMatch(/Leave out --resume to begin anew, or choose another folder with --out\.$/)
  })

  it('by another version is refused', async () => {
    const lines = log.toString().split('\n')
    const older = JSON.stringify({ ...JSON.parse(lines[0] as string), version: '0.0.1', hash: 'other' })
    interrupted(lines.with(0, older).join('\n'))
    await expect(quorate({ resume: true })).rejects.toThrow('it was begun by version 0.0.1, and this is ')
  })

  it('is refused over a damaged log, which costs nothing', async () => {
    interrupted(`${log.toString().slice(0, bytesOf(1))}{"id": 7}\n`)
    await expect(quorate({ resume: true })).rejects.toThrow(/cells\.jsonl:2 is damaged/)
    expect(filesThere()['result.json']).toBe('of an earlier run')
  })
})
