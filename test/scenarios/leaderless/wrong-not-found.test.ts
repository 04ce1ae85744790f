/**
 * "Not found", though it is there (reference: systems.md, section 13b; Riak's notfound_ok): replicas that have nothing count as answers, and the two
 * that are new and empty answer before the one that has the value. The answer that comes late still repairs them. With notfound_ok = false
 * nothing does not count; but once so many have nothing that the rest cannot make R, the read gives up, so it takes R = 1 to wait for the value.
 */
import { expect, it } from 'vitest'
import { INITIAL } from '../../../src/core/ids.js'
import { MILLISECOND } from '../../../src/core/units.js'
import { expectTranscript, Story } from './narrator.js'

const SLOW = { delay: (from: number) => (from === 0 ? 20 : 1) * MILLISECOND }

function twoEmptyReplicas(scene: string, options: object) {
  const story = new Story(scene, { w: 2, contact: 'all', repair: 'asynchronous', ...options }, SLOW)
  const milk = story.write(1, 'milk', 'a-1')
  story.runTo(1000)
  for (const node of ['a-2', 'a-3']) {
    story.goDown(node)
    story.comeBackEmpty(node)
  }
  const first = story.look(2, 'a-2')
  story.runTo(1500)
  story.tellHoldings('By now ')
  const second = story.look(2, 'a-2')
  story.runTo(2000)
  return { story, milk, answers: [story.answerTo(first), story.answerTo(second)] }
}

it('two empty replicas make a read of two wrong, once', async () => {
  const counted = twoEmptyReplicas(
    'Three replicas; W = 2, R = 2; a replica that has nothing counts as an answer (notfound_ok = true). a-2 and a-3 lose their disks; what a-1 sends takes 20 ms, everything else 1 ms.',
    { r: 2, 'notfound-ok': true },
  )
  const notCounted = twoEmptyReplicas(
    'The same with notfound_ok = false: two that have nothing leave no two that could have something, so the read gives up.',
    { r: 2, 'notfound-ok': false },
  )
  const one = twoEmptyReplicas('The same with notfound_ok = false and R = 1: the read waits for the one that has it.', {
    r: 1,
    'notfound-ok': false,
  })
  expect(counted.answers).toEqual([INITIAL, counted.milk])
  expect(notCounted.answers).toEqual([INITIAL, notCounted.milk])
  expect(one.answers).toEqual([one.milk, one.milk])
  await expectTranscript('wrong-not-found', counted.story, notCounted.story, one.story)
})
