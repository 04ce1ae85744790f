/**
 * The additional write policy (reference: systems.md, section 2.2 item 4; Cassandra's additional_write_policy): a read that waits for its repairs
 * is as slow as the slowest replica that it repairs. After a while without enough acknowledgements it sends what it found to the replicas that it has not
 * asked, and takes theirs: a quorum holds what the read returns all the same, so a later read does not go back in time.
 */
import { expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../../src/core/units.js'
import { REPAIR } from '../../../src/replication/leaderless/messages.js'
import { expectTranscript, Story } from './narrator.js'

function slowRepair(scene: string, options: object) {
  const story = new Story(
    scene,
    { r: 'QUORUM', w: 'ONE', contact: 'quorum', repair: 'blocking', ...options },
    { service: (node, { kind }) => (node === 2 && kind === REPAIR ? 2 * SECOND : 0) },
  )
  story.write(1, 'old', 'a-1')
  story.runTo(100)
  story.separateAll(['a-1'], ['a-2', 'a-3'])
  story.write(1, 'new', 'a-1')
  story.runTo(200)
  story.mend()
  story.look(3, 'a-2')
  story.runTo(300)
  const read = story.look(2, 'a-1')
  story.runTo(400)
  const answered = story.answerTo(read)
  const later = story.look(3, 'a-3')
  story.runTo(5000)
  story.tellHoldings('In the end ')
  const took = (story.answeredAt.get(read) as number) / MILLISECOND - 300
  return { story, answered, took, later: story.answerTo(later) }
}

it('a read does not wait for one slow repair', async () => {
  const patient = slowRepair(
    'Three replicas, 1 ms apart; writes at ONE; reads at QUORUM, which asks two, with blocking read repair. A repair takes a-3 2 s.',
    {},
  )
  const additional = slowRepair('The same with additional writes after 10 ms.', { 'additional-writes': '10ms' })
  // Two rounds of 2 ms, and in between 2 s of work or 10 ms of waiting.
  expect(patient.took).toBe(2 + 2000 + 2)
  expect(additional.took).toBe(2 + 10 + 2)
  expect(additional.later).toBe(additional.answered)
  await expectTranscript('additional-write-policy', patient.story, additional.story)
})
