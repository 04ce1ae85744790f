/** A user's own function that merges siblings: what it is given, what it may return, and how mistakes in it are told. */
import { describe, expect, it } from 'vitest'
import { provideModule } from '../../../../src/core/user-modules.js'
import type { Value } from '../../../../src/history/values.js'
import { mergeOf } from '../../../../src/replication/leaderless/versions/merges.js'
import type { Sibling } from '../../../../src/replication/leaderless/versions/sibling.js'

const sibling = (writer: number, value: Value, isTombstone = false): Sibling => ({
  writer,
  value,
  isTombstone,
  base: 2,
  stamp: 1_000_000 * writer,
  coordinator: 0,
  seen: [],
})

function mergeBy(merge: unknown) {
  const module = { module: 'carts.js', text: `${merge}` }
  provideModule(module, { merge })
  return mergeOf(module)
}

describe('a function of the user’s', () => {
  it('is given registers, sets and counters with their times', () => {
    const given: unknown[] = []
    const merge = mergeBy((siblings: readonly { id?: number; elements?: number[] }[]) => {
      given.push(...siblings)
      return siblings[0]?.id ?? siblings[0]?.elements ?? 7
    })
    expect(merge([sibling(1, 1), sibling(4, 4, true)])).toBe(1)
    expect(merge([sibling(1, { elements: [1] }), sibling(3, { elements: [1, 3] })])).toEqual({ elements: [1] })
    expect(merge([sibling(5, { count: 3 }), sibling(6, { count: 4 })])).toEqual({ count: 7 })
    expect(given).toEqual([
      { id: 1, time: 1, deleted: false },
      { id: 4, time: 4, deleted: true },
      { elements: [1], time: 1 },
      { elements: [1, 3], time: 3 },
      { count: 3, base: 2, time: 5 },
      { count: 4, base: 2, time: 6 },
    ])
  })

  it('is not asked about one value, and keeps several if it names them', () => {
    const merge = mergeBy((siblings: readonly { id: number }[]) => siblings.map(({ id }) => id).reverse())
    expect(merge([sibling(3, { elements: [9] }), sibling(5, 5, true)])).toEqual({ elements: [9] })
    expect(merge([sibling(3, 3)])).toBe(3)
    expect(merge([sibling(3, 3), sibling(4, 4)])).toEqual({ ids: [3, 4] })
  })

  it.each([[() => 5], [() => []], [() => undefined], [() => ['3']]])(
    'may not return what no sibling is: %s',
    (wrong) => {
      expect(() => mergeBy(wrong)([sibling(3, 3), sibling(4, 4)])).toThrow(
        'carts.js: merge returned what is no value of its siblings.',
      )
    },
  )

  it.each([[() => [8]], [() => 3]])('may not return what no set has: %s', (wrong) => {
    expect(() => mergeBy(wrong)([sibling(3, { elements: [3] }), sibling(4, { elements: [4] })])).toThrow('carts.js')
  })

  it('is named where it fails or is missing', () => {
    const failing = mergeBy(() => {
      throw new Error('no cart')
    })
    expect(() => failing([sibling(3, 3), sibling(4, 4)])).toThrow('carts.js: merge failed: no cart')
    expect(() => mergeBy(3)).toThrow('carts.js exports no function merge.')
    expect(() => mergeOf({ module: 'other.js', text: 'never loaded' })).toThrow('other.js has not been loaded.')
  })
})
