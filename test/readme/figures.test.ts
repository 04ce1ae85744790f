/** The README's figures and outputs are those of the committed reference results; `npm run readme` writes them anew. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Results } from '../../src/results/results.js'
import { none, resultsOf, summaryOf, value } from '../reports/fixtures.js'
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
  expect(regenerated(around('7%'), load)).toBe(around(figure))
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
