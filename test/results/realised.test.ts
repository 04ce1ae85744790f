/** The workload as it came out: which rows count, for what, on which record, and who the hottest are. */
import { describe, expect, it } from 'vitest'
import {
  COMPARE_AND_SET,
  INSERT,
  MODIFY,
  READ,
  READ_BACK,
  READ_FOR_MODIFY,
  SCAN,
  UPDATE,
} from '../../src/history/operation-kinds.js'
import { UNAVAILABLE } from '../../src/history/outcomes.js'
import { type RealisedWorkload, realisedWorkload } from '../../src/results/realised.js'
import { Story } from '../measures/story.js'
import { cellOf } from './fixtures.js'

type Mix = Readonly<Record<string, number>>

function realisedOf(story: Story, operations: Mix = { read: 1 }): RealisedWorkload {
  const cell = cellOf('q', 1)
  return realisedWorkload({ ...cell, workload: { ...cell.workload, operations } }, story.index())
}

const rows = (story: Story, kind: number, ...keys: readonly number[]): void => {
  for (const key of keys) story.row({ kind, key, at: 1, until: 2 })
}

describe('operations as realised', () => {
  it('are those that began in the measured phase, whatever became of them, without what the tool reads', () => {
    const story = new Story()
    story.probes = { phases: { measuredFrom: 0, measuredTo: 100e6, end: 200e6 } }
    rows(story, SCAN, 0)
    rows(story, READ, 0, 1)
    rows(story, UPDATE, 0)
    rows(story, READ_BACK, 5)
    story.row({ kind: UPDATE, at: 3, until: 4, outcome: UNAVAILABLE })
    story.row({ kind: READ, key: 5, at: 150, until: 151 })
    const { operations, records } = realisedOf(story)
    expect(Object.entries(operations)).toEqual([
      ['read', 2],
      ['update', 2],
      ['scan', 1],
    ])
    expect(records.touched).toBe(2)
  })

  const conditions = (): Story => {
    const story = new Story()
    for (const kind of [MODIFY, COMPARE_AND_SET]) {
      const base = story.row({ kind: READ_FOR_MODIFY, at: 1, until: 2 })
      story.row({ kind, at: 2, until: 3, base })
    }
    story.row({ kind: READ_FOR_MODIFY, at: 4, until: 5, outcome: UNAVAILABLE })
    return story
  }

  it('tell a compare-and-set from a read-modify-write by what follows their read', () => {
    const mix = { 'read-modify-write': 0.5, 'compare-and-set': 0.5 }
    expect(realisedOf(conditions(), mix).operations).toEqual({ 'read-modify-write': 2, 'compare-and-set': 1 })
  })

  it('are all compare-and-sets where there is nothing else to read for', () => {
    expect(realisedOf(conditions(), { 'compare-and-set': 1 }).operations).toEqual({ 'compare-and-set': 3 })
  })
})

describe('records as realised', () => {
  it('are ranked by what fell on them, among those that exist', () => {
    const story = new Story()
    story.probes = { loadedKeys: 10, keysPerRecord: 1 }
    rows(story, READ, 7, 7, 7, 7, 2, 2, 2, 0, 0, 9)
    expect(realisedOf(story).records).toEqual({
      existing: 10,
      touched: 4,
      hottest: 4,
      hottest1Percent: 4,
      hottest20Percent: 7,
    })
  })

  it('have all their keys, and those inserted count too', () => {
    const story = new Story()
    story.probes = { loadedKeys: 16, keysPerRecord: 2 }
    rows(story, UPDATE, 0, 1, 1, 4, 15)
    rows(story, INSERT, 16, 18)
    expect(realisedOf(story).records).toMatchObject({ existing: 10, touched: 5, hottest: 3, hottest20Percent: 4 })
  })

  it('are none where nothing happened', () => {
    expect(realisedOf(new Story())).toMatchObject({ operations: {}, records: { touched: 0, hottest: 0 } })
  })
})
