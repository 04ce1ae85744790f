/** Whatever is done to a workload file, it is a spec or it is refused: never another exception, never a cell that cannot be. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalog } from '../../src/catalog.js'
import { UserError } from '../../src/core/errors.js'
import { compile } from '../../src/distributions/index.js'
import type { Cell } from '../../src/experiment/cell.js'
import { plan } from '../../src/experiment/plan.js'
import { parseSpec } from '../../src/experiment/spec.js'
import { buildWorld } from '../../src/experiment/world.js'

const FOLDER = 'workloads'
const SHIPPED = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'))

/** What may stand where something else belongs. */
const STRANGE = [
  ...['', '~', '0', '-1', '1.5', '1e400', '-.inf', '.nan', '9007199254740993', '0x10', 'true', 'yes', '2001-01-01'],
  ...[
    '[]',
    '{}',
    '[[]]',
    '{a: {b: {}}}',
    '[1, 2, 3]',
    '[x, ~, {}]',
    '&a [*a]',
    '*a',
    '!!str 5',
    '!!binary aGk=',
    '<<: 1',
  ],
  ...[
    '"',
    "'",
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '- ',
    '? ',
    '| ',
    '> ',
    '#',
    '%',
    '@',
    '`',
    '\t',
    '\n',
    '\r\n',
    '---\n',
  ],
  ...[
    '5ms',
    '-5ms',
    '1e300h',
    '50%',
    '-50%',
    '1e9%',
    '0%',
    '100%',
    '1GB/s',
    '20ppm',
    '2000/s',
    '1KB',
    '5 ms',
    'µs',
    '5m s',
  ],
  ...[
    'exponential(1ms)',
    'pareto(1ms 0.001)',
    'lognormal(1ms 1000000)',
    'uniform(2ms 1ms)',
    '50% 1ms + 50% 2ms',
    '1ms +',
    'empirical(package.json)',
  ],
  ...[
    'zipfian(0)',
    'zipfian(10)',
    'fresh',
    'closed(1)',
    'closed(1000000 think 1ms)',
    'poisson(1e8/s)',
    'poisson(1e-9/s)',
  ],
  ...[
    'lww',
    'quorum',
    'a--b',
    'us->eu',
    '__proto__',
    'constructor',
    'toString',
    'local',
    'any',
    'rack',
    '\u0000',
    '\u{1F600}',
    '\uFFFD',
    '\uFEFF',
  ],
]

const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

/** Replaces, repeats, moves or deletes tokens and lines. */
const mutation = fc.record({
  what: fc.constantFrom('replace', 'insert', 'delete', 'repeat', 'swap lines', 'delete line', 'repeat line', 'cut'),
  at: part,
  to: part,
  strange: fc.constantFrom(...STRANGE),
})

type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never

function mutate(text: string, { what, at, to, strange }: Mutation): string {
  if (what === 'cut') return text.slice(0, Math.floor(at * text.length))
  const isOfLines = what.includes('line')
  const pieces = isOfLines ? text.split('\n') : (text.match(/[\w.%/-]+|\s+|./gsu) ?? [])
  const from = Math.floor(at * pieces.length)
  const other = Math.floor(to * pieces.length)
  const piece = pieces[from] ?? ''
  if (what === 'replace') pieces[from] = strange
  else if (what === 'insert') pieces.splice(from, 0, strange)
  else if (what.startsWith('delete')) pieces.splice(from, 1)
  else if (what.startsWith('repeat')) pieces.splice(other, 0, piece)
  else [pieces[from], pieces[other]] = [pieces[other] ?? '', piece]
  return pieces.join(isOfLines ? '\n' : '')
}

/** The cells, or nothing if the text is refused; any other exception passes through. */
function cellsOrRefusal(text: string, settings: readonly string[] = []): readonly Cell[] {
  try {
    return plan(parseSpec(text, 'test.yaml', catalog, settings))
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown
    expect(thrown.message).toMatch(/^(test\.yaml:\d+:\d+|--set .*): \S/s)
    return []
  }
}

function expectPossible(cells: readonly Cell[]): void {
  expect(new Set(cells.map((cell) => cell.id)).size).toBe(cells.length)
  const [cell] = cells
  if (cell === undefined) return
  expect(JSON.parse(JSON.stringify(cell))).toEqual(cell)
  for (const { node } of cell.zones) for (const law of [node.read, node.write]) compile(law, 'time')
  for (const link of cell.links.flat()) for (const law of [link.write, link.read]) compile(law, 'time')
  compile(cell.workload.values, 'bytes')
  expect(buildWorld(cell).zones).toHaveLength(cell.zones.length)
}

describe('a shipped workload file', () => {
  it('is a spec', () => {
    for (const text of SHIPPED) expect(cellsOrRefusal(text).length).toBeGreaterThan(0)
  })

  it('with one to four mutations is a spec or is refused', () => {
    let read = 0
    const texts = fc.tuple(fc.constantFrom(...SHIPPED), fc.array(mutation, { minLength: 1, maxLength: 4 }))
    fc.assert(
      fc.property(texts, ([text, mutations]) => {
        const cells = cellsOrRefusal(mutations.reduce(mutate, text))
        expectPossible(cells)
        if (cells.length > 0) read++
      }),
      { numRuns: 600, seed: 20_260_101 },
    )
    // Were nearly all refused, or nearly none, the mutations would try little.
    expect(read).toBeGreaterThan(60)
    expect(read).toBeLessThan(540)
  })

  it('with a strange setting or axis is a spec or is refused', () => {
    const paths = ['seeds', 'topology', 'topology.zones.a.nodes', 'topology.links.a--b', 'node.clock', 'client.timeout']
    paths.push('workload', 'workload.operations.read', 'workload.arrivals', 'workload.read-back.after.0', 'strategies')
    paths.push(
      'strategies.0',
      'strategies.0.quorum.r',
      'strategies.0.single-leader.acks',
      'faults.0',
      'faults',
      'x.y.z',
      '..',
    )
    const one = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...STRANGE), fc.boolean())
    fc.assert(
      fc.property(fc.constantFrom(...SHIPPED), fc.array(one, { minLength: 1, maxLength: 3 }), (text, chosen) => {
        const settings = chosen.map(([path, value, isAxis]) =>
          isAxis ? `axes.${path}=[${value}]` : `${path}=${value}`,
        )
        expectPossible(cellsOrRefusal(text, settings))
      }),
      { numRuns: 400, seed: 20_260_102 },
    )
  })

  it('is not needed: any text is a spec or is refused', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...STRANGE), fc.string()), { maxLength: 30 }), (pieces) => {
        cellsOrRefusal(pieces.join(' '))
      }),
      { numRuns: 300, seed: 20_260_103 },
    )
  })
})
