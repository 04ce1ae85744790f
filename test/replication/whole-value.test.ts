import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INITIAL, NO_OPERATION } from '../../src/core/ids.js'
import { ADD, INCREMENT, MODIFY, REMOVE, UPDATE } from '../../src/history/operation-kinds.js'
import type { Value } from '../../src/history/values.js'
import { COUNT_BYTES, ELEMENT_BYTES } from '../../src/replication/message-bytes.js'
import type { Request } from '../../src/replication/replica.js'
import { valueBytesOf, writtenValue } from '../../src/replication/whole-value.js'

function written(current: Value, kind: number, operation: number, element = NO_OPERATION): Value {
  const rest = {
    key: 0,
    expected: NO_OPERATION,
    length: 0,
    valueBytes: 0,
    client: 0,
    zone: 0,
    attempt: 0,
    turn: 0,
    timeout: 1,
    context: null,
  }
  const request: Request = { operation, kind, element, ...rest }
  return writtenValue(current, request)
}

describe('operations on a whole value', () => {
  it('writes the operation into a register', () => {
    expect(written(INITIAL, UPDATE, 4)).toBe(4)
    expect(written(4, MODIFY, 9)).toBe(9)
  })

  it('counts from nothing', () => {
    expect(written(INITIAL, INCREMENT, 1)).toEqual({ count: 1 })
    expect(written({ count: 7 }, INCREMENT, 1)).toEqual({ count: 8 })
  })

  it('keeps a set as a set, ascending', () => {
    const operations = fc.array(fc.record({ adds: fc.boolean(), id: fc.nat({ max: 12 }) }), { maxLength: 40 })
    fc.assert(
      fc.property(operations, (list) => {
        let value: Value = INITIAL
        const model = new Set<number>()
        for (const { adds, id } of list) {
          value = adds ? written(value, ADD, id) : written(value, REMOVE, 100, id)
          if (adds) model.add(id)
          else model.delete(id)
          expect(value).toEqual({ elements: [...model].sort((left, right) => left - right) })
        }
      }),
      { seed: 4, numRuns: 100 },
    )
  })

  it('takes removing nothing for a write of the same set', () => {
    expect(written(INITIAL, REMOVE, 3)).toEqual({ elements: [] })
    expect(written({ elements: [1, 2] }, REMOVE, 3)).toEqual({ elements: [1, 2] })
  })

  it('refuses to mix types', () => {
    expect(() => written({ count: 1 }, ADD, 3)).toThrow('an add or remove finds a set')
    expect(() => written({ elements: [] }, INCREMENT, 3)).toThrow('an increment finds a counter')
  })

  it('knows what values weigh', () => {
    expect(valueBytesOf(3, 100)).toBe(100)
    expect(valueBytesOf({ count: 3 }, 100)).toBe(COUNT_BYTES)
    expect(valueBytesOf({ elements: [1, 2, 3] }, 100)).toBe(3 * ELEMENT_BYTES)
  })
})
