/** Group commit by itself: who is served by which flush, in what order, and what a crash does to those who wait. */
import { expect, it } from 'vitest'
import { GroupCommit } from '../../src/simulation/group-commit.js'

it('serves with one flush all who waited when it began, in their order', () => {
  const commit = new GroupCommit()
  const served: number[] = []
  commit.wait(0, 1)
  commit.wait(0, 2)
  commit.begin()
  commit.wait(0, 3)
  commit.end((_kind, argument) => served.push(argument))
  expect(served).toEqual([1, 2])
  expect(commit.waiting).toBe(1)
  commit.begin()
  commit.end((_kind, argument) => served.push(argument))
  expect(served).toEqual([1, 2, 3])
  expect(commit.waiting).toBe(0)
})

it('keeps those who begin to wait while others resume for the next flush', () => {
  const commit = new GroupCommit()
  const served: number[] = []
  commit.wait(5, 1)
  commit.begin()
  commit.end((kind, argument) => {
    served.push(argument)
    expect(commit.isFlushing).toBe(true)
    if (argument === 1) commit.wait(kind, 2)
  })
  expect(served).toEqual([1])
  expect([commit.isFlushing, commit.waiting]).toEqual([false, 1])
})

it('forgets all with the process', () => {
  const commit = new GroupCommit()
  commit.wait(0, 1)
  commit.begin()
  commit.clear()
  expect([commit.isFlushing, commit.waiting]).toEqual([false, 0])
  expect(() => commit.end(() => {})).toThrow('should always hold')
})
