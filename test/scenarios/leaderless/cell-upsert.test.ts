/**
 * An update that arrives before the insert it builds on (reference: systems.md, section 13b, "topology causality test"): systems that apply
 * rows from a log skip it or stop. A Cassandra write is an upsert of cells with timestamps: the replica takes the update when it comes, and the insert that comes
 * later is older than what it holds.
 */
import { expect, it } from 'vitest'
import { MILLISECOND } from '../../../src/core/units.js'
import { WRITE } from '../../../src/replication/leaderless/messages.js'
import { expectTranscript, Story } from './narrator.js'

it('an update is taken before the insert', async () => {
  const story = new Story(
    'Three replicas; writes and reads at ONE; cells with timestamps. What a write sends from a-1 to a-3 takes 500 ms, everything else 1 ms.',
    { r: 'ONE', w: 'ONE', contact: 'quorum', ties: 'cassandra', repair: 'none' },
    { delay: (from, to, { kind }) => (kind === WRITE && from === 0 && to === 2 ? 500 : 1) * MILLISECOND },
  )
  const insert = story.write(1, 'inserted', 'a-1')
  story.runTo(100)
  const seen = story.look(2, 'a-2')
  story.runTo(200)
  const update = story.write(2, 'updated', 'a-2')
  story.runTo(300)
  const early = story.look(3, 'a-3')
  story.runTo(600)
  const late = story.look(3, 'a-3')
  story.run(0)
  story.tellHoldings('In the end ')
  expect([seen, early, late].map((read) => story.answerTo(read))).toEqual([insert, update, update])
  await expectTranscript('cell-upsert', story)
})
