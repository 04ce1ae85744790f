/** `quorate init`: what it writes validates and runs, with flags and on a terminal, and nothing is overwritten or left half done. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { schemaErrors } from '../experiment/schema/validator.js'
import { cellsOf } from '../experiment/specs.js'
import { type Ended, ended, folderWith, here, PROGRAM, quorate, shell } from './program.js'

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8')

describe('init without a terminal', () => {
  it('writes a file that validates, runs as it says, and leads an editor to the schema', async () => {
    const folder = folderWith({})
    mkdirSync(join(folder, 'my files'))
    const { code, stdout, stderr } = await quorate(folder, 'init', 'my files/carts.yaml', '--rate', '200/s')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const text = read(folder, 'my files/carts.yaml')
    const schema = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] as string
    expect(JSON.parse(read(join(realpathSync(folder), 'my files'), schema)).title).toBe('A workload file of Quorate')
    expect(schemaErrors(text)).toEqual([])
    expect(cellsOf(text)).toHaveLength(40)
    const command = stdout.split('\n')[1]?.trim() as string
    expect(await shell(folder, `${command} --seeds 1 --set duration=1s`)).toMatchObject({ code: 0 })
  })

  it('leaves a file alone unless it is forced', async () => {
    const folder = folderWith({ 'workload.yaml': 'mine' })
    const refused = await quorate(folder, 'init')
    expect(refused).toEqual({ code: 2, stdout: '', stderr: 'workload.yaml exists already; --force replaces it.\n' })
    expect(read(folder, 'workload.yaml')).toBe('mine')
    expect(await here(folder, 'init', '--force')).toMatchObject({ code: 0 })
    expect(read(folder, 'workload.yaml')).not.toContain('mine')
  })

  it('says why a file cannot be written', async () => {
    const { code, stderr } = await here(folderWith({}), 'init', 'none/x.yaml')
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'none/x.yaml cannot be written: there is no such file or folder.\n',
    })
  })
})

const hasTerminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0

describe.skipIf(!hasTerminal)('init on a terminal', () => {
  /** Types `keys` once the first question stands there. */
  async function typed(folder: string, keys: string, args = ''): Promise<Ended> {
    const command = `'${process.execPath}' '${PROGRAM}' init ${args}`
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
    let shown = ''
    child.stdout.on('data', (text: Buffer) => {
      if (!shown.includes(']: ') && `${shown}${text}`.includes(']: ')) child.stdin.write(keys)
      shown += text
    })
    return ended(child)
  }

  it('asks for what flags leave out, again after a wrong answer', async () => {
    const folder = folderWith({})
    const { code, stdout } = await typed(folder, 'two-zones\rthree-azs\r\r', '--rate 50/s')
    expect(code).toBe(0)
    expect(stdout).toContain('There is no topology "two-zones"')
    expect(stdout).not.toContain('How many operations')
    const [cell] = cellsOf(read(folder, 'workload.yaml'))
    expect(cell?.zones.map((zone) => zone.name)).toEqual(['az-1', 'az-2', 'az-3'])
  })

  it.each([
    ['Ctrl-C', '\u0003', 130],
    ['the end of the input', '\u0004', 2],
  ])('writes nothing after %s', async (_, key, expected) => {
    const folder = folderWith({})
    const { code, stdout } = await typed(folder, `rack\r${key}`)
    expect(code).toBe(expected)
    expect(stdout).not.toMatch(/^\s+at /m)
    expect(existsSync(join(folder, 'workload.yaml'))).toBe(false)
  })
})
