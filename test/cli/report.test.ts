/** `quorate report`: results as they lie on disk, in every format; with the same results the same bytes; nothing is judged. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HistogramLogReader } from 'hdr-histogram-js'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Results } from '../../src/results/results.js'
import { folderWith, here, shell, TINY } from './program.js'

const GATED = TINY.replace('name: tiny', 'name: gated\ngates: [read.p50 < 1ns]')

let folder: string
const read = (...path: readonly string[]): string => readFileSync(join(folder, ...path), 'utf8')
const resultIn = (out: string): Results => JSON.parse(read('results', out, 'result.json'))
const report = (...args: readonly string[]) => here(folder, 'report', ...args)

beforeAll(async () => {
  folder = folderWith({ 'tiny.yaml': TINY, 'gated.yaml': GATED })
  const { code } = await here(folder, 'run', 'tiny.yaml', 'gated.yaml')
  expect(code).toBe(3)
})

describe('of one result', () => {
  it.each([
    ['html', 'report.html'],
    ['markdown', 'report.md'],
    ['json', 'result.json'],
  ])('%s has the bytes that the run left', async (format, file) => {
    expect((await report('results/tiny', '--format', format)).stdout).toBe(read('results', 'tiny', file))
    expect((await report('results/tiny/result.json', '--format', format)).stdout).toBe(read('results', 'tiny', file))
  })

  it('prints what the run printed, and exits with 0 where gates have failed', async () => {
    const ran = await here(folder, 'run', 'gated.yaml')
    const { code, stdout, stderr } = await report('results/gated')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(ran.stdout)
    expect(stdout).toContain('Gates: 1 of 1 failed.')
  })

  it('writes a file, and says so', async () => {
    const { code, stdout, stderr } = await report('results/tiny', '--format', 'csv', '--out', 'new folder/tiny.csv')
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: 'new folder/tiny.csv is written.\n' })
    expect(read('new folder', 'tiny.csv')).toBe((await report('results/tiny', '--format', 'csv')).stdout)
  })

  it('has every number of result.json in its rows', async () => {
    const { cells, summaries } = resultIn('tiny')
    const rows = (await report('results/tiny', '--format', 'csv')).stdout.trimEnd().split('\r\n').slice(1)
    const expected = [
      ...cells.flatMap(({ id, measures }) => Object.entries(measures).map(([name, value]) => [id, name, value])),
      ...summaries.flatMap(({ id, measures }) =>
        Object.entries(measures).map(([name, { value }]) => [id, name, value]),
      ),
    ]
    const found = rows.map((row) => {
      const [, id, , , , , measure, zone, , , value] = row.split(',')
      return [id, zone === '' ? measure : `${measure}@${zone}`, Number(value)]
    })
    expect(found).toEqual(expected)
    expect(found.length).toBeGreaterThan(500)
  })

  it('has every operation in its log of histograms', async () => {
    const { stdout } = await report('results/tiny', '--format', 'hlog')
    const counts = new Map<string, number>()
    const reader = new HistogramLogReader(stdout, 64)
    for (let one = reader.nextIntervalHistogram(); one !== null; one = reader.nextIntervalHistogram()) {
      const tag = one.tag as string
      counts.set(tag, (counts.get(tag) ?? 0) + one.totalCount)
    }
    const expected = new Map<string, number>()
    for (const line of read('results', 'tiny', 'histograms.jsonl').trimEnd().split('\n')) {
      const { cell, quantity, count } = JSON.parse(line)
      const tag = `${cell.replace(/\/\d+$/, '')}:${quantity}`
      expected.set(tag, (expected.get(tag) ?? 0) + count)
    }
    expect(counts).toEqual(expected)
    expect(counts.get('quorum_r=1:read')).toBe(
      resultIn('tiny').summaries.find(({ id }) => id === 'quorum_r=1')?.measures['read.p50']?.n,
    )
  })

  it('draws a chart, and says which there are where one is wrong', async () => {
    const svg = await report('results/tiny', '--format', 'svg', '--chart', 'visibility')
    expect(svg.stdout).toMatch(/^<svg xmlns=(.|\n)*<\/svg>\n$/)
    const none = await report('results/tiny', '--format', 'svg')
    expect(none.code).toBe(2)
    expect(none.stderr).toMatch(/^--format svg draws one chart, which --chart names; there are .*visibility.*\.\n$/)
    const wrong = await report('results/tiny', '--format', 'svg', '--chart', 'visable', '--out', 'wrong.svg')
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/^There is no chart visable; there are .*visibility/)
    expect(() => read('wrong.svg')).toThrow('ENOENT')
  })

  it('takes measures and zones that it has, and refuses others', async () => {
    expect((await report('results/tiny', '--measures', 'read.p50@a,lost', '--by', 'zone', '--wide')).code).toBe(0)
    const { code, stderr } = await report('results/tiny', '--measures', 'read.p50@us')
    expect({ code, stderr }).toEqual({ code: 2, stderr: '--measures: there is no zone us; there are a, b.\n' })
  })

  it('that lies without its histograms has all but their log', async () => {
    mkdirSync(join(folder, 'alone'))
    copyFileSync(join(folder, 'results', 'tiny', 'result.json'), join(folder, 'alone', 'mine.json'))
    const { code, stdout } = await report('alone/mine.json')
    expect(code).toBe(0)
    const command = /^One cell again: (.*)$/m.exec(stdout)?.[1] as string
    expect(await shell(folder, command)).toMatchObject({ code: 0 })
    const log = await report('alone/mine.json', '--format', 'hlog')
    expect(log).toMatchObject({ code: 2, stdout: '' })
    expect(log.stderr).toMatch(/^alone\/histograms\.jsonl cannot be read: ENOENT/)
  })

  it('that is damaged is refused with what is wrong', async () => {
    mkdirSync(join(folder, 'damaged'))
    const damaged = read('results', 'tiny', 'result.json').replace('"summaries": [', '"summaries": [7,')
    writeFileSync(join(folder, 'damaged', 'result.json'), damaged)
    const { code, stdout, stderr } = await report('damaged')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^damaged\/result\.json is damaged:\n(.|\n)*summaries\[0\]/)
  })

  it('of a place that cannot be written is refused', async () => {
    const { code, stderr } = await report('results/tiny', '--out', 'tiny.yaml/x')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^tiny\.yaml\/x cannot be written: /)
  })
})

describe('a run that is to draw what did not happen', () => {
  it('says so and leaves its files', async () => {
    const args = ['--set', 'workload.operations={ update: 100% }', '--only', 'lww', '--out', 'blind']
    const { code, stdout, stderr } = await here(
      folder,
      ...['run', 'tiny.yaml', ...args, '--format', 'svg', '--chart', 'read-percentiles'],
    )
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^There is nothing to draw for the chart read-percentiles; there are .*write-percentiles/m)
    expect((await report('blind', '--format', 'svg', '--chart', 'write-percentiles')).stdout).toMatch(/^<svg /)
  })
})

describe('of several results', () => {
  it('shows each in its own rows', async () => {
    const { code, stdout } = await report('results/tiny', 'results/gated')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^tiny, gated\n/)
    expect(stdout).toMatch(/^variant +result /m)
    expect([...stdout.matchAll(/^lww +(\w+) /gm)].map(([, result]) => result)).toEqual(['tiny', 'gated'])
  })

  it('prints commands that run a cell of the right one again', async () => {
    const text = read('results', 'gated', 'result.json').replaceAll(/"digest":"\w+"/g, '"digest":"0"')
    mkdirSync(join(folder, 'other'))
    writeFileSync(join(folder, 'other', 'result.json'), text.replace('"id":"lww/1"', '"id":"lww/1","error":"it broke"'))
    const { stdout } = await report('results/tiny', 'other')
    const command = /^ {4}(.* replay .*)$/m.exec(stdout)?.[1] as string
    expect(command).toMatch(/ replay other lww\/1$/)
    expect((await shell(folder, command)).stdout).toContain('the result has failed with "it broke"')
  })

  it('is a result of its own, whose cells run again', async () => {
    await report('results/tiny', 'results/gated', '--format', 'json', '--out', 'both.json')
    expect((await report('both.json', '--format', 'json')).stdout).toBe(read('both.json'))
    expect(await here(folder, 'replay', 'both.json', 'gated:lww/2')).toMatchObject({ code: 0 })
  })

  it('has the logs of all', async () => {
    const { stdout } = await report('results/tiny', 'results/gated', '--format', 'hlog')
    const tags = new Set([...stdout.matchAll(/^Tag=([^:]*):lww:/gm)].map(([, name]) => name))
    expect([...tags]).toEqual(['tiny', 'gated'])
  })
})
