/**
 * Counters (reference: systems.md, section 13b, "counter test"): an increment is its coordinator's read and then write of one value. Where the last write
 * wins, of three at one time one is left; siblings that know what each was added to add up, and all three are kept.
 */
import { expect, it } from 'vitest'
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
