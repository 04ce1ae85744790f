/** YCSB's files through the built program: the shipped ones run as they are, and say in the report what became of them. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith, here, quorate } from './program.js'

const shipped = (letter: string): string => resolve('workloads/ycsb', `workload${letter}`)

describe('run', () => {
  it('takes a properties file for an experiment, and reports what it took', async () => {
    const folder = folderWith({})
    const { code, stdout, stderr } = await quorate(folder, 'run', shipped('a'), '--seeds', '1')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const variant of ['single-leader', 'lww', 'crdt', 'quorum'])
      expect(stdout).toMatch(new RegExp(`^${variant} `, 'm'))
    expect(stdout).toContain('Notes:\n- workloada: taken from it are records: 1000,')
    const results = join(folder, 'results', 'workloada')
    const { spec, cells } = JSON.parse(readFileSync(join(results, 'result.json'), 'utf8'))
    expect(spec.notes[0]).toContain('ycsb-zipfian(0)')
    expect(cells.map(({ operations }: { operations: { invoked: number } }) => operations.invoked)).toEqual(
      new Array(4).fill(1000),
    )
    expect(readFileSync(join(results, 'report.md'), 'utf8')).toContain(
      '<summary>Notes</summary>\n\n- workloada: taken from it are',
    )
  })

  it.each(['b', 'c', 'd', 'e', 'f'])('plans workload %s', async (letter) => {
    const { code, stdout } = await here('.', 'run', shipped(letter), '--dry-run')
    expect(code).toBe(0)
    expect(stdout.match(/^\S+\/\d$/gm)).toHaveLength(20)
  })

  it('warns of unknown properties where it is to be lenient, and refuses them else', async () => {
    const folder = folderWith({ mine: `${readFileSync(shipped('c'), 'utf8')}jdbc.fetchsize=10\n` })
    const strict = await here(folder, 'run', 'mine', '--dry-run')
    expect(strict.code).toBe(2)
    expect(strict.stderr).toContain('mine:13:1: YCSB has no property "jdbc.fetchsize"; --lenient takes')
    const lenient = await here(folder, 'run', 'mine', '--dry-run', '--lenient')
    expect(lenient.code).toBe(0)
    expect(lenient.stderr).toContain('mine:13:1: warning: YCSB has no property "jdbc.fetchsize"; it is ignored.')
  })
})
