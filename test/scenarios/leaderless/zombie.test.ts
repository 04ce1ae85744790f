/**
 * A delete that comes back (reference: systems.md, section 13b, "zombie"; Cassandra's gc_grace_seconds): a replica that was down for longer
 * than the others keep the tombstone still has the value, and nobody can tell it any more that it is gone. Repaired within the grace it learns of the
 * delete, and nothing comes back.
 */
import { expect, it } from 'vitest'
import { expectTranscript, Story } from './narrator.js'

const OPTIONS = { r: 'QUORUM', w: 'QUORUM', grace: '10s' }

/** The third replica has the value and is down while it is deleted; it comes back at `returns`, in milliseconds. */
function deletedMeanwhile(scene: string, returns: number) {
  const story = new Story(scene, OPTIONS)
  const milk = story.write(1, 'milk', 'a-1')
  story.runTo(1000)
  story.goDown('a-3')
  story.erase(1, 'a-1')
  story.runTo(2000)
  story.look(2, 'a-2')
  story.runTo(returns)
  story.tellHoldings('By now ')
  story.comeBack('a-3')
  const read = story.look(2, 'a-3')
  story.runTo(20_000)
  story.tellHoldings('In the end ')
  return { story, milk, read }
}

it('a replica that missed a delete for longer than the grace brings the value back', async () => {
  const late = deletedMeanwhile(
    'Three replicas; writes and reads at QUORUM; a tombstone is kept for 10 s. a-3 is away for 11 s, and the tombstone is purged meanwhile.',
    12_000,
  )
  const early = deletedMeanwhile(
    'The same, but a-3 is away for 8 s only, and the first read within the grace repairs it.',
    9000,
  )
  expect(late.story.answerTo(late.read)).toBe(late.milk)
  expect(['a-1', 'a-2', 'a-3'].map((node) => late.story.holds(node))).toEqual([late.milk, late.milk, late.milk])
  expect(early.story.answerTo(early.read)).not.toBe(early.milk)
  expect(['a-1', 'a-2', 'a-3'].map((node) => early.story.holds(node))).not.toContain(early.milk)
  await expectTranscript('zombie', late.story, early.story)
})
