/**
 * Hints have a window (reference: systems.md, section 13b; Cassandra's max_hint_window): for a replica that has been down for longer no hints
 * are kept any more, so what is written then does not reach it when it returns. Anti-entropy alone makes up for that.
 */
import { expect, it } from 'vitest'
import { expectTranscript, Story } from './narrator.js'

const OPTIONS = {
  r: 'ONE',
  w: 'QUORUM',
  contact: 'quorum',
  repair: 'none',
  timeouts: { write: '500ms' },
  detector: { kind: 'timeout', retry: '1s' },
  hints: { window: '10s', every: '5s' },
}

function downForLong(scene: string, options: object) {
  const story = new Story(scene, { ...OPTIONS, ...options })
  story.write(1, 'first', 'a-1')
  story.runTo(1000)
  story.goDown('a-3')
  story.runTo(2000)
  const early = story.write(1, 'early', 'a-1')
  story.runTo(14_000)
  const late = story.write(1, 'late', 'a-1')
  story.runTo(16_000)
  story.comeBack('a-3')
  story.runTo(23_000)
  const before = story.look(2, 'a-3')
  story.runTo(240_000)
  const after = story.look(2, 'a-3')
  story.run(0)
  story.tellHoldings('In the end ')
  return { story, early, late, answers: [story.answerTo(before), story.answerTo(after)] }
}

it('what is written after the window does not reach the replica without anti-entropy', async () => {
  const alone = downForLong(
    'Three replicas; writes at QUORUM, reads at ONE; hints are kept for a replica that has been silent for up to 10 s, and handed back at a look each 5 s. a-3 is down for 15 s.',
    {},
  )
  const compared = downForLong(
    'The same with anti-entropy: each 50 s every node compares the Merkle tree of one of three key ranges with one other replica.',
    {
      'anti-entropy': { every: '50s' },
      vnodes: 1,
    },
  )
  expect(alone.answers).toEqual([alone.early, alone.early])
  expect(compared.answers).toEqual([compared.early, compared.late])
  await expectTranscript('hint-window-exceeded', alone.story, compared.story)
})
