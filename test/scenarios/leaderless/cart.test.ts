/**
 * The shopping cart (DeCandia et al. 2007, section 4.4; reference: systems.md, section 13b): while the network is split one side takes an item
 * out and the other puts another in. Merged by union, the item that was taken out is back; an observed-remove set has it
 * taken out, since the side that put something in did nothing to that item.
 */
import { expect, it } from 'vitest'
import { crdt } from '../../../src/replication/crdt/crdt.js'
import { expectTranscript, Story } from './narrator.js'

function shopping(story: Story) {
  const milk = story.putIn(1, 'milk', 'a-1')
  story.runTo(100)
  story.separateAll(['a-1'], ['b-1', 'c-1'])
  story.takeOut(1, milk, 'a-1')
  story.runTo(150)
  const bread = story.putIn(1, 'bread', 'a-1')
  story.runTo(200)
  const eggs = story.putIn(2, 'eggs', 'b-1')
  story.runTo(300)
  story.mend()
  story.look(1, 'a-1')
  story.runTo(5000)
  const read = story.look(1, 'a-1')
  story.runTo(5100)
  story.tellHoldings('In the end ')
  return { milk, bread, eggs, found: story.answerTo(read) }
}

it('union brings an item back that was taken out, and an observed-remove set does not', async () => {
  const union = new Story(
    'Three replicas, each in a zone of its own; W = 1, R = 1; siblings of a cart are merged by union, as in Dynamo. Milk is taken out and bread put in on one side of a split while eggs are put in on the other.',
    { r: 1, w: 1, versions: 'dotted', put: 'local-first', merge: 'union' },
    { zones: [1, 1, 1] },
  )
  const merged = shopping(union)
  const set = new Story(
    'The same with an observed-remove set (a CRDT) in place of a quorum.',
    {},
    { zones: [1, 1, 1] },
    crdt,
  )
  const observed = shopping(set)
  expect(merged.found).toEqual({ elements: [merged.milk, merged.bread, merged.eggs] })
  expect(observed.found).toEqual({ elements: [observed.bread, observed.eggs] })
  await expectTranscript('cart', union, set)
})
