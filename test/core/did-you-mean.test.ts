/** The guesses that error messages make: near words are found, far-fetched ones are not offered. */
import { describe, expect, it } from 'vitest'
import { didYouMean } from '../../src/core/did-you-mean.js'

const STRATEGIES = ['single-leader', 'lww', 'crdt', 'quorum', 'unreplicated']

describe('didYouMean', () => {
  it.each([
    ['single-laeder', 'single-leader'],
    ['quorm', 'quorum'],
    ['Quorum', 'quorum'],
    ['unreplicatd', 'unreplicated'],
    ['lwww', 'lww'],
    ['cdrt', 'crdt'],
  ])('takes %s for %s', (word, meant) => {
    expect(didYouMean(word, STRATEGIES)).toBe(meant)
  })

  it.each(['raft', 'abc', '', 'multi-leader-with-lww'])('does not guess at %j', (word) => {
    expect(didYouMean(word, STRATEGIES)).toBeUndefined()
  })

  it('allows one wrong letter in three', () => {
    expect(didYouMean('abcxyf', ['abcdef'])).toBe('abcdef')
    expect(didYouMean('abxxxf', ['abcdef'])).toBeUndefined()
  })

  it('counts a swap of neighbours as one slip', () => {
    expect(didYouMean('sm', ['ms', 'h'])).toBe('ms')
  })

  it('takes the nearest, and the first of equally near ones', () => {
    expect(didYouMean('reed', ['reads', 'read', 'rees'])).toBe('read')
    expect(didYouMean('x', ['y', 'z'])).toBe('y')
    expect(didYouMean('anything', [])).toBeUndefined()
  })
})
