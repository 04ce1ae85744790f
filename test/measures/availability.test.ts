/**
 * Whole operations: what begins, what ends, and what counts as neither.
 */
import { describe, expect, it } from 'vitest'
import { MODIFY, READ, READ_BACK, READ_FOR_MODIFY } from '../../src/history/operation-kinds.js'
import { CONFLICT, DROPPED, OVERLOADED, UNAVAILABLE, UNKNOWN } from '../../src/history/outcomes.js'
import { availability } from '../../src/measures/availability.js'
import { Story } from './story.js'

describe('availability', () => {
  it('counts a read-modify-write once, by its modify or by the read that failed', () => {
    const story = new Story()
    const read = story.row({ kind: READ_FOR_MODIFY, at: 0, until: 1 })
    story.row({ kind: MODIFY, at: 1, until: 2, base: read, outcome: CONFLICT })
    story.row({ kind: READ_FOR_MODIFY, at: 0, until: 1, outcome: UNAVAILABLE })
    const write = story.write(0, 1)
    story.row({ kind: READ_BACK, at: 2, until: 3, base: write, outcome: UNKNOWN })
    expect(story.measure(availability).ratios).toMatchObject({
      availability: [1, 3],
      'errors.conflict': [1, 3],
      'errors.unavailable': [1, 3],
      'errors.timeout': [0, 3],
      'errors.overloaded': [0, 3],
    })
  })

  it('counts attempts beyond the first, over both halves of a read-modify-write', () => {
    const story = new Story()
    const read = story.row({ kind: READ_FOR_MODIFY, at: 0, until: 1, attempts: 2 })
    story.row({ kind: MODIFY, at: 1, until: 2, base: read, attempts: 3 })
    story.row({ kind: READ, at: 1, until: 2, attempts: 1, outcome: OVERLOADED })
    story.row({ kind: READ_BACK, at: 1, until: 2, attempts: 4, base: 1 })
    expect(story.measure(availability).ratios['retries.per-op']).toEqual([3, 2])
  })

  it('counts what was dropped as not succeeded, and says so where things may be dropped', () => {
    const story = new Story()
    story.write(0, 1)
    story.row({ kind: READ_FOR_MODIFY, at: 0, until: 0, attempts: 0, outcome: DROPPED })
    story.row({ at: 0, until: 5, attempts: 0, outcome: DROPPED })
    expect(story.measure(availability).ratios).not.toHaveProperty('errors.dropped')
    story.probes = { mayDrop: true }
    const { ratios } = story.measure(availability)
    expect(ratios).toMatchObject({ availability: [1, 3], 'errors.dropped': [2, 3], 'retries.per-op': [0, 3] })
  })

  it('belongs to the measured phase by the intended start', () => {
    const story = new Story()
    story.probes = { phases: { measuredFrom: 10e6, measuredTo: 20e6, end: 30e6 } }
    story.write(9, 11)
    story.row({ at: 10, until: 11, outcome: UNKNOWN })
    story.write(19, 25)
    story.write(20, 21)
    expect(story.measure(availability).ratios['availability']).toEqual([1, 2])
  })

  it('is absent where nothing was asked', () => {
    expect(new Story().measure(availability).measuresInOrder()).toEqual({})
  })
})
