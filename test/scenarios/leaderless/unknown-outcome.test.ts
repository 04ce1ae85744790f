/**
 * A write whose outcome nobody knows (reference: systems.md, section 13b; Cassandra's WriteTimeoutException): too few replicas acknowledge in time, and
 * the client is told that it timed out. Nothing is rolled back: the value may come up later, and may be gone for good.
 */
import { expect, it } from 'vitest'
import { expectTranscript, Story } from './narrator.js'

const OPTIONS = {
  r: 'QUORUM',
  w: 'QUORUM',
  contact: 'quorum',
  repair: 'blocking',
  timeouts: { read: '5s', write: '2s' },
}

function timedOut(scene: string, keepsDisk: boolean) {
  const story = new Story(scene, OPTIONS)
  const old = story.write(1, 'old', 'a-1')
  story.runTo(1000)
  story.separateAll(['a-1'], ['a-2', 'a-3'])
  const lost = story.write(1, 'new', 'a-1')
  story.runTo(4000)
  const before = story.look(2, 'a-2')
  story.runTo(5000)
  if (!keepsDisk) {
    story.goDown('a-1')
    story.comeBackEmpty('a-1')
  }
  story.mend()
  const after = story.look(2, 'a-1')
  story.runTo(6000)
  story.tellHoldings('In the end ')
  return { story, old, lost, answers: [lost, before, after].map((operation) => story.answerTo(operation)) }
}

it('a write that timed out surfaces later, or never', async () => {
  const kept = timedOut(
    'Three replicas; writes and reads at QUORUM; the coordinator waits for 2 s, and reads wait for their repairs. A write reaches its coordinator alone.',
    true,
  )
  const gone = timedOut('The same, but the coordinator loses its disk.', false)
  expect(kept.answers).toEqual(['timeout unknown', kept.old, kept.lost])
  expect(gone.answers).toEqual(['timeout unknown', gone.old, gone.old])
  await expectTranscript('unknown-outcome', kept.story, gone.story)
})
