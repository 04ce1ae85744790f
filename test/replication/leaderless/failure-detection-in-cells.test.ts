/**
 * Failure detection by gossip in whole cells, on nodes that do nothing else: how long it takes to convict a node that crashed, that one which is only
 * paused or cut off is convicted just as well, who is not, when a node is trusted again, and that a cell ends though gossip does not.
 */
import { describe, expect, it } from 'vitest'
import type { NodeId, ProcessId } from '../../../src/core/ids.js'
import { SECOND } from '../../../src/core/units.js'
import { GossipMessage } from '../../../src/replication/leaderless/failure-detection/gossip-messages.js'
import { detectorOptions } from '../../../src/replication/leaderless/failure-detection/options.js'
import { PhiDetector } from '../../../src/replication/leaderless/failure-detection/phi-detector.js'
import type { Message, Replica, ReplicaContext, Request } from '../../../src/replication/replica.js'
import { Outcome } from '../../../src/replication/replica.js'
import { runWith } from '../../targets/simulated/scripted.js'

/** A change of mind, in seconds since the cell began. */
interface Opinion {
  readonly at: number
  readonly observer: NodeId
  readonly node: NodeId
  readonly isUp: boolean
}

class Watcher implements Replica<Message> {
  private readonly detector: PhiDetector
  private readonly held: boolean[]

  constructor(
    private readonly context: ReplicaContext<Message>,
    nodes: number,
    private readonly opinions: Opinion[],
  ) {
    this.detector = new PhiDetector(context, detectorOptions.parse({ kind: 'phi' }), nodes)
    this.held = Array<boolean>(nodes).fill(true)
  }

  onStart = () => this.detector.onStart()
  onDurable() {}
  onOverload() {}
  valueOf = () => 0
  onRequest = ({ operation }: Request) => this.context.reply(operation, new Outcome(operation, operation, 0))

  onMessage(from: ProcessId, message: Message) {
    if (message instanceof GossipMessage) this.detector.onMessage(from, message)
    this.watch()
  }

  onTimer() {
    this.detector.onTimer()
    this.watch()
  }

  private watch() {
    for (let node = 0; node < this.held.length; node++) {
      const isUp = this.detector.isUp(node)
      if (isUp === this.held[node]) continue
      this.held[node] = isUp
      this.opinions.push({ at: this.context.clock() / SECOND, observer: this.context.id, node, isUp })
    }
  }
}

interface Given {
  readonly nodes?: number
  readonly faults?: string
  readonly seed?: number
  readonly node?: string
  readonly local?: string
}

function watch({ nodes = 5, faults = '', seed = 1, node = '', local = '1ms' }: Given) {
  const opinions: Opinion[] = []
  const text = `
seeds: [${seed}]
warmup: 0s
duration: 120s
topology: { zones: { a: { nodes: ${nodes} } }, links: { local: ${local} } }
node: { ${node} }
client: { coordinator: nearest, timeout: 30s }
workload: { records: 10, arrivals: constant(1/s), operations: { read: 100% } }
faults: [ ${faults} ]`
  const { probes } = runWith(text, (context) => new Watcher(context, nodes, opinions))
  return { opinions, probes }
}

const from = (opinions: readonly Opinion[], isUp: boolean) => opinions.filter((opinion) => opinion.isUp === isUp)
const sorted = (values: readonly number[]) => [...values].sort((left, right) => left - right)

describe('a node that crashed', () => {
  const SEEDS = [1, 2, 3, 4, 5, 6]
  const runs = SEEDS.map((seed) => watch({ seed, faults: '{ crash: { node: a-1, at: 60s, for: 40s } }' }).opinions)

  it('is convicted by all others, and nobody else is', () => {
    for (const opinions of runs) {
      const convictions = from(opinions, false)
      expect(convictions.map(({ node }) => node)).toEqual([0, 0, 0, 0])
      expect(sorted(convictions.map(({ observer }) => observer))).toEqual([1, 2, 3, 4])
    }
  })

  it('is after 18.4 mean intervals, and at the next round of each', () => {
    const delays = runs.flatMap((opinions) => from(opinions, false).map(({ at }) => at - 60))
    // The newest heartbeat is 0 to 1 s old when it crashes, reaches the last within a few rounds, and the mean interval is one second and a bit,
    // for a heartbeat that is overtaken by the next makes a longer one; then up to a second until the round.
    expect(Math.min(...delays)).toBeGreaterThan(18.4 - 1)
    expect(Math.max(...delays)).toBeLessThan(18.4 * 1.2 + 4)
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length
    expect(mean).toBeGreaterThan(18.4)
    expect(mean).toBeLessThan(18.4 * 1.15 + 1.5)
  })

  it('is trusted again by all within a few rounds of its return', () => {
    for (const opinions of runs) {
      const returns = from(opinions, true)
      expect(sorted(returns.map(({ observer }) => observer))).toEqual([1, 2, 3, 4])
      expect(Math.max(...returns.map(({ at }) => at - 100))).toBeLessThan(6)
    }
  })
})

describe('a node that is only', () => {
  it('paused for half a minute is convicted by all, and convicts nobody when it goes on', () => {
    const { opinions } = watch({ faults: '{ pause: { node: a-1, at: 60s, for: 30s } }' })
    expect(from(opinions, false).map(({ node }) => node)).toEqual([0, 0, 0, 0])
    expect(from(opinions, true).every(({ at }) => at >= 90 && at < 96)).toBe(true)
    expect(from(opinions, true).length).toBe(4)
  })

  it('paused for 20 s is convicted by some, as a crash is noticed after 18 s to 24 s', () => {
    const runs = [1, 2, 3, 4, 5, 6].map((seed) =>
      watch({ seed, faults: '{ pause: { node: a-1, at: 60s, for: 20s } }' }),
    )
    const convictions = runs.flatMap(({ opinions }) => from(opinions, false))
    expect(convictions.every(({ node }) => node === 0)).toBe(true)
    expect(convictions.length).toBeGreaterThan(4)
    expect(convictions.length).toBeLessThan(20)
  })

  it('paused for 10 s is not', () => {
    expect(watch({ faults: '{ pause: { node: a-1, at: 60s, for: 10s } }' }).opinions).toEqual([])
  })

  it('cut off convicts all others, as they convict it', () => {
    const { opinions } = watch({ faults: '{ partition: { isolate: a-1, at: 60s, for: 40s } }' })
    const pairs = from(opinions, false).map(({ observer, node }) => `${observer}>${node}`)
    expect([...pairs].sort()).toEqual(['0>1', '0>2', '0>3', '0>4', '1>0', '2>0', '3>0', '4>0'])
  })

  it('cut off from one other convicts nobody, for the others tell of both', () => {
    const faults = '{ partition: { groups: [[a-1], [a-2]], at: 30s, for: 80s } }'
    expect(watch({ faults }).opinions).toEqual([])
  })

  it('silent, for all that it sends is cut, is convicted, and hears of all others', () => {
    const silent = [2, 3, 4, 5].map((to) => `{ partition: { one-way: { from: a-1, to: a-${to} }, at: 60s, for: 40s } }`)
    const { opinions } = watch({ faults: silent.join(', ') })
    const convictions = from(opinions, false)
    expect(convictions.map(({ node }) => node)).toEqual([0, 0, 0, 0])
    expect(convictions.every(({ observer }) => observer !== 0)).toBe(true)
  })

  it('stepped by an hour is trusted, and trusts all others', () => {
    expect(watch({ faults: '{ clock: { node: a-1, at: 60s, for: 30s, offset: 1h } }' }).opinions).toEqual([])
  })
})

describe('gossip', () => {
  it('does not keep a cell from its end, however long its messages are under way', () => {
    for (const local of ['1ms', '400ms']) {
      const { probes } = watch({ nodes: 10, local })
      expect(probes.phases.end - probes.phases.measuredTo).toBeLessThan(2 * SECOND)
    }
  })

  it('costs an exchange a second of each node, of 16 bytes for each heartbeat', () => {
    const { messages, bytes } = watch({ nodes: 10 }).probes.traffic.background?.['gossip'] ?? { messages: 0, bytes: 0 }
    expect(messages).toBe(2 * 10 * 120)
    // A push carries all ten heartbeats, an answer between none and nine.
    expect(bytes).toBeGreaterThan(1200 * (64 + 160) + 1200 * 64)
    expect(bytes).toBeLessThan(1200 * (64 + 160) + 1200 * (64 + 144))
  })
})
