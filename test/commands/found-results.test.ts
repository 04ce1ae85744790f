/** What results are called that are reported together. */
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resultNames } from '../../src/commands/found-results.js'

describe('the names of results', () => {
  it.each([
    [['results/smoke'], ['smoke']],
    [
      ['results/smoke/', 'results/smoke2/result.json'],
      ['smoke', 'smoke2'],
    ],
    [
      ['x/monday.json', 'x/tuesday.json'],
      ['monday', 'tuesday'],
    ],
    [
      ['a/smoke', 'b/smoke', 'c'],
      ['a/smoke', 'b/smoke', 'c'],
    ],
    [
      ['a/smoke', 'a/smoke/result.json', 'x/a/smoke'],
      ['a/smoke', 'a/smoke-2', 'a/smoke-3'],
    ],
    [
      ['a/b', 'c/b', 'a/b-2', 'a/b'],
      ['a/b', 'c/b', 'b-2', 'a/b-2'],
    ],
    [['.', 'result.json'], [basename(process.cwd()), basename(process.cwd())].map(withParent)],
    [['/'], ['result']],
  ])('of %j are %j', (paths, names) => {
    expect(resultNames(paths)).toEqual(names)
  })
})

function withParent(name: string, i: number): string {
  const parent = process.cwd().split('/').at(-2)
  return `${parent}/${name}${i === 0 ? '' : '-2'}`
}
