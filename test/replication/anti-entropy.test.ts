import { describe, expect, it } from 'vitest'
import type { Key, NodeId } from '../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { UPDATE } from '../../src/history/operation-kinds.js'
import { equalValues } from '../../src/history/values.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { FakeCluster } from './fake-cluster.js'

const KEYS: readonly Key[] = Array.from({ length: 100 }, (_, key) => key)

/** Three replicas of everything, a millisecond apart, one of which, node 2, hears nothing of what is written while it is cut off. */
class Trio extends FakeCluster<QuorumOptions> {
  constructor(antiEntropy: object, options: object = {}) {
    super(
      quorum as never,
      { repair: 'none', vnodes: 2, 'anti-entropy': { every: '100ms', ...antiEntropy }, ...options },
      { zones: [3], delay: () => MILLISECOND },
    )
  }

  isolate(node: NodeId): void {
    for (const { id } of this.nodes) if (id !== node) this.cut(id, node)
  }

  apart(): readonly Key[] {
    return KEYS.filter((key) => this.valuesOf(key).some((value) => !equalValues(value, this.valuesOf(key)[0] as never)))
  }
}

describe.each(['continuous', 'sessions'])('%s exchange', (mode) => {
  it('repairs all that a replica missed behind a cut', () => {
    const cluster = new Trio({ mode })
    cluster.isolate(2)
    for (const key of KEYS) cluster.request({ kind: UPDATE, key, valueBytes: 100 }, key % 2)
    cluster.run(20 * MILLISECOND)
    expect(cluster.apart()).toHaveLength(100)
    cluster.heal()
    cluster.run(30 * SECOND)
    expect(cluster.apart()).toEqual([])
    expect(cluster.nodes.every((node) => node.running.isIdle?.())).toBe(true)
  })
})
