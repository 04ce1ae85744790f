/** The README's examples are workload files that this version takes whole. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalog } from '../src/catalog.js'
import { plan } from '../src/experiment/plan.js'
import { parseSpec } from '../src/experiment/spec.js'
import { MODEL_LIMITS } from '../src/reports/limits.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1] as string)

test('the README has workload files', () => {
  expect(examples.length).toBeGreaterThanOrEqual(2)
})

test.each(examples)('an example of the README is a workload file: %s', (text) => {
  const cells = plan(parseSpec(text, 'README.md', catalog))
  expect(cells.length).toBeGreaterThan(0)
})

test('the first example of the README has no more lines than it promises', () => {
  expect((examples[0] as string).trimEnd().split('\n').length).toBeLessThanOrEqual(10)
})

test('the limits of the README are those that every report tells', () => {
  const list = readme.split('\n## Limits\n')[1]?.split('\n## ')[0] ?? ''
  const items = list.split(/^- /m).slice(1)
  expect(items.map((item) => item.trim().replaceAll(/\s+/g, ' '))).toEqual(MODEL_LIMITS)
})
