/**
 * The small parts that the index is made of, each against the obvious slow way.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupByKey } from '../../src/measures/key-groups.js'
import { MergeSort } from '../../src/measures/merge-sort.js'
import { PrefixCounts } from '../../src/measures/prefix-counts.js'
import { Windows } from '../../src/measures/windows.js'

const SETTINGS = { seed: 11, numRuns: 300 }

describe('MergeSort', () => {
  it('sorts by both keys, stably, and only the stretch asked for', () => {
    const pairs = fc.array(fc.tuple(fc.nat(6), fc.nat(3)), { maxLength: 150 })
    fc.assert(
      fc.property(pairs, fc.nat(20), fc.nat(20), (list, skipped, dropped) => {
        const first = Float64Array.from(list, ([a]) => a)
        const second = Float64Array.from(list, ([, b]) => b)
        const positions = Int32Array.from(list, (_, i) => i)
        const from = Math.min(skipped, list.length)
        const to = Math.max(from, list.length - dropped)
        const order = (a: number, b: number) =>
          (first[a] as number) - (first[b] as number) || (second[a] as number) - (second[b] as number)
        const all = [...positions]
        const expected = [...all.slice(0, from), ...all.slice(from, to).sort(order), ...all.slice(to)]
        new MergeSort(list.length).sort(positions, from, to, first, second)
        expect([...positions]).toEqual(expected)
      }),
      SETTINGS,
    )
  })

  it('moves whole entries of all columns', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(2)), { maxLength: 60 }), fc.nat(10), (list, skipped) => {
        const from = Math.min(skipped, list.length)
        const entries = list.map(([a, b], i): [number, number, number] => [a, b, i])
        const tail = entries.slice(from).sort((left, right) => left[0] - right[0] || left[1] - right[1])
        const columns = [0, 1, 2].map((column) => Float64Array.from(entries, (entry) => entry[column] as number))
        const [first, second, third] = columns as [Float64Array, Float64Array, Float64Array]
        const rows = Int32Array.from(entries, (entry) => entry[2])
        new MergeSort(list.length).sortColumns(from, list.length, first, second, third, rows)
        expect([...rows]).toEqual([...third])
        const moved = list.map((_, i) => columns.map((column) => column[i]))
        expect(moved).toEqual([...entries.slice(0, from), ...tail])
      }),
      SETTINGS,
    )
  })
})

describe('groupByKey', () => {
  it('keeps the order of rows within a key', () => {
    const groups = groupByKey(Int32Array.of(5, 0, 3, 1, 4), Int32Array.of(2, 0, 9, 2, 0, 2), 4)
    expect([...groups.starts]).toEqual([0, 2, 2, 5, 5])
    expect([...groups.places]).toEqual([2, 3, 4, 0, 1])
    expect(groups.largest).toBe(3)
  })
})

describe('PrefixCounts', () => {
  it('counts as an array of marks does, also after a reset', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 60 }), fc.array(fc.nat(30)), (before, marks) => {
        const counts = new PrefixCounts(31)
        counts.reset(31)
        for (const position of before) counts.mark(position)
        counts.reset(31)
        for (const position of marks) counts.mark(position)
        for (let limit = 0; limit <= 31; limit++) {
          expect(counts.below(limit)).toBe(marks.filter((position) => position < limit).length)
        }
      }),
      SETTINGS,
    )
  })
})

describe('Windows', () => {
  it('contain and touch what any one of them does, however they overlap', () => {
    const window = fc.tuple(fc.nat(50), fc.nat(12)).map(([from, length]) => ({ from, to: from + length }))
    fc.assert(
      fc.property(fc.array(window, { maxLength: 8 }), fc.nat(65), fc.nat(10), (list, from, length) => {
        const windows = new Windows(list)
        const to = from + length
        expect(windows.contains(from)).toBe(list.some((each) => each.from <= from && from <= each.to))
        expect(windows.touches(from, to)).toBe(list.some((each) => each.from <= to && from <= each.to))
      }),
      SETTINGS,
    )
  })
})
