/** What `quorate init` makes of its choices, each refused in the words of the parser. */
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { init } from '../../src/commands/init.js'
import { DEFAULT_CHOICES, TOPOLOGY_NAMES, workloadText } from '../../src/commands/init-text.js'
import { UserError } from '../../src/core/errors.js'
import { schemaErrors } from '../experiment/schema/validator.js'
import { cellsOf } from '../experiment/specs.js'

describe('the text of a new workload file', () => {
  it.each(TOPOLOGY_NAMES)('has %s, the strategies and the rate that were chosen', (topology) => {
    const text = workloadText({ topology, strategies: 'quorum lww', rate: '7/s' }, 'schema.json')
    expect(schemaErrors(text)).toEqual([])
    const cells = cellsOf(text)
    expect([...new Set(cells.map((cell) => cell.variant))]).toEqual(['quorum', 'lww'])
    expect(cells[0]?.workload.arrivals).toEqual({ kind: 'open', process: { name: 'poisson', options: { rate: 7 } } })
  })

  it('has presets among the strategies', () => {
    const text = workloadText({ ...DEFAULT_CHOICES, strategies: 'lww riak-typed' }, 'schema.json')
    expect(text).toContain('  - preset: riak-typed # Riak KV, ')
    expect(schemaErrors(text)).toEqual([])
    expect([...new Set(cellsOf(text).map((cell) => cell.variant))]).toEqual(['lww', 'riak-typed'])
  })

  it('has no line that is too long to read', () => {
    for (const line of workloadText(DEFAULT_CHOICES, 'schema.json').split('\n')) expect(line.length).toBeLessThan(160)
  })
})

describe('a choice', () => {
  it.each([
    ['topology', 'three-az', 'There is no topology "three-az" (did you mean three-azs?)'],
    ['strategies', 'lww,quorom', 'There is no strategy quorom (did you mean quorum?)'],
    ['strategies', ' ', 'strategies lists at least one of single-leader'],
    ['strategies', 'lww]\nx:', 'There is no strategy lww]'],
    ['rate', '2000', 'rate is a rate with a unit'],
    ['rate', '1/s)\nseeds: 1 #', 'poisson has too many arguments'],
  ])('of --%s %j is refused, and nothing is written', async (choice, value, words) => {
    const file = join(mkdtempSync(join(tmpdir(), 'quorate-')), 'workload.yaml')
    const thrown: unknown = await init(file, { [choice]: value }).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(UserError)
    expect((thrown as UserError).message.startsWith(`--${choice}: ${words}`)).toBe(true)
    expect(existsSync(file)).toBe(false)
  })
})
