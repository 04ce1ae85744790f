/**
 * Failure detectors by themselves: the suspicion of intervals with known answers, time that no step of the clock moves, what a missed answer
 * means, and how fast heartbeats spread in rounds of gossip.
 */
import { describe, expect, it } from 'vitest'
import type { NodeId } from '../../../src/core/ids.js'
import { RandomStream } from '../../../src/core/random.js'
import { MILLISECOND, SECOND } from '../../../src/core/units.js'
import { Disk } from '../../../src/replication/disk.js'
import { ArrivalWindow } from '../../../src/replication/leaderless/failure-detection/arrival-window.js'
import { GossipMessage, PULL, PUSH } from '../../../src/replication/leaderless/failure-detection/gossip-messages.js'
import { Heartbeats } from '../../../src/replication/leaderless/failure-detection/heartbeats.js'
import { LocalTime } from '../../../src/replication/leaderless/failure-detection/local-time.js'
import { detectorOptions } from '../../../src/replication/leaderless/failure-detection/options.js'
import { PhiDetector } from '../../../src/replication/leaderless/failure-detection/phi-detector.js'
import { TimeoutDetector } from '../../../src/replication/leaderless/failure-detection/timeout-detector.js'
import type { Message, ReplicaContext } from '../../../src/replication/replica.js'

describe('phi', () => {
  /** After `count` intervals of so many nanoseconds, the first of which was assumed to be 2 s. */
  const windowAfter = (count: number, interval: number) => {
    const window = new ArrivalWindow(0, 2 * SECOND)
    for (let i = 1; i <= count; i++) window.report(i * interval)
    return window
  }

  it('is the negative decimal logarithm of the probability of such a silence, were intervals exponential', () => {
    const window = windowAfter(2000, SECOND)
    const last = 2000 * SECOND
    expect(window.phi(last)).toBe(0)
    // P(silence > t) = exp(-t / mean): one tenth after ln 10 = 2.302585 means.
    expect(window.phi(last + 2_302_585_093)).toBeCloseTo(1, 9)
    expect(window.phi(last + SECOND)).toBeCloseTo(Math.LOG10E, 9)
  })

  it('exceeds 8 after 18.42 mean intervals', () => {
    for (const interval of [100 * MILLISECOND, SECOND]) {
      const window = windowAfter(2000, interval)
      const last = 2000 * interval
      expect(window.phi(last + 18.42 * interval)).toBeLessThan(8)
      expect(window.phi(last + 18.43 * interval)).toBeGreaterThan(8)
    }
  })

  it('trusts at first, for the first interval is assumed to be long', () => {
    const window = windowAfter(0, SECOND)
    expect(window.phi(36 * SECOND)).toBeLessThan(8)
    expect(window.phi(37 * SECOND)).toBeGreaterThan(8)
    // The mean of 2 s and three times 1 s is 1.25 s.
    expect(windowAfter(3, SECOND).phi(3 * SECOND + 1.25 * SECOND)).toBeCloseTo(Math.LOG10E, 9)
  })

  it('forgets all but the latest 1000 intervals', () => {
    const window = windowAfter(500, SECOND)
    const last = 500 * SECOND
    for (let i = 1; i <= 1000; i++) window.report(last + i * 500 * MILLISECOND)
    expect(window.phi(last + 1000 * 500 * MILLISECOND + 500 * MILLISECOND)).toBeCloseTo(Math.LOG10E, 9)
  })

  it('does not take in an absence', () => {
    const window = windowAfter(2000, SECOND)
    window.report(2100 * SECOND)
    expect(window.phi(2101 * SECOND)).toBeCloseTo(Math.LOG10E, 9)
  })
})

describe('local time', () => {
  it('goes on by timers, and by the clock inside of a period', () => {
    let clock = 7 * SECOND
    const time = new LocalTime({ clock: () => clock }, SECOND)
    expect(time.now).toBe(0)
    clock += 400 * MILLISECOND
    expect(time.now).toBe(400 * MILLISECOND)
    clock += 600 * MILLISECOND
    time.advance(SECOND)
    expect(time.now).toBe(SECOND)
    // A step, either way, is worth a period at most, until the next timer.
    clock += 3600 * SECOND
    expect(time.now).toBe(2 * SECOND)
    clock -= 7200 * SECOND
    expect(time.now).toBe(SECOND)
    clock += SECOND
    time.advance(SECOND)
    expect(time.now).toBe(2 * SECOND)
  })
})

describe('heartbeats', () => {
  it('are news if their generation is newer, or their version in the same', () => {
    const known = new Heartbeats(3)
    expect(known.isNews({ node: 1, generation: 5, version: 5 })).toBe(true)
    known.put({ node: 1, generation: 5, version: 5 })
    expect(known.isNews({ node: 1, generation: 5, version: 5 })).toBe(false)
    expect(known.isNews({ node: 1, generation: 5, version: 6 })).toBe(true)
    expect(known.isNews({ node: 1, generation: 4, version: 9 })).toBe(false)
    expect(known.isNews({ node: 1, generation: 6, version: 0 })).toBe(true)
    known.put({ node: 2, generation: 1, version: 1 })
    expect(known.newerThan([{ node: 1, generation: 5, version: 4 }])).toEqual(known.all())
    expect(known.newerThan(known.all())).toEqual([])
  })

  it('weigh 16 bytes each beside the header', () => {
    expect(new GossipMessage(PUSH, [{ node: 1, generation: 5, version: 5 }]).bytes).toBe(64 + 16)
  })
})

/** Hosts detectors: their clock, timers and messages are the test's. */
class Host {
  now = 0
  readonly sent: { readonly to: NodeId; readonly message: Message }[] = []
  readonly timers = new Map<number, { readonly argument: number; readonly at: number }>()
  private timerCount = 0

  constructor(
    readonly id: NodeId,
    readonly random: RandomStream,
    readonly disk = new Disk(),
  ) {}

  clock = () => this.now
  sync = () => {}
  sendPeriodic = (_purpose: string, to: NodeId, message: Message) => this.sent.push({ to, message })
  cancelTimer = (timer: number) => this.timers.delete(timer)
  setTimer(_kind: number, argument: number, after: number) {
    this.timers.set(++this.timerCount, { argument, at: this.now + after })
    return this.timerCount
  }

  get context(): ReplicaContext<Message> {
    return this as unknown as ReplicaContext<Message>
  }
}

const host = (id = 0, seed = 1) => new Host(id, RandomStream.ofSeed(seed).fork(`node ${id}`))

describe('the detector by timeouts', () => {
  const start = () => {
    const there = host()
    const detector = new TimeoutDetector(there.context, detectorOptions.parse({ retry: '1s' }), 3)
    const run = (to: number) => {
      for (const [timer, { argument, at }] of [...there.timers]) {
        if (at > to) continue
        there.now = at
        there.timers.delete(timer)
        detector.onTimer(0, argument)
      }
      there.now = to
    }
    return { there, detector, run }
  }

  it('holds a node for down from a missed answer on until it is tried again', () => {
    const { detector, run } = start()
    detector.missed(1)
    expect([0, 1, 2].map((node) => detector.isUp(node))).toEqual([true, false, true])
    run(999 * MILLISECOND)
    expect(detector.isUp(1)).toBe(false)
    run(SECOND)
    expect(detector.isUp(1)).toBe(true)
  })

  it('or until it is heard', () => {
    const { there, detector, run } = start()
    detector.missed(1)
    run(500 * MILLISECOND)
    detector.heard(1)
    expect(detector.isUp(1)).toBe(true)
    expect(detector.downFor(1)).toBe(0)
    expect(there.timers.size).toBe(0)
    detector.missed(1)
    run(1200 * MILLISECOND)
    expect(detector.isUp(1)).toBe(false)
  })

  it('counts how long it has been down from the first answer that it missed', () => {
    const { detector, run } = start()
    expect(detector.downFor(1)).toBe(0)
    detector.missed(1)
    for (const second of [1, 2, 3]) {
      run(second * SECOND)
      expect(detector.isUp(1)).toBe(true)
      expect(detector.downFor(1)).toBe(second * SECOND)
      detector.missed(1)
    }
    run(3500 * MILLISECOND)
    detector.missed(1)
    run(4400 * MILLISECOND)
    expect(detector.isUp(1)).toBe(false)
    run(4500 * MILLISECOND)
    expect(detector.isUp(1)).toBe(true)
  })

  it('takes no notice of clients', () => {
    const { there, detector } = start()
    detector.heard(77)
    expect(there.timers.size).toBe(0)
  })
})

describe('the detector by gossip', () => {
  const OPTIONS = detectorOptions.parse({ kind: 'phi', gossip: '1s' })

  it('names each life by a newer generation, whatever its clock says', () => {
    const { disk } = host()
    const generations = [5 * SECOND, 3 * SECOND, 9 * SECOND].map((clock) => {
      const there = new Host(0, RandomStream.ofSeed(1), disk)
      there.now = clock
      const detector = new PhiDetector(there.context, OPTIONS, 2)
      detector.onStart()
      detector.onTimer()
      const push = there.sent[0]?.message as GossipMessage
      return push.heartbeats[0]?.generation
    })
    expect(generations).toEqual([5 * SECOND, 5 * SECOND + 1, 9 * SECOND])
  })

  it('holds nobody for down after a step of its clock', () => {
    const there = host()
    const detector = new PhiDetector(there.context, OPTIONS, 2)
    detector.onStart()
    for (let version = 1; version <= 30; version++) {
      there.now += SECOND
      detector.onMessage(1, new GossipMessage(PULL, [{ node: 1, generation: 1, version }]))
      detector.onTimer()
    }
    there.now += 3600 * SECOND
    detector.onTimer()
    expect(detector.isUp(1)).toBe(true)
    for (let silent = 0; silent < 22; silent++) {
      there.now += SECOND
      detector.onTimer()
    }
    expect(detector.isUp(1)).toBe(false)
    detector.onMessage(1, new GossipMessage(PULL, [{ node: 1, generation: 1, version: 31 }]))
    expect(detector.isUp(1)).toBe(true)
    expect(detector.downFor(1)).toBe(0)
  })

  /**
   * Rounds in which all nodes gossip at the same time with what they knew when the round began, until all have heard a heartbeat: an answer
   * tells of it what its sender knew then.
   */
  function roundsToAll(nodes: number, trials: number, seed: number): readonly number[] {
    const hosts = Array.from({ length: nodes }, (_, id) => host(id, seed))
    const detectors = hosts.map((there) => new PhiDetector(there.context, OPTIONS, nodes))
    for (const detector of detectors) detector.onStart()
    const known = Array.from({ length: nodes }, () => -1)
    // Each beats once when it starts.
    let version = 0
    const versionIn = ({ heartbeats }: GossipMessage) => heartbeats.find(({ node }) => node === 0)?.version ?? -1
    const learn = (node: NodeId, message: GossipMessage) => {
      known[node] = Math.max(known[node] as number, versionIn(message))
    }
    const takeSent = (node: NodeId) => hosts[node]?.sent.splice(0) ?? []
    const round = () => {
      const before = [...known]
      for (const [node, detector] of detectors.entries()) {
        ;(hosts[node] as Host).now += SECOND
        detector.onTimer()
      }
      version++
      before[0] = version
      known[0] = version
      const pushes = hosts.map((_, node) => takeSent(node))
      for (const [from, sent] of pushes.entries()) {
        for (const { to, message } of sent) {
          detectors[to]?.onMessage(from, message)
          learn(to, message as GossipMessage)
          for (const answer of takeSent(to)) {
            const pull = answer.message as GossipMessage
            const knew = before[to] as number
            const old = pull.heartbeats.map((beat) =>
              beat.node === 0 && beat.version > knew ? { ...beat, version: knew } : beat,
            )
            const reduced = new GossipMessage(PULL, old)
            detectors[from]?.onMessage(to, reduced)
            learn(from, reduced)
          }
        }
      }
    }
    return Array.from({ length: trials }, () => {
      round()
      const followed = version
      let rounds = 1
      for (; known.some((heard) => heard < followed); rounds++) round()
      // What is on its way beside it shall not help the next.
      for (let i = 0; i < 3; i++) round()
      return rounds
    })
  }

  // What each set of nodes that have heard becomes in a round, by itself, in 200,000 and in 50,000 trials; standard errors are below 0.003.
  for (const [nodes, expected, trials] of [
    [8, 3.12, 3000],
    [32, 5.1, 600],
  ] as const) {
    it(`spreads a heartbeat to ${nodes} nodes in ${expected} rounds of push-pull`, () => {
      const rounds = roundsToAll(nodes, trials, 5)
      const mean = rounds.reduce((sum, count) => sum + count, 0) / trials
      const variance = rounds.reduce((sum, count) => sum + (count - mean) * (count - mean), 0) / (trials - 1)
      // The expected value is rounded to 0.005.
      const tolerance = 4 * Math.sqrt(variance / trials) + 0.005
      expect(Math.abs(mean - expected)).toBeLessThan(tolerance)
      expect(tolerance).toBeLessThan(0.12)
    })
  }
})
