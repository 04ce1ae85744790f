/** What paths are called for short: the ending tells them apart, and begins with a word. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortestEnding } from '../../src/core/paths.js'

describe('the shortest ending', () => {
  it.each([
    ['workload.operations', ['workload.operations', 'client.timeout'], 'operations'],
    ['zones.us.nodes', ['zones.us.nodes', 'zones.eu.nodes'], 'us.nodes'],
    ['node.read', ['node.read', 'zones.us.node.read'], 'node.read'],
    ['zones.us.node.read', ['node.read', 'zones.us.node.read'], 'us.node.read'],
    ['seeds', ['seeds'], 'seeds'],
    ['duration', ['duration', 'faults.crash.duration'], 'duration'],
  ])('of %s among %j is %s', (path, paths, ending) => {
    expect(shortestEnding(path, paths)).toBe(ending)
  })

  it('does not begin with an index', () => {
    const paths = ['strategies.0.quorum.r', 'strategies.1.quorum.r', 'workload.keys.0']
    expect(shortestEnding('strategies.0.quorum.r', paths)).toBe('strategies.0.quorum.r')
    expect(shortestEnding('workload.keys.0', paths)).toBe('keys.0')
  })

  it('minds whole words: read is not the ending of spread', () => {
    expect(shortestEnding('node.read', ['node.read', 'node.spread'])).toBe('read')
  })

  it('is an ending of the path that no other path shares, or all of it', () => {
    const word = fc.constantFrom('a', 'b', '0', '1')
    const path = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('.'))
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 6 }), (paths) => {
        for (const one of paths) {
          const ending = shortestEnding(one, paths)
          if (ending === one) continue
          expect(`.${one}`.endsWith(`.${ending}`)).toBe(true)
          expect(paths.filter((other) => `.${other}`.endsWith(`.${ending}`))).toEqual([one])
          expect(ending).not.toMatch(/^\d/)
        }
        // Two paths are never called the same.
        expect(new Set(paths.map((one) => shortestEnding(one, paths))).size).toBe(paths.length)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
