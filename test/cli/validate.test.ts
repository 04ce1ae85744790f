/** `quorate validate` as a user meets it: what it prints, the same whenever it is asked, and what it ends with. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ended, folderWith, here, quorate, start } from './program.js'

const folder = folderWith({})
const planted = fileURLToPath(new URL('./planted-validate.js', import.meta.url))

describe('validate', () => {
  it('prints a table and ends with 0 where all is in', async () => {
    const { code, stdout } = await quorate(folder, 'validate', '--only', 'little')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^little: conservation of operations.*\n┌[\s\S]*│ lambda W \/ L at a station .* │ in {6}│\n/)
    expect(stdout).toMatch(/\n2 rows, 0 of them subject to chance;.*\nAll are in\.\n$/)
  })

  it('gives the same bytes for the same seed, and others for another', async () => {
    const ask = (seed: string) => here(folder, 'validate', '--only', 'little', '--seed', seed, '--format', 'json')
    const [first, again, other] = [await ask('5'), await ask('5'), await ask('6')]
    expect(again.stdout).toBe(first.stdout)
    expect(other.stdout).not.toBe(first.stdout)
    const { seed, full, out, rows } = JSON.parse(first.stdout)
    expect({ seed, full, out, rows: rows.length }).toEqual({ seed: 5, full: false, out: 0, rows: 2 })
    expect(Object.keys(rows[0]).sort()).toEqual(
      [
        'bias',
        'expected',
        'family',
        'measured',
        'n',
        'name',
        'source',
        'standardError',
        'tolerance',
        'unit',
        'verdict',
        'z',
      ].sort(),
    )
  })

  it('ends with 3 and names the row where an expected value is wrong', async () => {
    const { code, stdout } = await ended(start(folder, ['little', 'table'], planted))
    expect(code).toBe(3)
    expect(stdout).toMatch(/│ lambda W \/ L at a station .* │ OUT {5}│\n/)
    expect(stdout).toMatch(/\n2 out: little, lambda W.*; little, X \(R \+ Z\) \/ N.*\.\n$/)
  })

  it.each([
    [['--only', 'litle'], /^There is no family litle \(did you mean little\?\); there are .*k-of-n/],
    [['--seed', '0'], /^--seed is a whole number from 1 to /],
  ])('refuses %s', async (args, message) => {
    const { code, stderr } = await quorate(folder, 'validate', ...args)
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })
})
