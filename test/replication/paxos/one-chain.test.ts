/** The checker itself, on histories worked out by hand. */
import { expect, it } from 'vitest'
import { INITIAL } from '../../../src/core/ids.js'
import { type Call, faultInChain } from './one-chain.js'

const read = (id: number, begun: number, ended: number, value: number): Call => ({
  id,
  begun,
  ended,
  value,
  replaced: null,
})
const write = (id: number, begun: number, ended: number, replaced: number): Call => ({
  id,
  begun,
  ended,
  value: id,
  replaced,
})
const NEVER = Number.POSITIVE_INFINITY

it('accepts what one register could have done', () => {
  expect(faultInChain([write(1, 0, 5, INITIAL), read(2, 3, 4, INITIAL), read(3, 3, 4, 1), read(4, 6, 7, 1)])).toBe(null)
  expect(faultInChain([write(1, 0, NEVER, INITIAL), read(2, 9, 10, INITIAL), read(3, 20, 21, 1)])).toBe(null)
  expect(faultInChain([write(1, 0, NEVER, INITIAL), write(2, 9, 10, INITIAL), read(3, 20, 21, 2)])).toBe(null)
})

it.each([
  ['a stale read', [write(1, 0, 5, INITIAL), read(2, 6, 7, INITIAL)]],
  ['reads that go back', [write(1, 0, 9, INITIAL), read(2, 1, 2, 1), read(3, 3, 4, INITIAL)]],
  ['a value before its write', [write(2, 5, 6, INITIAL), read(1, 1, 2, 2)]],
  ['two that replaced one', [write(1, 0, 5, INITIAL), write(2, 6, 7, INITIAL)]],
  [
    'one that was seen and then replaced unseen',
    [write(1, 0, NEVER, INITIAL), read(2, 6, 7, 1), write(3, 8, 9, INITIAL)],
  ],
  ['a value from nowhere', [read(1, 0, 1, 7)]],
] as const)('rejects %s', (_, calls) => {
  expect(faultInChain(calls)).not.toBe(null)
})
