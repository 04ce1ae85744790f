/**
 * Sibling explosion (reference: systems.md, section 13b; Riak's dvv_enabled): two clients write one key by turns, each upon what it read last, which is
 * always one write behind. Under version vectors by coordinator a value that its successor has replaced cannot be told from one that is concurrent, so every
 * write leaves a sibling more; dotted version vectors know each value's own event, and two values stay.
 */
import { expect, it } from 'vitest'
import { expectTranscript, Story } from './narrator.js'

const PUTS = 6

function inTurns(scene: string, versions: string) {
  const story = new Story(scene, { r: 2, w: 2, versions, put: 'local-first', context: 'session' })
  story.isQuiet = true
  const siblings: number[] = []
  for (let put = 1; put <= PUTS; put++) {
    const client = 2 - (put % 2)
    story.runTo(100 * put)
    story.write(client, `v${put}`, 'a-1')
    story.runTo(100 * put + 10)
    story.tellHoldings('Now ')
    const held = story.holds('a-1')
    siblings.push(typeof held === 'object' && 'ids' in held ? held.ids.length : 1)
    // What it sees is what its next write replaces.
    story.look(client, 'a-1')
    story.runTo(100 * put + 20)
  }
  return { story, siblings }
}

it('a write leaves a sibling more with version vectors, and two with dotted ones', async () => {
  const vectors = inTurns(
    'Three replicas; W = 2, R = 2; version vectors without dots. Two clients write by turns, each upon what it has read after its own last write.',
    'vectors',
  )
  const dotted = inTurns('The same with dotted version vectors.', 'dotted')
  expect(vectors.siblings).toEqual([1, 2, 3, 4, 5, 6])
  expect(dotted.siblings).toEqual([1, 2, 2, 2, 2, 2])
  await expectTranscript('sibling-explosion', vectors.story, dotted.story)
})
