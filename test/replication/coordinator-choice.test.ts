/** Which node coordinates, by each choice, while all are up and while some are down, with fail-over and without. */
import { describe, expect, it } from 'vitest'
import type { NodeId } from '../../src/core/ids.js'
import { NO_OPERATION } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import type { CoordinatorChoice, World } from '../../src/core/world.js'
import { READ } from '../../src/history/operation-kinds.js'
import { CoordinatorChooser } from '../../src/replication/placement/coordinator-choice.js'
import { HashRing } from '../../src/replication/placement/ring.js'
import { worldOf } from './fake-cluster.js'

/** Zones a: 0 1 2, b: 3 4 5, c: 6 7 8, in a line, and d, without nodes, beyond c. */
const ZONES = [3, 3, 3, 0]

class Choice {
  readonly world: World
  readonly ring: HashRing
  private readonly chooser: CoordinatorChooser

  constructor(coordinator: CoordinatorChoice, failOver = false, copies = 3) {
    this.world = { ...worldOf(ZONES), coordinator, failOver }
    this.ring = new HashRing(this.world, copies, 4, RandomStream.ofSeed(5))
    this.chooser = new CoordinatorChooser(this.world, this.ring)
  }

  /** Of the key's replicas, the one in a zone. */
  replica(key: number, zone: number): NodeId {
    const replicas = this.ring.replicas(this.ring.partitionOf(key))
    return replicas.find((node) => this.world.zoneOf[node] === zone) as NodeId
  }

  /** Where six requests in a row go. */
  six(zone: number, down: readonly NodeId[] = [], { key = 0, client = 0 } = {}): readonly NodeId[] {
    const isDown = down.length === 0 ? undefined : (node: NodeId) => down.includes(node)
    return [0, 1, 2, 3, 4, 5].map((turn) =>
      this.chooser.choose(
        {
          operation: 0,
          kind: READ,
          key,
          element: NO_OPERATION,
          expected: NO_OPERATION,
          length: 0,
          valueBytes: 0,
          client,
          zone,
          attempt: 0,
          turn,
          timeout: 1,
          context: null,
        },
        isDown,
      ),
    )
  }
}

const always = (node: NodeId): readonly NodeId[] => Array(6).fill(node)

describe('token-aware', () => {
  const choice = new Choice('token-aware')
  const failingOver = new Choice('token-aware', true)

  it('takes the nearest replica of the key', () => {
    for (const key of [0, 1, 2, 3, 4]) {
      for (const zone of [0, 1, 2]) expect(choice.six(zone, [], { key })).toEqual(always(choice.replica(key, zone)))
      expect(choice.six(3, [], { key })).toEqual(always(choice.replica(key, 2)))
    }
  })

  it('takes turns among equally near replicas', () => {
    const crowded = new Choice('token-aware', false, 6)
    const [first, second] = crowded.ring.replicas(crowded.ring.partitionOf(0)).filter((node) => node < 3)
    expect(crowded.six(0)).toEqual([first, second, first, second, first, second])
    expect(crowded.six(0, [first as NodeId])).toEqual(always(second as NodeId))
  })

  it('goes on to the other nodes of the zone, and no further', () => {
    const replica = choice.replica(0, 1)
    const others = [3, 4, 5].filter((node) => node !== replica)
    expect(choice.six(1, [replica])).toEqual([...others, ...others, ...others])
    expect(choice.six(1, [replica, others[0] as NodeId])).toEqual(always(others[1] as NodeId))
    expect(new Set(choice.six(1, [3, 4, 5]))).toEqual(new Set([3, 4, 5]))
  })

  it('fails over to the replica in the next nearest zone, then to the other nodes there', () => {
    const replica = failingOver.replica(0, 1)
    expect(failingOver.six(0, [0, 1, 2])).toEqual(always(replica))
    const others = [3, 4, 5].filter((node) => node !== replica)
    expect(new Set(failingOver.six(0, [0, 1, 2, replica]))).toEqual(new Set(others))
    expect(failingOver.six(0, [0, 1, 2, 3, 4, 5])).toEqual(always(failingOver.replica(0, 2)))
  })

  it('fails over by turns to zones that are equally near', () => {
    const [a, c] = [failingOver.replica(0, 0), failingOver.replica(0, 2)]
    expect(new Set(failingOver.six(1, [3, 4, 5]))).toEqual(new Set([a, c]))
  })

  it('asks all by turns where all are down', () => {
    const everyone = [0, 1, 2, 3, 4, 5, 6, 7, 8]
    expect(new Set(failingOver.six(0, everyone)).size).toBe(6)
  })
})

describe('nearest', () => {
  it('takes turns among the nodes of the nearest zone that are up', () => {
    const choice = new Choice('nearest')
    expect(choice.six(1)).toEqual([3, 4, 5, 3, 4, 5])
    expect(choice.six(3)).toEqual([6, 7, 8, 6, 7, 8])
    expect(choice.six(1, [4])).toEqual([3, 5, 3, 5, 3, 5])
    expect(choice.six(1, [3, 4, 5])).toEqual([3, 4, 5, 3, 4, 5])
  })

  it('fails over to the next nearest zone', () => {
    const choice = new Choice('nearest', true)
    expect(choice.six(0, [0, 1, 2])).toEqual([3, 4, 5, 3, 4, 5])
    expect(choice.six(0, [0, 1, 2, 3, 4, 5])).toEqual([6, 7, 8, 6, 7, 8])
    expect(choice.six(0, [0, 2])).toEqual(always(1))
  })
})

describe('round-robin', () => {
  it('takes turns among all nodes that are up', () => {
    const choice = new Choice('round-robin')
    expect(choice.six(2)).toEqual([0, 1, 2, 3, 4, 5])
    expect(choice.six(2, [0, 2])).toEqual([1, 3, 4, 5, 6, 7])
  })
})

describe('fixed', () => {
  it('stays with one node of the nearest zone, whatever happens', () => {
    const choice = new Choice('fixed')
    expect([0, 1, 2, 3].map((client) => choice.six(1, [], { client })[0])).toEqual([3, 4, 5, 3])
    expect(choice.six(1, [4], { client: 1 })).toEqual(always(4))
  })

  it('fails over to the others of the zone, then to the next', () => {
    const choice = new Choice('fixed', true)
    expect(choice.six(0, [], { client: 1 })).toEqual(always(1))
    expect(choice.six(0, [1], { client: 1 })).toEqual([0, 2, 0, 2, 0, 2])
    expect(choice.six(0, [0, 1, 2], { client: 1 })).toEqual([3, 4, 5, 3, 4, 5])
  })
})
