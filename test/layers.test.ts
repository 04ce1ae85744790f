/**
 * The order of the layers and the purity of the pure folders (DESIGN.md, "Folders and layers") are Biome's to enforce; here
 * violations of each kind are planted in a copy of the configuration, to see that it refuses them and
 * nothing else. A folder of src/ that no restriction covers fails too: its layer belongs in `.biome/layers.json`.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

/** One line of a file, its path relative to src/. */
interface Planted {
  readonly file: string
  readonly line: string
}

const takings = (file: string, ...sources: readonly string[]): Planted[] =>
  sources.map((source) => taking(file, source))

/** Imports from `source`; what, matters only where a layer names what it may take. */
function taking(file: string, source: string, name = 'Thing'): Planted {
  return { file, line: `import type { ${name} } from '${source}'` }
}

const PURE = [
  'core',
  'distributions',
  'simulation',
  'replication',
  'replication/leaderless',
  'workload',
  'workload/keys',
  'faults',
  'history',
  'topologies',
  'measures',
  'targets/simulated',
  'advice/wars',
  'advice/closed-forms',
  'reports/charts',
]

const IMPURE = [
  'export const now = Date.now()',
  'export const now = new Date()',
  'export const now = performance.now()',
  'setTimeout(() => 0, 1)',
  'setInterval(() => 0, 1)',
  'setImmediate(() => 0)',
  'queueMicrotask(() => 0)',
  'export const home = process.env',
  'export const now = globalThis.Date',
  'export const later = (): Promise<void> => null as never',
  'console.log(1)',
  'export async function wait() {}',
  'export const wait = async () => 1',
  'export const wait = async function () {}',
  'export class Waiting { async wait() {} }',
  'export class Waiting { private static async wait() {} }',
  'export const waiting = { async wait() {} }',
  'await 1',
  'for await (const one of []) one',
  'export const chance = Math.random()',
  'export const { random } = Math',
  "export const chance = Math['random']()",
  'export const eight = Math.pow(2, 3)',
  'export const eight = 2 ** 3',
  'export function grow(x: number) { let y = x; y **= 2; return y }',
  'export const zero = Math.log(1)',
  'export const one = Math.exp(0)',
  'export const ones = [0].map(Math.exp)',
  'export const zero = Math.sin(0)',
  "import { readFileSync } from 'node:fs'",
  "import { readFileSync } from 'fs'",
  "import process from 'node:process'",
  "import { Piscina } from 'piscina'",
  "export type Run = import('../results/results.js').Results",
]

const HARMLESS = [
  '/** Waits for nobody: an async word in a comment is none, and 2 ** 3 is no power. */',
  "export const asynchronous = 'async'",
  'export const asyncOf = (async: number): number => async + Math.floor(Math.max(1, Math.sqrt(Math.abs(-2.5)))) * Math.PI',
  'export const dateOf = (row: { Date: number }): number => row.Date',
]

const REFUSED: readonly Planted[] = [
  ...takings('core/x.ts', '../distributions/index.js', '../history/history.js', '../experiment/cell.js', 'yaml'),
  ...takings('distributions/x.ts', '../simulation/network.js', '../history/values.js', '../catalog.js'),
  ...takings('history/x.ts', '../measures/index.js', '../replication/replica.js', '../distributions/index.js'),
  ...takings('faults/x.ts', '../simulation/network.js', '../replication/replica.js', '../experiment/cell.js'),
  ...takings('topologies/x.ts', '../experiment/cell.js', '../replication/replica.js'),
  ...takings(
    'simulation/x.ts',
    '../replication/version.js',
    '../replication/replica.js',
    '../targets/simulated/node.js',
  ),
  ...takings(
    'workload/x.ts',
    '../history/history.js',
    '../experiment/spec.js',
    '../experiment/cell.js',
    '../replication/replica.js',
  ),
  ...takings('workload/keys/x.ts', '../../history/history.js', '../../experiment/cell.js', '../../catalog.js'),
  ...takings(
    'replication/x.ts',
    '../simulation/network.js',
    '../history/history.js',
    '../history/probes.js',
    '../measures/index.js',
    '../catalog.js',
  ),
  ...takings(
    'replication/leaderless/x.ts',
    '../../simulation/network.js',
    '../../history/history.js',
    '../../targets/simulated/node.js',
    '../../catalog.js',
  ),
  ...takings('presets/x.ts', '../simulation/network.js', '../experiment/spec.js'),
  ...takings(
    'measures/x.ts',
    '../replication/replica.js',
    '../simulation/network.js',
    '../targets/simulated/node.js',
    '../results/results.js',
  ),
  ...takings('targets/x.ts', '../runner/run-cell.js', '../results/results.js', '../experiment/spec.js'),
  ...takings(
    'targets/simulated/x.ts',
    '../../measures/index.js',
    '../../runner/run-cell.js',
    '../../experiment/cell.js',
    '../../catalog.js',
  ),
  ...takings('catalog.ts', './experiment/spec.js', './replication/replica.js', './runner/run-cell.js'),
  ...takings(
    'experiment/x.ts',
    '../runner/run-cell.js',
    '../targets/simulated/node.js',
    '../simulation/network.js',
    '../results/results.js',
  ),
  taking('experiment/x.ts', '../catalog.js', 'catalog'),
  ...takings(
    'experiment/parts/x.ts',
    '../../runner/run-cell.js',
    '../../simulation/network.js',
    '../../results/results.js',
  ),
  taking('experiment/parts/x.ts', '../../catalog.js', 'catalog'),
  ...takings(
    'results/x.ts',
    '../experiment/spec.js',
    '../experiment/cell.js',
    '../runner/run-cell.js',
    '../reports/table.js',
    '../replication/replica.js',
  ),
  ...takings('runner/x.ts', '../reports/table.js', '../commands/run.js', '../simulation/network.js', '../cli.js'),
  taking('runner/x.ts', '../faults/crash.js'),
  ...takings('advice/x.ts', '../reports/table.js', '../commands/run.js', '../replication/replica.js'),
  ...takings('advice/validate/x.ts', '../../reports/table.js', '../../commands/run.js', '../../replication/replica.js'),
  ...takings('advice/wars/x.ts', '../../reports/table.js', '../../commands/run.js', '../../replication/replica.js'),
  ...takings(
    'reports/x.ts',
    '../runner/run-cell.js',
    '../measures/index.js',
    '../measures/measure.js',
    '../experiment/cell.js',
    '../commands/run.js',
  ),
  ...takings('reports/charts/x.ts', '../table.js', '../../runner/run-cell.js', 'zod'),
  ...takings('bench/x.ts', '../commands/run.js', '../cli.js'),
  ...takings('commands/x.ts', '../cli.js', '../bench/bench.js'),
  ...takings('cli.ts', './runner/run-cell.js', './catalog.js'),
  ...takings('version.ts', './core/assert.js'),
]

/** What the design allows, so that a restriction of everything would not pass. */
const ALLOWED: readonly Planted[] = [
  taking('core/x.ts', 'zod'),
  taking('distributions/x.ts', '../core/ids.js'),
  taking('simulation/x.ts', '../distributions/index.js'),
  taking('workload/keys/x.ts', '../key-space.js'),
  taking('workload/keys/x.ts', '../../core/ids.js'),
  taking('replication/leaderless/x.ts', '../placement/ring.js'),
  taking('replication/leaderless/x.ts', '../../history/values.js'),
  taking('measures/x.ts', '../history/history.js'),
  taking('targets/simulated/x.ts', '../../simulation/network.js'),
  taking('catalog.ts', './workload/keys/index.js'),
  taking('experiment/x.ts', '../catalog.js', 'Catalog'),
  taking('experiment/x.ts', 'yaml'),
  taking('experiment/parts/x.ts', '../cell.js'),
  taking('experiment/parts/x.ts', '../file/tree.js'),
  taking('experiment/parts/x.ts', '../../core/units.js'),
  taking('experiment/parts/x.ts', '../../catalog.js', 'Catalog'),
  taking('results/x.ts', 'node:fs'),
  ...takings('runner/x.ts', '../targets/simulated/cluster.js', '../faults/schedule.js'),
  taking('reports/x.ts', '../results/results.js'),
  taking('reports/x.ts', '../measures/measure.js', 'Better'),
  taking('advice/validate/x.ts', '../../catalog.js'),
  taking('commands/x.ts', '../runner/run-plan.js'),
  taking('cli.ts', './commands/run.js'),
]

const root = join(import.meta.dirname, '..')
const source = join(root, 'src')
const copy = mkdtempSync(join(tmpdir(), 'quorate-layers-'))
afterAll(() => rmSync(copy, { recursive: true }))

describe('layers', () => {
  test('refuse what is right of them', () => {
    expect(accepted(REFUSED)).toEqual([])
  })

  test('take what is left of them', () => {
    expect(accepted(ALLOWED)).toEqual(ALLOWED)
  })

  test('are set for every folder and file of src', () => {
    const entries = readdirSync(source, { recursive: true, withFileTypes: true })
    const folders = entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name, 'x.ts'))
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const planted = [...folders, ...files.filter((file) => dirname(file) === source)].map((file) =>
      taking(relative(source, file), relative(dirname(file), join(source, 'cli.js')).replace(/^(?!\.)/, './')),
    )
    expect(accepted(planted.filter(({ file }) => file !== 'cli.ts'))).toEqual([])
  })
})

describe('pure folders', () => {
  test.each(PURE)('%s refuses clock, chance, waiting and Node', (folder) => {
    const planted = IMPURE.map((line, i) => ({ file: `${folder}/x${i}.ts`, line }))
    expect(accepted(planted)).toEqual([])
  })

  test('may do what only looks like it', () => {
    const planted = PURE.flatMap((folder) => HARMLESS.map((line, i) => ({ file: `${folder}/x${i}.ts`, line })))
    expect(accepted(planted)).toEqual(planted)
  })

  test('take logarithms in core/mathematics.ts alone', () => {
    const line = 'export const one = Math.exp(Math.log(1))'
    expect(
      accepted([
        { file: 'core/mathematics.ts', line },
        { file: 'core/random.ts', line },
      ]),
    ).toEqual([])
    const header = readFileSync(join(source, 'core/mathematics.ts'), 'utf8').split('\n')[0] as string
    const excused = [header, line].map((text) => ({ file: 'core/mathematics.ts', line: text }))
    expect(accepted(excused)).toEqual(excused)
  })

  test('silence no restriction elsewhere', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const silenced = files.filter((file) => readFileSync(join(source, file), 'utf8').includes('biome-ignore'))
    expect(silenced).toEqual(['core/mathematics.ts'])
  })
})

/** Those of the lines in which Biome finds nothing to restrict. */
function accepted(planted: readonly Planted[]): readonly Planted[] {
  const files = plant(planted)
  const found = restrictions()
  return planted.filter(
    ({ file, line }) => !found.has(`src/${file}:${(files.get(file) as string[]).indexOf(line) + 1}`),
  )
}

/** A fresh copy of the configuration with nothing but these lines under src/. */
function plant(planted: readonly Planted[]): ReadonlyMap<string, readonly string[]> {
  rmSync(copy, { recursive: true })
  cpSync(join(root, '.biome'), join(copy, '.biome'), { recursive: true })
  const { vcs: _, ...settings } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  writeFileSync(join(copy, 'biome.json'), JSON.stringify(settings))
  const files = new Map<string, string[]>()
  for (const { file, line } of planted) files.set(file, [...(files.get(file) ?? []), line])
  for (const [file, lines] of files) {
    mkdirSync(dirname(join(copy, 'src', file)), { recursive: true })
    writeFileSync(join(copy, 'src', file), `${lines.join('\n')}\n`)
  }
  return files
}

interface Diagnostic {
  readonly severity: string
  readonly category: string
  readonly message: string
  readonly location: { readonly path: string; readonly start: { readonly line: number } }
}

/** `path:line` of whatever a restriction found. */
function restrictions(): ReadonlySet<string> {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', 'src'], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  const diagnostics: readonly Diagnostic[] = JSON.parse(stdout).diagnostics
  // A plugin that breaks only says so.
  expect(diagnostics.filter(({ severity, category }) => category === 'plugin' && severity !== 'error')).toEqual([])
  const restricting = diagnostics.filter(
    ({ category }) => category === 'plugin' || category.startsWith('lint/style/noRestricted'),
  )
  return new Set(restricting.map(({ location }) => `${location.path}:${location.start.line}`))
}
