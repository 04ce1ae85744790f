/**
 * Speculative retry (reference: systems.md, section 2.2 item 4; Cassandra's speculative_retry): a read that asks exactly as many replicas as must
 * answer is as slow as the slowest of them. After 10 ms without enough answers it asks one more, and takes whoever is first.
 */
import { expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../../src/core/units.js'
import { READ } from '../../../src/replication/leaderless/messages.js'
import { expectTranscript, Story } from './narrator.js'

function slowReplica(scene: string, options: object) {
  const story = new Story(
    scene,
    { r: 'QUORUM', w: 'QUORUM', contact: 'quorum', ...options },
    { service: (node, { kind }) => (node === 2 && kind === READ ? 2 * SECOND : 0) },
  )
  story.write(1, 'milk', 'a-1')
  story.runTo(100)
  const read = story.look(2, 'a-1')
  story.runTo(5000)
  return { story, took: (story.answeredAt.get(read) as number) - 100 * MILLISECOND }
}

it('asks one more replica after a while', async () => {
  const patient = slowReplica(
    'Three replicas, 1 ms apart; writes and reads at QUORUM, which asks two; no speculative retry. A read takes a-3 2 s.',
    {},
  )
  const speculating = slowReplica('The same with a speculative retry after 10 ms.', { speculation: '10ms' })
  expect(patient.took).toBe(2 * SECOND + 2 * MILLISECOND)
  expect(speculating.took).toBe(10 * MILLISECOND + 2 * MILLISECOND)
  await expectTranscript('speculative-retry', patient.story, speculating.story)
})
