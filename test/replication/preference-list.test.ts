/** Walks round small rings, by hand: zone a is nodes 0 1 2, zone b 3 4 5, zone c 6 7. */
import { expect, it } from 'vitest'
import { fallbackList, preferenceList } from '../../src/replication/placement/preference-list.js'
import { worldOf } from './fake-cluster.js'

const WORLD = worldOf([3, 3, 2])
const OWNERS = [0, 1, 3, 0, 6, 4, 2, 7, 5]

it.each([
  { start: 0, copies: 1, list: [0] },
  // Distinct zones come first: 1 and the second 0 are passed over.
  { start: 0, copies: 3, list: [0, 3, 6] },
  { start: 1, copies: 3, list: [1, 3, 6] },
  { start: 4, copies: 3, list: [6, 4, 2] },
  // Then the walk begins anew and takes the nodes that it passed over.
  { start: 0, copies: 5, list: [0, 3, 6, 1, 4] },
  { start: 7, copies: 4, list: [7, 5, 0, 1] },
  { start: 3, copies: 8, list: [0, 6, 4, 2, 7, 5, 1, 3] },
])('$copies copies from range $start on are on $list', ({ start, copies, list }) => {
  expect(preferenceList(OWNERS, start, copies, WORLD)).toEqual(list)
})

it.each([
  { start: 0, copies: [1, 1, 1], list: [0, 3, 6] },
  // In the order of the walk, and not zone by zone.
  { start: 0, copies: [2, 2, 0], list: [0, 1, 3, 4] },
  { start: 4, copies: [2, 2, 0], list: [4, 2, 5, 0] },
  { start: 4, copies: [0, 0, 2], list: [6, 7] },
  { start: 5, copies: [3, 1, 1], list: [4, 2, 7, 0, 1] },
  { start: 8, copies: [3, 3, 2], list: [5, 0, 1, 3, 6, 4, 2, 7] },
])('$copies copies by zone from range $start on are on $list', ({ start, copies, list }) => {
  expect(preferenceList(OWNERS, start, copies, WORLD)).toEqual(list)
})

it.each([
  { start: 0, list: [0, 3, 6], others: [1, 4, 2, 7, 5] },
  { start: 4, list: [4, 2, 5, 0], others: [6, 7, 1, 3] },
  { start: 2, list: [3, 0, 6, 4, 2, 7, 5, 1], others: [] },
])('after $list from range $start on come $others', ({ start, list, others }) => {
  expect(fallbackList(OWNERS, start, list)).toEqual(others)
})
