/** Reports tell where the figures of named topologies and hardware come from, each once. */
import { expect, it } from 'vitest'
import { markdownReport } from '../../src/reports/markdown.js'
import { presetSentences } from '../../src/reports/presets.js'
import { terminal } from '../../src/reports/terminal.js'
import { place, resultsOf } from './fixtures.js'

const aws = { kind: 'topology', name: 'aws', source: 'cloudping.co, about 2022' }
const gp3 = { kind: 'hardware', name: 'gp3', source: 'a book' }
const results = resultsOf([], { spec: { name: 'test', points: [{ presets: [aws, gp3] }, { presets: [aws] }, {}] } })

it('one sentence each', () => {
  expect(presetSentences(results)).toEqual(['The topology aws: cloudping.co, about 2022.', 'The hardware gp3: a book.'])
})

it('in both reports', () => {
  for (const report of [terminal, markdownReport])
    expect(report.render(results, place)).toContain('The topology aws: cloudping.co, about 2022.')
})

it('none where a file names none, and none of a spec that is no spec', () => {
  expect(presetSentences(resultsOf([]))).toEqual([])
  expect(presetSentences(resultsOf([], { spec: { points: [{ presets: [{ kind: 1 }] }] } }))).toEqual([])
})

it('without control characters', () => {
  const spec = { points: [{ presets: [{ ...aws, source: '\u001b[31m' }] }] }
  expect(presetSentences(resultsOf([], { spec }))[0]).not.toContain('\u001b')
})
