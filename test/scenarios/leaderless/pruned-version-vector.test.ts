/**
 * False siblings (reference: systems.md, section 4.3; Dynamo drops the oldest entry beyond a threshold): a vector that has lost the entry of a
 * coordinator does not descend any more from what that one wrote, so a value that was replaced stands beside its successor.
 */
import { expect, it } from 'vitest'
import { expectTranscript, Story } from './narrator.js'

const OPTIONS = { r: 1, w: 1, contact: 'quorum', repair: 'none', versions: 'vectors', put: 'local-first' }

/** A value goes round: each node writes upon what the one before it wrote, and a-1 hears of the third alone. */
function round(scene: string, options: object) {
  const story = new Story(scene, { ...OPTIONS, ...options })
  story.separate('a-1', 'a-3')
  story.write(1, 'first', 'a-1')
  story.runTo(100)
  story.separate('a-1', 'a-2')
  story.look(1, 'a-2')
  story.runTo(200)
  story.write(1, 'second', 'a-2')
  story.runTo(300)
  story.mend()
  story.separate('a-1', 'a-2')
  story.look(1, 'a-3')
  story.runTo(400)
  const third = story.write(1, 'third', 'a-3')
  story.runTo(500)
  story.tellHoldings('In the end ')
  return { story, third }
}

it('a vector cut to two entries makes a sibling of what was replaced', async () => {
  const whole = round(
    'Three replicas; W = 1, R = 1; version vectors of any length. One client writes by one node after the other, each time upon what it has read there.',
    {},
  )
  const cut = round('The same with version vectors of two entries at most; the oldest goes.', {
    prune: { small: 2, big: 2, young: '0s', old: '300h' },
  })
  expect(whole.story.holds('a-1')).toBe(whole.third)
  expect(cut.story.holds('a-1')).toEqual({ ids: [0, cut.third] })
  // Its own coordinator knows what it replaced.
  expect(cut.story.holds('a-3')).toBe(cut.third)
  await expectTranscript('pruned-version-vector', whole.story, cut.story)
})
