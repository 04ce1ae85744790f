/**
 * Digests that disagree (reference: systems.md, section 2.2; Cassandra's DigestResolver): a read takes the data of one replica and digests of the
 * others. Where they agree that is one round; where they do not, all that were asked send their data, the newest is written back to those behind, and the
 * read answers once a quorum holds it: three rounds.
 */
import { expect, it } from 'vitest'
import { MILLISECOND } from '../../../src/core/units.js'
import { expectTranscript, Story } from './narrator.js'

it('costs a read two rounds more', async () => {
  const story = new Story(
    'Three replicas, 1 ms apart; writes at ONE, reads at QUORUM with digests and blocking read repair.',
    { r: 'QUORUM', w: 'ONE', contact: 'quorum', digests: true, repair: 'blocking' },
  )
  story.write(1, 'old', 'a-1')
  story.runTo(100)
  const agreeing = story.look(2, 'a-1')
  story.runTo(200)
  story.separateAll(['a-1'], ['a-2', 'a-3'])
  const fresh = story.write(1, 'new', 'a-1')
  story.runTo(300)
  story.mend()
  const disagreeing = story.look(2, 'a-1')
  story.runTo(400)
  story.tellHoldings('In the end ')
  expect(story.answerTo(disagreeing)).toBe(fresh)
  // Each round goes there and back.
  expect(story.answeredAt.get(agreeing)).toBe((100 + 2) * MILLISECOND)
  expect(story.answeredAt.get(disagreeing)).toBe((300 + 3 * 2) * MILLISECOND)
  await expectTranscript('digest-mismatch', story)
})
