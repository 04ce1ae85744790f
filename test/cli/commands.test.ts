/** The commands at work: what they print, what they write, and that their help is true. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { pageDataIn } from '../reports/page-data.js'
import { type Ended, folderWith, here, PROGRAM, quorate, shell, TINY } from './program.js'

const read = (folder: string, ...path: readonly string[]): string => readFileSync(join(folder, ...path), 'utf8')

const FILES = ['result.json', 'histograms.jsonl', 'report.html', 'report.md', 'cells.jsonl']

let folder: string
let first: Ended
beforeAll(async () => {
  folder = folderWith({ 'tiny.yaml': TINY, 'other.yaml': TINY.replace('name: tiny', 'name: other') })
  first = await quorate(folder, 'run', 'tiny.yaml', '--jobs', '1', '--out', 'one')
})

describe('run', () => {
  it('prints the comparison, and progress only on standard error', () => {
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain('Stale reads: ')
    expect(first.stdout).toMatch(/^variant /m)
    expect(first.stdout).toContain('report.html and report.md in one')
    expect(first.stdout).not.toContain('\u001b')
  })

  it('gives the same bytes with any number of threads', async () => {
    expect((await here(folder, 'run', 'tiny.yaml', '--jobs', '2', '--out', 'two')).code).toBe(0)
    const results = ['one', 'two'].map((out) => JSON.parse(read(folder, out, 'result.json')))
    expect(results.map((result) => result.environment.jobs)).toEqual([1, 2])
    const [one, two] = ['one', 'two'].map((out) => read(folder, out, 'result.json').replace(/^"environment": .*$/m, ''))
    expect(one).toBe(two)
    expect(read(folder, 'one', 'histograms.jsonl')).toBe(read(folder, 'two', 'histograms.jsonl'))
    expect(pageDataIn(read(folder, 'one', 'report.html'))).toBe(pageDataIn(read(folder, 'two', 'report.html')))
    const cells = (out: string): string[] => read(folder, out, 'cells.jsonl').split('\n').sort()
    expect(cells('one')).toEqual(cells('two'))
    expect(cells('one')).toHaveLength(10)
  })

  it('runs all variants of a seed before the next, so that an interruption leaves what can be compared', () => {
    const [, ...lines] = read(folder, 'one', 'cells.jsonl').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).seed)).toEqual([1, 1, 1, 1, 2, 2, 2, 2])
  })

  it('takes no more threads than cells', async () => {
    await here(folder, 'run', 'tiny.yaml', '--jobs', '64', '--only', 'lww', '--seeds', '3', '--out', 'few')
    const result = JSON.parse(read(folder, 'few', 'result.json'))
    expect(result.environment.jobs).toBe(3)
    expect(result.cells.map((cell: { id: string }) => cell.id)).toEqual(['lww/1', 'lww/2', 'lww/3'])
  })

  it('keeps the command that makes the same result, without how many threads it had', async () => {
    const { environment, summaries } = JSON.parse(read(folder, 'one', 'result.json'))
    expect(environment.command).toBe(`node ${relative(folder, PROGRAM)} run tiny.yaml --out one`)
    const elsewhere = folderWith({ 'tiny.yaml': TINY })
    const { code } = await shell(elsewhere, environment.command.replace(relative(folder, PROGRAM), PROGRAM))
    expect(code).toBe(0)
    expect(JSON.parse(read(elsewhere, 'one', 'result.json')).summaries).toEqual(summaries)
  })

  it('prints the content of result.json, Markdown, a page and rows', async () => {
    const json = await here(folder, 'run', 'tiny.yaml', '--only', 'lww/1', '--format', 'json')
    expect(json.stdout).toBe(read(folder, 'results', 'tiny', 'result.json'))
    const markdown = await here(folder, 'run', 'tiny.yaml', '--only', 'lww/1', '--format', 'markdown')
    expect(markdown.stdout).toBe(read(folder, 'results', 'tiny', 'report.md'))
    expect(markdown.stdout).toMatch(/^# tiny\n(.|\n)*\| variant \|/)
    const page = await here(folder, 'run', 'tiny.yaml', '--only', 'lww/1', '--format', 'html')
    expect(page.stdout).toBe(read(folder, 'results', 'tiny', 'report.html'))
    const rows = await here(folder, 'run', 'tiny.yaml', '--only', 'lww/1', '--format', 'csv')
    expect(rows.stdout).toMatch(/^kind,id,.*\r\ncell,lww\/1,lww,/)
  })

  it('overwrites an earlier result whole', async () => {
    mkdirSync(join(folder, 'old'))
    for (const name of FILES) {
      writeFileSync(join(folder, 'old', name), 'old\n'.repeat(10_000))
    }
    await here(folder, 'run', 'tiny.yaml', '--only', 'lww', '--out', 'old')
    for (const name of FILES) {
      expect(read(folder, 'old', name)).not.toContain('old\nold')
    }
    expect(JSON.parse(read(folder, 'old', 'result.json')).cells).toHaveLength(2)
  })

  it('runs several files, each into its own folder', async () => {
    const { code, stdout } = await here(folder, 'run', 'tiny.yaml', 'other.yaml', '--only', 'lww/1')
    expect(code).toBe(0)
    expect(stdout.match(/report\.md in (.*)$/gm)).toEqual(['report.md in results/tiny', 'report.md in results/other'])
    for (const name of ['tiny', 'other'])
      expect(read(folder, 'results', name, 'report.html')).toMatch(/^<!doctype html>/)
  })

  it('runs nothing when dry', async () => {
    const { code, stdout } = await here(folder, 'run', 'tiny.yaml', '--dry-run', '--seeds', '1', '--out', 'dry')
    expect(code).toBe(0)
    const [ids, estimate] = stdout.split('\n\n')
    expect(ids).toBe('single-leader/1\nlww/1\nquorum_r=1/1\nquorum_r=2/1')
    expect(estimate).toMatch(
      /^4 cells of about 75 operations each; about 1 s on \d threads?, about 160 MB( for each)?\.\n$/,
    )
    const json = await here(folder, 'run', 'tiny.yaml', '--dry-run', '--seeds', '1', '--format', 'json')
    expect(JSON.parse(json.stdout).estimate).toMatchObject({ operations: [75, 75], bytesPerThread: expect.any(Number) })
    expect(JSON.parse(json.stdout).cells[2]).toEqual({
      id: 'quorum_r=1/1',
      variant: 'quorum_r=1',
      label: 'quorum r=1',
      axes: {},
      seed: 1,
    })
    expect(() => read(folder, 'dry', 'cells.jsonl')).toThrow('ENOENT')
    const aws = 'topology={ preset: aws, regions: [us-east-1, eu-west-1, ap-northeast-1], nodes: 3 }'
    const named = await here(folder, 'run', 'tiny.yaml', '--dry-run', '--seeds', '1', '--set', aws)
    expect(named).toEqual({ code: 0, stdout, stderr: '' })
  })
})

describe('gates', () => {
  const gated = (...gates: readonly string[]) => `--set=gates=${JSON.stringify(gates)}`

  it('that fail end the run with exit code 3, and the others are told too', async () => {
    const gates = gated('availability >= 1%', 'read.p50 < 1ns where strategy = lww')
    const { code, stdout } = await quorate(folder, 'run', 'tiny.yaml', gates, '--out', 'gates')
    expect(code).toBe(3)
    expect(stdout).toMatch(
      /^tiny\n\nGates: 1 of 2 failed\.\n✓ availability >= 1%: .*\n✗ read\.p50 < 1ns where strategy = lww: /,
    )
    const { gates: decided } = JSON.parse(read(folder, 'gates', 'result.json'))
    expect(decided.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['pass', 'pass', 'pass', 'pass', 'fail'])
  })

  it('that pass, or are for none of the chosen cells, let it end with 0', async () => {
    const gates = gated('availability >= 1%', 'read.p50 < 1ns where strategy = lww')
    const { code, stdout } = await here(folder, 'run', 'tiny.yaml', gates, '--only', 'quorum', '--out', 'passed')
    expect(code).toBe(0)
    expect(stdout).toContain('Gates: passed. Left out, because none of their cells ran: read.p50 < 1ns')
  })
})

describe('list', () => {
  it('prints what is registered, all or one kind', async () => {
    const all = (await quorate(folder, 'list')).stdout
    for (const kind of ['strategies', 'presets', 'faults', 'keys', 'laws', 'topologies', 'hardware', 'measures'])
      expect(all).toMatch(new RegExp(`^${kind}$`, 'm'))
    const faults = (await here(folder, 'list', 'faults')).stdout
    expect(faults).toMatch(/^faults\n {2}\S+ {2,}\S/)
    expect(all).toContain(faults)
  })

  it('prints presets with what they fix, promise and suggest', async () => {
    const text = (await here(folder, 'list', 'presets')).stdout
    expect(text).toMatch(/^ {2}voldemort {2,}Voldemort as Bailis/m)
    expect(text).toMatch(
      /^ +fixes of quorum, in one zone of three nodes: n=3 r=1 w=1 contact=all repair=none coordinator=client$/m,
    )
    expect(text).toMatch(/^ +promises no session guarantee/m)
    expect(text.split('\n').every((line) => line.length <= 150)).toBe(true)
    const { presets } = JSON.parse((await here(folder, 'list', 'presets', '--format', 'json')).stdout)
    expect(presets.at(-1)).toMatchObject({
      name: 'voldemort',
      strategy: 'quorum',
      fixes: ['n=3', 'r=1', 'w=1', 'contact=all', 'repair=none', 'coordinator=client'],
    })
  })

  it('prints JSON', async () => {
    const lists = JSON.parse((await here(folder, 'list', '--format', 'json')).stdout)
    expect(lists.strategies.map(({ name }: { name: string }) => name)).toContain('quorum')
    expect(lists.strategies.find(({ name }: { name: string }) => name === 'crdt').promises).toEqual([
      'converges under faults that spare one disk of each key',
      'no-lost-merges under faults that keep disks',
    ])
    expect(lists.hardware[0]).toEqual({
      name: 'nvme',
      summary: expect.any(String),
      source: expect.stringContaining('Fast by Design'),
    })
    expect(lists.topologies[1].zones).toEqual(['az-1', 'az-2', 'az-3'])
    expect(lists.measures).toContainEqual(expect.objectContaining({ name: 'read.p99', unit: 'ms', better: 'lower' }))
  })
})

describe('replay', () => {
  it('as the report says finds the same', async () => {
    const command = /^One cell again: (.*)$/m.exec(first.stdout)?.[1] as string
    const { code, stdout } = await shell(folder, command)
    expect(stdout).toMatch(/^read\.mean +\S+ ms$/m)
    expect(stdout).toMatch(/digest [0-9a-f]{16}: the same\.\n$/)
    expect(code).toBe(0)
  })

  it('prints JSON', async () => {
    const { code, stdout } = await here(folder, 'replay', 'one/result.json', 'lww/2', '--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ id: 'lww/2', same: true })
  })

  it('says that a digest differs', async () => {
    mkdirSync(join(folder, 'forged'))
    const forged = read(folder, 'one', 'result.json').replaceAll(/"digest":"[0-9a-f]*"/g, '"digest":"0123456789abcdef"')
    writeFileSync(join(folder, 'forged', 'result.json'), forged)
    const { code, stdout } = await here(folder, 'replay', 'forged', 'lww/1')
    expect(stdout).toMatch(/: different; the result has digest 0123456789abcdef\.\n$/)
    expect(code).toBe(1)
  })

  it('survives a result that makes no sense', async () => {
    mkdirSync(join(folder, 'nonsense'))
    const nonsense = read(folder, 'one', 'result.json').replaceAll(/"zones":\[.*?\],"links"/g, '"zones":7,"links"')
    writeFileSync(join(folder, 'nonsense', 'result.json'), nonsense)
    const { code, stdout } = await here(folder, 'replay', 'nonsense', 'lww/1')
    expect(stdout).toMatch(/^failed with ".*": different; the result has digest/)
    expect(code).toBe(1)
  })

  it('says which cells there are', async () => {
    const { code, stderr } = await quorate(folder, 'replay', 'one', 'lwv/1')
    expect(stderr).toMatch(/^one has no cell lwv\/1 \(did you mean lww\/1\?\); its 8 are single-leader\/1, .* …\.\n$/)
    expect(code).toBe(2)
  })
})

describe('help', () => {
  const home = folderWith({})
  const examplesOf = async (command: string): Promise<readonly string[]> => {
    const { code, stdout } = await here(home, ...[command].filter(Boolean), '--help')
    expect(code).toBe(0)
    return (stdout.split('Examples:\n')[1] ?? '').trimEnd().split('\n')
  }

  it('ends with two examples for each command, that work as printed', async () => {
    const parts = new Set<string>()
    for (const command of ['', 'run', 'report', 'init', 'list', 'replay']) {
      const examples = await examplesOf(command)
      expect(examples, command).toHaveLength(2)
      // Several begin with the same run, so that is done once.
      for (const example of examples) for (const part of example.trim().split(' && ')) parts.add(part)
    }
    for (const part of parts) expect(await shell(home, part), part).toMatchObject({ code: 0 })
    // A dozen processes, some of which run cells: as long as a dozen tests may take, where others are using the cores.
  }, 300_000)

  it('and version are not errors', async () => {
    expect(await quorate(folder, '--version')).toMatchObject({ code: 0, stderr: '' })
    expect((await quorate(folder, 'help', 'replay')).stdout).toContain('Usage: quorate replay')
  })
})
