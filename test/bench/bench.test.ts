/**
 * The bench runs, says what it measured and judges the ratio as DESIGN.md, "Speed", sets it. No time is asserted here: with `--quick`
 * the figures mean nothing.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { figureOf } from '../../src/bench/figure.js'
import { RATIO } from '../../src/bench/quorum-ratio.js'
import { type BenchReport, renderReport, reportOf } from '../../src/bench/report.js'
import { catalog } from '../../src/catalog.js'

function bench(...options: readonly string[]) {
  const program = join(import.meta.dirname, '../../dist/bench/bench.js')
  return spawnSync(process.execPath, [program, ...options], { encoding: 'utf8' })
}

describe('npm run bench', () => {
  test('measures every section', () => {
    const { stdout, status } = bench('--quick', '--format', 'json')
    expect(status).toBe(0)
    const { sections, gate }: BenchReport = JSON.parse(stdout)
    const counts = Object.entries(sections).map(([name, figures]) => [name, figures.length])
    const { strategies, laws, keyDistributions } = catalog
    expect(Object.fromEntries(counts)).toEqual({
      quorum: 3,
      kernel: 4,
      strategies: 2 * strategies.all.length,
      history: 3 * strategies.all.length,
      laws: laws.all.length + 2,
      keys: keyDistributions.all.length,
      wars: 3,
    })
    for (const { name, median, least, most } of Object.values(sections).flat()) {
      expect(median, name).toBeGreaterThan(name.endsWith('lists') ? -1 : 0)
      expect(median).toBeGreaterThanOrEqual(least)
      expect(median).toBeLessThanOrEqual(most)
    }
    expect(sections['history']?.find(({ name }) => name === 'history of quorum, rows')?.median).toBe(56)
    expect(gate?.ratio).toBe(sections['quorum']?.find(({ name }) => name === RATIO)?.median)
  })

  test('measures what it is asked for, and no gate without its ratio', () => {
    const { stdout } = bench('--quick', '--only', 'keys', '--format', 'json')
    const { sections, gate }: BenchReport = JSON.parse(stdout)
    expect(Object.keys(sections)).toEqual(['keys'])
    expect(gate).toBeNull()
  })

  test.each([
    [['--gate', '--quick'], '--gate judges a full measurement: leave out --quick.'],
    [['--gate', '--only', 'laws'], '--gate needs the section quorum in --only.'],
    [['--only', 'disks'], 'Allowed choices are quorum, kernel, strategies, history, laws, keys, wars'],
    [['quorum'], 'too many arguments'],
  ])('refuses %j', (options, sentence) => {
    const { status, stdout, stderr } = bench(...options)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(sentence)
  })
})

describe('the gate', () => {
  const reportWith = (...ratios: readonly number[]) => reportOf({ quorum: [figureOf(RATIO, 'ratio', ratios)] })

  test('holds from 1/50 on', () => {
    expect(reportWith(1 / 50).gate?.passed).toBe(true)
    expect(reportWith(1 / 51).gate?.passed).toBe(false)
  })

  test('judges the median of the passes', () => {
    expect(reportWith(1 / 10, 1 / 60, 1 / 70).gate).toMatchObject({ ratio: 1 / 60, passed: false })
    expect(reportWith(1 / 20, 1 / 60).gate?.ratio).toBeCloseTo((1 / 20 + 1 / 60) / 2, 12)
  })

  test('is told in words', () => {
    expect(renderReport(reportWith(1 / 20))).toContain(
      '1/20 of an operation per kernel event; at least 1/50, goal 1/25: the goal is met.',
    )
    expect(renderReport(reportWith(1 / 40))).toContain('fast enough, short of the goal.')
    expect(renderReport(reportWith(1 / 60))).toContain('too slow.')
  })
})
