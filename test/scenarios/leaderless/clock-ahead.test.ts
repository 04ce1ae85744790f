/**
 * A clock that is ahead (reference: systems.md, section 13b): what a coordinator with a clock 5 s ahead writes hides whatever others write to
 * the key for 5 s, deletes too, though all of it is acknowledged.
 */
import { expect, it } from 'vitest'
import { SECOND } from '../../../src/core/units.js'
import { expectTranscript, Story } from './narrator.js'

it('a coordinator that is 5 s ahead suppresses what others write for 5 s', async () => {
  const story = new Story(
    'Three replicas; writes and reads at QUORUM; the last timestamp wins. The clock of a-1 is 5 s ahead.',
    { r: 'QUORUM', w: 'QUORUM', ties: 'cassandra', contact: 'quorum' },
    { clock: (node, now) => (node === 0 ? now + 5 * SECOND : now) },
  )
  const ahead = story.write(1, 'ahead', 'a-1')
  story.runTo(1000)
  const hidden = story.write(2, 'hidden', 'a-2')
  story.runTo(1100)
  const first = story.look(2, 'a-2')
  story.runTo(4900)
  story.erase(2, 'a-3')
  story.runTo(4950)
  const second = story.look(2, 'a-2')
  story.runTo(5100)
  const seen = story.write(2, 'seen', 'a-2')
  story.runTo(5200)
  const third = story.look(2, 'a-2')
  story.runTo(6000)
  story.tellHoldings('In the end ')
  expect(story.answerTo(hidden)).toBe(hidden)
  expect([first, second, third].map((read) => story.answerTo(read))).toEqual([ahead, ahead, seen])
  await expectTranscript('clock-ahead', story)
})
