/**
 * A proposal that its proposer has left behind (Lamport 2001, "Paxos made simple"; Cassandra's in-progress proposals; reference: systems.md,
 * section 2.1): a majority has accepted it, so it is chosen, though nobody was told. Whoever prepares next learns of it and finishes it before anything of
 * its own.
 */
import { expect, it } from 'vitest'
import { INITIAL } from '../../../src/core/ids.js'
import { MILLISECOND } from '../../../src/core/units.js'
import { PROPOSE } from '../../../src/replication/leaderless/paxos/messages.js'
import { expectTranscript, Story } from './narrator.js'

it('is finished by the next', async () => {
  const story = new Story('Three replicas, 1 ms apart; compare-and-set and reads are rounds of Paxos at SERIAL.', {
    r: 'SERIAL',
    w: 'QUORUM',
    serial: 'SERIAL',
  })
  const milk = story.compareAndSet(1, INITIAL, 'milk', 'a-1')
  while (story.countSent(({ kind }) => kind === PROPOSE) === 0) story.run(MILLISECOND / 2)
  story.run(MILLISECOND)
  story.goDown('a-1')
  story.tellHoldings('By now ')
  story.runTo(1000)
  const eggs = story.compareAndSet(2, INITIAL, 'eggs', 'a-2')
  story.runTo(2000)
  const again = story.compareAndSet(2, milk, 'eggs', 'a-2')
  story.runTo(3000)
  story.comeBack('a-1')
  const read = story.look(1, 'a-1')
  story.runTo(4000)
  story.tellHoldings('In the end ')
  expect(story.answerTo(milk)).toBeUndefined()
  expect(story.answerTo(eggs)).toBe('conflict no')
  expect(story.answerTo(read)).toBe(again)
  await expectTranscript('paxos-in-progress', story)
})
