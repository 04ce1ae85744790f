/** What counts as destroyed when disks are lost, where writes carry contexts: not what something that is left has seen. */
import { describe, expect, it } from 'vitest'
import { NO_OPERATION, type OperationId } from '../../../src/core/ids.js'
import { History } from '../../../src/history/history.js'
import { UPDATE } from '../../../src/history/operation-kinds.js'
import { OK } from '../../../src/history/outcomes.js'
import type { Placement } from '../../../src/replication/replica.js'
import { Losses } from '../../../src/targets/simulated/losses.js'

const placement = { replicas: () => [0, 1] } as Pick<Placement, 'replicas'> as Placement

function world() {
  const history = new History({ copies: 2 })
  const losses = new Losses(history, placement, () => true)
  const write = (order: number, context: readonly number[], receivedBy: readonly number[]): OperationId => {
    const id = history.begin(UPDATE, 0, 0, order, NO_OPERATION)
    history.contexts.set(id, context)
    history.finish(id, OK, order, order, 7)
    for (const replica of receivedBy) history.received(id, replica, order)
    return id
  }
  return { history, losses, write }
}

describe('a write whose last disk is lost', () => {
  it('is destroyed unless something that is left has seen it', () => {
    const { history, losses, write } = world()
    const seen = write(1, [], [0])
    const unseen = write(2, [], [0])
    write(3, [7, 1], [1])
    losses.onLost(0, [seen, unseen])
    expect([...history.destroyed]).toEqual([unseen])
  })

  it('is destroyed if what had seen it is lost too', () => {
    const { history, losses, write } = world()
    const seen = write(1, [], [0])
    const later = write(2, [7, 1], [0])
    losses.onLost(0, [seen, later])
    expect([...history.destroyed]).toEqual([seen, later])
  })
})
