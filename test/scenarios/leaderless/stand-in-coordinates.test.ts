/**
 * Always writeable (DeCandia et al. 2007, sections 2.3, 4.5 and 4.6; Riak's fallback vnodes): all replicas of a key are down, and nodes that stand in for
 * them coordinate its writes, under version vectors of their own names. What they keep answers reads, and is handed back. Two who do not hear of each
 * other make siblings; who has read the one before replaces it. A strict quorum refuses them all.
 */
import { expect, it } from 'vitest'
import { expectTranscript, Story } from './narrator.js'

const OPTIONS = {
  n: 3,
  r: 1,
  w: 1,
  versions: 'dotted',
  put: 'local-first',
  repair: 'none',
  timeouts: { read: '100ms', write: '100ms', forward: '100ms' },
  detector: { kind: 'timeout', retry: '20s' },
}

const REPLICAS = ['a-1', 'a-2', 'a-3']

function outage(scene: string, options: object, isSplit: boolean) {
  const story = new Story(scene, { ...OPTIONS, ...options }, { zones: [5] })
  // One of the keys that these three nodes hold.
  while (story.placement.replicas(story.key).toSorted().join(' ') !== '0 1 2') story.key++
  for (const node of REPLICAS) story.goDown(node)
  story.isQuiet = true
  story.look(1, 'a-4')
  story.look(2, 'a-5')
  story.isQuiet = false
  story.runTo(1000)
  if (isSplit) story.separate('a-4', 'a-5')
  const milk = story.write(1, 'milk', 'a-4')
  story.runTo(1500)
  const seen = story.look(2, 'a-5')
  story.runTo(2000)
  const eggs = story.write(2, 'eggs', 'a-5')
  story.runTo(3000)
  if (isSplit) story.mend()
  for (const node of REPLICAS) story.comeBack(node)
  story.runTo(40_000)
  story.tellHoldings('In the end ')
  return { story, milk, eggs, answers: [milk, seen, eggs].map((operation) => story.answerTo(operation)) }
}

it('all replicas are down, and the key is written', async () => {
  const sloppy = { sloppy: true, hints: { every: '5s' } }
  const together = outage(
    'Five nodes, three replicas (a-1, a-2, a-3) of the key, all down, as a-4 and a-5 know; W = 1, R = 1; dotted version vectors; sloppy quorums. The second client writes upon what it has read.',
    sloppy,
    false,
  )
  const apart = outage('The same, but a-4 and a-5 do not hear of each other.', sloppy, true)
  const strict = outage('The same with strict quorums.', {}, false)
  expect(together.answers).toEqual([together.milk, together.milk, together.eggs])
  expect(together.story.holds('a-1')).toBe(together.eggs)
  expect(apart.story.holds('a-1')).toEqual({ ids: [apart.milk, apart.eggs] })
  expect(strict.answers).toEqual(['unavailable no', 'unavailable no', 'unavailable no'])
  await expectTranscript('stand-in-coordinates', together.story, apart.story, strict.story)
})
