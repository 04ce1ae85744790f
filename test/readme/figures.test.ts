/** The README's figures and outputs, and the reports of the gallery, are those of the committed reference results; `npm run readme` writes them anew. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { expect, it } from 'vitest'
import { markdownReport } from '../../src/reports/markdown.js'
import type { Results } from '../../src/results/results.js'
import { none, place, resultsOf, summaryOf, value } from '../reports/fixtures.js'
import { SHIPPED } from '../shipped-workloads.js'
import { regenerated } from './regenerated.js'

const references = new Map<string, Results>()

function reference(name: string): Results {
  const known = references.get(name) ?? JSON.parse(readFileSync(`results/reference/${name}/result.json`, 'utf8'))
  references.set(name, known)
  return known
}

it('README.md has the figures and outputs of the references', async () => {
  await expect(regenerated(readFileSync('README.md', 'utf8'), reference)).toMatchFileSnapshot('../../README.md')
})

it('README.md begins no line with a figure: a comment there would end the paragraph', () => {
  expect(readFileSync('README.md', 'utf8')).not.toMatch(/^<!--= (?!output |predict )/m)
})

const NAMES = readdirSync('results/reference', { recursive: true, encoding: 'utf8' })
  .filter((path) => basename(path) === 'result.json')
  .map((path) => dirname(path))
  .sort()

it('every workload file has a reference', () => {
  expect(NAMES).toEqual(SHIPPED.map(({ name }) => name.replace('.yaml', '')).sort())
})

it.each(NAMES)('results/reference/%s/report.md is the report of its result', async (name) => {
  const text = await markdownReport.render(reference(name), place)
  await expect(text).toMatchFileSnapshot(`../../results/reference/${name}/report.md`)
})

it('README.md links to nothing under results/reference that is not there', () => {
  const links = readFileSync('README.md', 'utf8').matchAll(/results\/reference\/[\w./-]+\.(?:md|svg)/g)
  const missing = [...links].map(([path]) => path).filter((path) => !isReadable(path))
  expect(missing).toEqual([])
})

function isReadable(path: string): boolean {
  try {
    return readFileSync(path).length > 0
  } catch {
    return false
  }
}

const load = (): Results =>
  resultsOf([
    summaryOf('lww', { 'lost.ratio': value(0.082), 'read.p99': value(1.5) }, { axes: { locality: '80%' } }),
    summaryOf('lww', { 'lost.ratio': none(3000) }, { axes: { locality: '100%' } }),
  ])

it.each([
  ['lww; lost.ratio; 80%', '8.2%'],
  ['lww; read.p99; 80%', '1.5 ms'],
  ['lww; lost.ratio; 100%', '0 of 3000 (< 0.1%)'],
])('the figure of %s is put right', (selector, figure) => {
  const around = (text: string): string => `| a <!--= x; ${selector} -->${text}<!--/--> b <!-- c --> |`
  for (const old of ['7%', '0 of 1 (< 100%)']) expect(regenerated(around(old), load)).toBe(around(figure))
})

it.each([
  ['two summaries', 'x; lww; lost.ratio', / is 2 summaries: locality=80% \| locality=100%$/],
  ['no summary', 'x; crdt; lost.ratio', / is 0 summaries/],
  ['no value', 'x; lww; read.p99; 100%', / was not measured$/],
])('a figure of %s is refused', (_, selector, message) => {
  expect(() => regenerated(`<!--= ${selector} -->1<!--/-->`, load)).toThrow(message)
})

it('an output is what the run prints', () => {
  const text = regenerated('<!--= output x -->\n```text\nold\n```\n\n```text\nother\n```\n', load)
  expect(text).toMatch(
    /^<!--= output x -->\n```text\ntest: A test\n\n[\s\S]*\nOne cell again: node dist\/cli\.js replay results\/x lww\/1\n```\n\n```text\nother\n```\n$/,
  )
})
