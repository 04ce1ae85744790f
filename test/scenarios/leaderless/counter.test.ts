/**
 * Counters (reference: systems.md, section 13b, "counter test"): an increment is its coordinator's read and then write of one value. Where the last write
 * wins, of three at one time one is left; siblings that know what each was added to add up, and all three are kept. An increment whose outcome nobody knows
 * is not idempotent either: tried again it may count twice.
 */
import { expect, it } from 'vitest'
import { MILLISECOND } from '../../../src/core/units.js'
import { expectTranscript, Story } from './narrator.js'

function threeAtOnce(scene: string, options: object) {
  const story = new Story(scene, { r: 2, w: 2, ...options })
  for (const client of [1, 2, 3]) story.count(client, `a-${client}`)
  story.runTo(1000)
  const read = story.look(1, 'a-1')
  story.runTo(1100)
  story.tellHoldings('In the end ')
  return { story, found: story.answerTo(read) }
}

it('counts an increment twice that is tried again', async () => {
  const story = new Story(
    'Three replicas; W = 2, R = 2; the last write wins; the coordinator waits for 500 ms. The link fails while a client counts, and it tries again.',
    { r: 2, w: 2, timeouts: { write: '500ms' } },
  )
  const increment = story.count(1, 'a-1')
  story.run(2 * MILLISECOND)
  story.separateAll(['a-1'], ['a-2', 'a-3'])
  story.runTo(1000)
  const first = story.answerTo(increment)
  story.mend()
  story.look(2, 'a-1')
  story.runTo(1500)
  story.tryAgain(increment, 'a-2')
  story.runTo(2000)
  story.tellHoldings('In the end ')
  expect(first).toBe('timeout unknown')
  expect(['a-1', 'a-2', 'a-3'].map((node) => story.holds(node))).toEqual([{ count: 2 }, { count: 2 }, { count: 2 }])
  await expectTranscript('counter-tried-again', story)
})

it('loses concurrent increments where the last write wins, and keeps them where siblings add up', async () => {
  const last = threeAtOnce('Three replicas; W = 2, R = 2; the last write wins. Three clients count at one time.', {})
  const added = threeAtOnce('The same with dotted version vectors, whose siblings add up.', {
    versions: 'dotted',
    put: 'local-first',
    merge: 'counter',
  })
  expect(last.found).toEqual({ count: 1 })
  expect(added.found).toEqual({ count: 3 })
  await expectTranscript('counter', last.story, added.story)
})
