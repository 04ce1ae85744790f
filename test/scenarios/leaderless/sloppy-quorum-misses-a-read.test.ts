/**
 * A sloppy quorum (DeCandia et al. 2007, section 4.6): R + W > N, yet a read misses an acknowledged write, for the two quorums share no node. The
 * writer's side of a split counts nodes that stand in for replicas on the other side, which answer the reader. Once the hints are handed back the write is
 * seen. A strict quorum refuses the write instead.
 */
import { expect, it } from 'vitest'
import { expectTranscript, Story } from './narrator.js'

const OPTIONS = {
  n: 3,
  r: 2,
  w: 2,
  timeouts: { read: '300ms', write: '300ms' },
  detector: { kind: 'timeout', retry: '2s' },
}

function split(scene: string, options: object) {
  const story = new Story(scene, { ...OPTIONS, ...options }, { zones: [5] })
  // One of the keys that these three nodes hold.
  while (story.placement.replicas(story.key).toSorted().join(' ') !== '0 1 2') story.key++
  const old = story.write(1, 'old', 'a-1')
  story.runTo(1000)
  story.separateAll(['a-1', 'a-4', 'a-5'], ['a-2', 'a-3'])
  story.look(1, 'a-1')
  story.runTo(1400)
  const fresh = story.write(1, 'new', 'a-1')
  story.runTo(1500)
  const during = story.look(2, 'a-2')
  story.runTo(2900)
  story.mend()
  story.runTo(12_000)
  const after = story.look(2, 'a-2')
  story.runTo(12_500)
  return { story, old, fresh, answers: [fresh, during, after].map((operation) => story.answerTo(operation)) }
}

it('a read of two misses a write of two on the other side of a split', async () => {
  const sloppy = split(
    'Five nodes, three replicas (a-1, a-2, a-3) of the key; W = 2, R = 2; sloppy quorums: a-4 and a-5 stand in for replicas that a coordinator holds for down, and hand back what they were sent at a look each 5 s.',
    { sloppy: true, hints: { every: '5s' } },
  )
  const strict = split('The same with strict quorums.', {})
  expect(sloppy.answers).toEqual([sloppy.fresh, sloppy.old, sloppy.fresh])
  expect(strict.answers).toEqual(['unavailable no', strict.old, strict.old])
  await expectTranscript('sloppy-quorum-misses-a-read', sloppy.story, strict.story)
})
