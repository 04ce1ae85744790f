/** Cells that fail in every way, and runs that are interrupted: the rest is kept, and the exit code says so. */
import { createReadStream, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CellEntry } from '../../src/results/cell-result.js'
import { pageDataIn } from '../reports/page-data.js'
import { ended, folderWith, here, PLANTED, quorate, shell, start, TINY } from './program.js'

interface Result {
  readonly partial: boolean
  readonly cells: readonly CellEntry[]
}

const resultIn = (folder: string, out: string): Result =>
  JSON.parse(readFileSync(join(folder, out, 'result.json'), 'utf8'))

const cellsLogged = (folder: string, out: string): number => {
  const file = join(folder, out, 'cells.jsonl')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 2 : 0
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10))
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('a cell that exceeds', () => {
  const folder = folderWith({
    'events.yaml': TINY.replace('name: tiny', 'name: events\nevent-limit: 50'),
    'tiny.yaml': TINY,
  })

  it.each([
    ['its event limit', ['events.yaml'], 'More than 50 events'],
    ['--memory', ['tiny.yaml', '--memory', '100B'], 'more than the 0.0001 MB that --memory allows'],
  ])('%s fails, and its replay command fails in the same way', async (_, args, why) => {
    const { code, stdout } = await here(folder, 'run', ...args, '--only', 'lww', '--out', 'out it')
    expect(code).toBe(1)
    expect(stdout).toContain('2 of 2 cells failed')
    expect(stdout).toContain(`- lww/1: `)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(why)
    expect(resultIn(folder, 'out it').cells[0]?.error).toContain(why)
    const command = /^ {4}(.* replay .*)$/m.exec(stdout)?.[1] as string
    const again = await shell(folder, command)
    expect(again.stdout).toMatch(/^failed with ".*": the same\.\n$/)
    expect(again.code).toBe(1)
  })
})

describe('a run with mishaps of every kind', () => {
  const folder = folderWith({
    'mishaps.yaml': TINY.replace('seeds: 2', 'seeds: [1, 102, 104, 105, 107]').replace(
      /strategies: .*/,
      'strategies: [lww]',
    ),
  })
  let stdout: string
  let code: number | null

  beforeAll(async () => {
    ;({ code, stdout } = await ended(start(folder, ['run', 'mishaps.yaml', 'out'], PLANTED)))
  })

  it('ends with exit code 1 and the cells that went well', () => {
    expect(code).toBe(1)
    const { cells, partial } = resultIn(folder, 'out')
    expect(partial).toBe(false)
    expect(cells.map(({ error }) => error !== undefined)).toEqual([false, true, true, true, true])
    expect(stdout).toContain('4 of 5 cells failed')
  })

  it('prints commands by which each mishap happens again', async () => {
    const commands = [...stdout.matchAll(/^ {4}(.* replay .*)$/gm)].map((match) => match[1] as string)
    expect(commands).toHaveLength(4)
    const again = await Promise.all(commands.map((command) => shell(folder, command)))
    for (const { stdout: text } of again) expect(text).toMatch(/^failed with "(.|\n)*": the same\.\n$/)
  })
})

describe('Ctrl-C', () => {
  const folder = folderWith({ 'long.yaml': TINY.replace('seeds: 2', 'seeds: 500') })

  it.each(['SIGINT', 'SIGTERM'] as const)('(%s) keeps the cells that have ended', async (signal) => {
    const child = start(folder, ['run', 'long.yaml', '--out', signal])
    const end = ended(child)
    await until(() => cellsLogged(folder, signal) >= 2)
    child.kill(signal)
    const { code, stdout, stderr } = await end
    expect(code).toBe(130)
    expect(stderr).toContain('Interrupted: keeping the cells that have ended.')
    const { cells, partial } = resultIn(folder, signal)
    expect(partial).toBe(true)
    expect(cells.length).toBeGreaterThanOrEqual(2)
    expect(cells).toHaveLength(cellsLogged(folder, signal))
    expect(stdout).toContain(`Partial: the run was ended after ${cells.length} cells`)
    expect(stdout).toMatch(/^variant /m)
  })

  it('before the first cell leaves an empty result and takes the old one away', async () => {
    await here(folder, 'run', 'long.yaml', '--seeds', '1', '--out', 'early')
    const child = start(folder, ['run', 'long.yaml', '--out', 'early'])
    const end = ended(child)
    await until(() => !existsSync(join(folder, 'early', 'result.json')))
    child.kill('SIGINT')
    expect((await end).code).toBe(130)
    expect(resultIn(folder, 'early').partial).toBe(true)
  })

  it('leaves alone the files that would have followed', async () => {
    const long = TINY.replace('name: tiny', 'name: long').replace('seeds: 2', 'seeds: 500')
    const followed = folderWith({ 'long.yaml': long, 'next.yaml': TINY })
    const child = start(followed, ['run', 'long.yaml', 'next.yaml', '--format', 'json'])
    const end = ended(child)
    await until(() => cellsLogged(followed, 'results/long') >= 2)
    child.kill('SIGINT')
    expect((await end).code).toBe(130)
    expect(existsSync(join(followed, 'results', 'tiny', 'cells.jsonl'))).toBe(false)
  })

  /** A run that has come to its files and waits, because one of them is a pipe that nobody reads. */
  async function whileFilesAreWritten(out: string) {
    mkdirSync(join(folder, out))
    const pipe = join(folder, out, 'histograms.jsonl.unfinished')
    await shell(folder, `mkfifo '${pipe}'`)
    const child = start(folder, ['run', 'long.yaml', '--seeds', '1', '--out', out])
    const end = ended(child)
    await until(() => cellsLogged(folder, out) === 4)
    await sleep(200)
    return { child, end, pipe }
  }

  it('while files are written lets them be written', async () => {
    const { child, end, pipe } = await whileFilesAreWritten('writing')
    child.kill('SIGINT')
    await sleep(100)
    createReadStream(pipe).resume()
    expect((await end).code).toBe(130)
    expect(resultIn(folder, 'writing')).toMatchObject({ partial: false })
    for (const name of ['report.html', 'report.md']) expect(existsSync(join(folder, 'writing', name))).toBe(true)
  })

  it('twice ends at once', async () => {
    const { child, end } = await whileFilesAreWritten('twice')
    child.kill('SIGINT')
    await sleep(700)
    child.kill('SIGINT')
    await end
    // A shell reports it as 130.
    expect(child.signalCode).toBe('SIGINT')
    expect(existsSync(join(folder, 'twice', 'result.json'))).toBe(false)
  })
})

describe('--resume', () => {
  const text = TINY.replace('seeds: 2', 'seeds: 20').replace(/strategies: .*/, 'strategies: [lww, quorum]')
  const folder = folderWith({ 'some.yaml': text })
  const OUT = 'so me'
  const filesIn = (): readonly string[] =>
    ['result.json', 'histograms.jsonl', 'report.html', 'report.md', 'cells.jsonl'].map((name) => {
      const text = readFileSync(join(folder, OUT, name), 'utf8')
      if (name === 'report.html') return pageDataIn(text)
      const lines = text.split('\n')
      // With several threads cells may end in another order.
      return (name === 'cells.jsonl' ? lines.sort() : lines.filter((line) => !line.startsWith('"environment"'))).join(
        '\n',
      )
    })
  let whole: readonly string[]

  beforeAll(async () => {
    await quorate(folder, 'run', 'some.yaml', '--out', OUT)
    whole = filesIn()
  })

  it.each(['SIGINT', 'SIGKILL'] as const)('after %s leaves the same bytes as a run to its end', async (signal) => {
    const child = start(folder, ['run', 'some.yaml', '--out', OUT])
    const end = ended(child)
    // The log of the run before has all 40, and lies there a moment longer than its result.
    await until(() => {
      const logged = cellsLogged(folder, OUT)
      return logged >= 3 && logged < 40 && !existsSync(join(folder, OUT, 'result.json'))
    })
    child.kill(signal)
    const { stderr } = await end
    const command = /^To go on: (.*)$/m.exec(stderr)?.[1]
    expect(command === undefined).toBe(signal === 'SIGKILL')
    expect(cellsLogged(folder, OUT)).toBeLessThan(40)
    const resumed = await (command === undefined
      ? quorate(folder, 'run', 'some.yaml', '--resume', '--out', OUT)
      : shell(folder, command))
    expect(resumed.code).toBe(0)
    expect(resumed.stderr).toMatch(/^tiny: \d+ of 40 cells are there already\.$/m)
    expect(filesIn()).toEqual(whole)
  })
})
