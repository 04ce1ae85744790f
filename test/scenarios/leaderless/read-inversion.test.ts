/**
 * Reads that go back in time (reference: systems.md, section 2.2 item 3): while a write is under way one read meets it and a later one, of other
 * replicas, does not. Repair in the background may come too late for it. Blocking repair has the first read answer only once a quorum holds what it returns, so that no later one can miss it.
 */
import { expect, it } from 'vitest'
import { MILLISECOND } from '../../../src/core/units.js'
import { REPAIR, WRITE } from '../../../src/replication/leaderless/messages.js'
import { expectTranscript, Story } from './narrator.js'

function twoReads(scene: string, repair: string) {
  const story: Story = new Story(
    scene,
    { r: 'QUORUM', w: 'QUORUM', contact: 'quorum', repair },
    {
      delay: (_from, _to, { kind }) =>
        (kind === WRITE && story.now > 0 ? 1000 : kind === REPAIR ? 100 : 1) * MILLISECOND,
    },
  )
  const old = story.write(1, 'old', 'a-1')
  story.runTo(50)
  story.look(3, 'a-2')
  story.runTo(100)
  const fresh = story.write(1, 'new', 'a-1')
  story.runTo(200)
  const first = story.look(2, 'a-1')
  while (story.answerTo(first) === undefined) story.run(MILLISECOND)
  story.run(10 * MILLISECOND)
  const second = story.look(3, 'a-2')
  story.runTo(3000)
  story.tellHoldings('In the end ')
  return { story, old, fresh, answers: [first, second].map((read) => story.answerTo(read)) }
}

it('a later read returns an older value unless the earlier one waits for its repair', async () => {
  const none = twoReads(
    'Three replicas; writes and reads at QUORUM, which asks two replicas; no read repair. What a write sends to other nodes takes 1 s from 100 ms on, what a repair sends 100 ms, everything else 1 ms.',
    'none',
  )
  const background = twoReads('The same with read repair in the background.', 'asynchronous')
  const blocking = twoReads('The same with blocking read repair.', 'blocking')
  expect(none.answers).toEqual([none.fresh, none.old])
  expect(background.answers).toEqual([background.fresh, background.old])
  expect(blocking.answers).toEqual([blocking.fresh, blocking.fresh])
  await expectTranscript('read-inversion', none.story, background.story, blocking.story)
})
