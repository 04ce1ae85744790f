/** Hinted handoff as transcripts: what is kept, for how long, and in what order, how fast and how often it is handed back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../../src/core/units.js'
import { HAND_BACK, HAND_BACK_ACK } from '../../../src/replication/leaderless/hints/hint-messages.js'
import { HintedWrite } from '../../../src/replication/leaderless/hints/hinted-write.js'
import { WRITE_ACK, WRITE_REFUSED } from '../../../src/replication/leaderless/messages.js'
import { deliverTwice } from '../unreliable.js'
import { Keepers } from './keepers.js'

describe('a hint', () => {
  it('waits until its target is up, is handed back at the next look, and is gone', () => {
    const cluster = new Keepers()
    cluster.hold(0, 1, true)
    expect(cluster.keep(0, 1)).toBe(true)
    cluster.run(25 * SECOND)
    expect(cluster.handedBack()).toEqual([])
    expect(cluster.nodeAt(0).hintsKept).toBe(1)
    cluster.hold(0, 1, false)
    cluster.settle()
    expect(cluster.handedBack()).toEqual(['30000 0>1 0'])
    expect(cluster.holds(1, 1)).toEqual([0])
    expect(cluster.nodeAt(0).hintsKept).toBe(0)
  })

  it('is the newest of its key for whoever reads at the node, whomever it is for', () => {
    const cluster = new Keepers()
    const { hints } = cluster.keeper(0)
    const [older, newer, other] = [cluster.write(7), cluster.write(7), cluster.write(8)]
    for (const write of [newer, older, other]) hints.keep(write === older ? 1 : 2, write)
    expect(hints.versionOf(7)).toBe(newer)
    expect(hints.versionOf(9)).toBeNull()
    cluster.settle()
    expect(hints.versionOf(7)).toBeNull()
  })

  it('outlives a crash of who keeps it, in its order, and goes with the disk', () => {
    const cluster = new Keepers()
    cluster.hold(0, 1, true)
    cluster.keep(0, 1, 3)
    cluster.nodeAt(0).crash()
    cluster.nodeAt(0).start()
    expect(cluster.nodeAt(0).hintsKept).toBe(3)
    cluster.settle()
    expect(cluster.handedBack().map((line) => line.split(' ')[2])).toEqual(['0', '1', '2'])
    cluster.keep(0, 1, 3)
    cluster.nodeAt(0).loseDisk()
    cluster.nodeAt(0).start()
    cluster.settle()
    expect(cluster.nodeAt(0).hintsKept).toBe(0)
    expect(cluster.holds(1, 6)).toEqual([0, 1, 2, null, null, null])
  })
})

describe('handing back', () => {
  it('begins with one hint and goes on when that is acknowledged, at the pace of the throttle', () => {
    // 172 bytes take 100 ms.
    const cluster = new Keepers({ throttle: 1720, every: '1s' })
    cluster.keep(0, 1, 4)
    cluster.settle()
    expect(cluster.handedBack()).toEqual(['1000 0>1 0', '1100 0>1 1', '1200 0>1 2', '1300 0>1 3'])
    // Here they take 1 ms, and the first acknowledgement is 20 ms away.
    const fast = new Keepers({ throttle: 172_000, every: '1s' })
    fast.keep(0, 1, 4)
    fast.settle()
    expect(fast.handedBack()).toEqual(['1000 0>1 0', '1020 0>1 1', '1021 0>1 2', '1022 0>1 3'])
  })

  it('shares a throttle between those who are handed back to', () => {
    const cluster = new Keepers({ throttle: 1720, every: '1s' })
    for (const target of [1, 2, 1, 2]) cluster.keep(0, target)
    cluster.settle()
    expect(cluster.handedBack()).toEqual(['1000 0>1 0', '1100 0>2 1', '1200 0>1 2', '1300 0>2 3'])
  })

  it('sends a node that only seems to be up one hint, again and again, and then all', () => {
    const cluster = new Keepers({ every: '1s' })
    cluster.keep(0, 1, 50)
    cluster.cut(0, 1)
    cluster.run(4500 * MILLISECOND)
    // It looks each second, and gives up on a hint when a whole second has passed without a sign.
    expect(cluster.handedBack()).toEqual(['1000 0>1 0', '3000 0>1 0'])
    expect(cluster.keeper(0).opinion.missedAnswers).toEqual([1])
    cluster.heal()
    cluster.settle()
    expect(cluster.holds(1, 50)).toEqual(Array.from({ length: 50 }, (_, write) => write))
    expect(cluster.nodeAt(0).hintsKept).toBe(0)
  })

  it('has no more than a page under way where acknowledgements fail to come', () => {
    // The first is acknowledged, nothing after it: 524,288 bytes are 3196 writes of 164 and a bit.
    let acknowledged = 0
    const cluster = new Keepers({ throttle: 1_000_000_000, every: '100s' }, 3, {
      delay: (_from, _to, message) => (message.kind === HAND_BACK_ACK && ++acknowledged > 1 ? SECOND * 1000 : 0),
    })
    cluster.keep(0, 1, 5000)
    cluster.run(150 * SECOND)
    expect(cluster.handedBack().length).toBe(1 + 3197)
  })

  it('sends again what was not acknowledged, which changes nothing', () => {
    let lost = 0
    const cluster = new Keepers({ every: '1s' }, 3, {
      delay: (_from, _to, message) => (message.kind === HAND_BACK_ACK && ++lost === 1 ? 1e15 : MILLISECOND),
    })
    cluster.keep(0, 1)
    cluster.run(10 * SECOND)
    expect(cluster.handedBack()).toEqual(['1000 0>1 0', '3000 0>1 0'])
    expect(cluster.holds(1, 1)).toEqual([0])
    expect(cluster.nodeAt(0).hintsKept).toBe(0)
  })

  it('waits for its next look where the target has no room', () => {
    const cluster = new Keepers({ every: '1s' })
    cluster.keep(0, 1, 2)
    cluster.nodeAt(1).overloaded = true
    cluster.run(1500 * MILLISECOND)
    expect(cluster.handedBack()).toEqual(['1000 0>1 0'])
    cluster.nodeAt(1).overloaded = false
    cluster.settle()
    expect(cluster.handedBack()).toEqual(['1000 0>1 0', '2000 0>1 0', '2020 0>1 1'])
    expect(cluster.keeper(0).opinion.missedAnswers).toEqual([])
  })

  it('is work for settling while the target is up, and none while it is down', () => {
    const cluster = new Keepers()
    cluster.keep(0, 1)
    expect(cluster.keeper(0).isIdle()).toBe(false)
    cluster.hold(0, 1, true)
    expect(cluster.keeper(0).isIdle()).toBe(true)
    cluster.hold(0, 1, false)
    cluster.settle()
    expect(cluster.keeper(0).isIdle()).toBe(true)
  })
})

describe('what is dropped', () => {
  it('is for a node that has been down for longer than the window', () => {
    const cluster = new Keepers({ window: '1m' })
    cluster.keeper(0).opinion.down.set(1, 60 * SECOND)
    expect(cluster.keep(0, 1)).toBe(true)
    cluster.keeper(0).opinion.down.set(1, 60 * SECOND + 1)
    expect(cluster.keep(0, 1)).toBe(false)
    expect(cluster.nodeAt(0)).toMatchObject({ hintsKept: 1, hintsDropped: 1 })
  })

  it('or one for which the oldest hint is older than it, whatever the detector says, crashes included', () => {
    const cluster = new Keepers({ window: '1m' })
    cluster.cut(0, 1)
    expect(cluster.keep(0, 1)).toBe(true)
    cluster.run(40 * SECOND)
    cluster.nodeAt(0).crash()
    cluster.nodeAt(0).start()
    cluster.run(20 * SECOND)
    expect(cluster.keep(0, 1)).toBe(true)
    cluster.run(MILLISECOND)
    expect(cluster.keep(0, 1)).toBe(false)
    // Once all was handed back it begins anew.
    cluster.heal()
    cluster.settle()
    expect(cluster.keep(0, 1)).toBe(true)
  })

  it('and the oldest is the oldest of those that are left', () => {
    // A hint of 172 bytes takes 86 s, so the second is still kept long after the first is gone.
    const cluster = new Keepers({ window: '1m', throttle: 2, every: '1s' })
    cluster.hold(0, 1, true)
    cluster.keep(0, 1)
    cluster.run(40 * SECOND)
    cluster.keep(0, 1)
    cluster.hold(0, 1, false)
    cluster.run(60 * SECOND)
    expect(cluster.nodeAt(0).hintsKept).toBe(1)
    expect(cluster.keep(0, 1)).toBe(true)
    cluster.run(MILLISECOND)
    expect(cluster.keep(0, 1)).toBe(false)
  })

  it('or beyond the limit of the node, for all others together', () => {
    const cluster = new Keepers({ limit: 3 })
    expect([1, 2, 1, 2].map((target) => cluster.keep(0, target))).toEqual([true, true, true, false])
    expect(cluster.nodeAt(0)).toMatchObject({ hintsKept: 3, hintsDropped: 1 })
  })
})

describe('a fallback', () => {
  const send = (cluster: Keepers) => {
    const write = cluster.write()
    cluster.nodeAt(0).send(2, new HintedWrite(write, 1))
    cluster.run(100 * MILLISECOND)
    return cluster.keeper(0).answers
  }

  it('acknowledges to the coordinator as the replica would, and hands back to the replica', () => {
    const cluster = new Keepers()
    expect(send(cluster)).toEqual([{ from: 2, kind: WRITE_ACK }])
    expect(cluster.nodeAt(2).workDone).toBe(1)
    cluster.settle()
    expect(cluster.handedBack()).toEqual(['10010 2>1 0'])
    expect(cluster.holds(1, 1)).toEqual([0])
    expect(cluster.holds(2, 1)).toEqual([null])
  })

  it('refuses what it drops, and what its queue has no room for', () => {
    expect(send(new Keepers({ window: '0s', limit: 1 }))).toEqual([{ from: 2, kind: WRITE_ACK }])
    const full = new Keepers({ limit: 1 })
    full.keep(2, 0)
    expect(send(full)).toEqual([{ from: 2, kind: WRITE_REFUSED }])
    const busy = new Keepers()
    busy.nodeAt(2).overloaded = true
    expect(send(busy)).toEqual([{ from: 2, kind: WRITE_REFUSED }])
  })
})

describe('whatever crashes, is cut and comes twice', () => {
  it('every hint reaches its target in the end, and none is left', () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('keep' as const), node: fc.nat(2), other: fc.nat(1) }),
      fc.record({ act: fc.constant('crash' as const), node: fc.nat(2), other: fc.nat(1) }),
      fc.record({ act: fc.constant('cut' as const), node: fc.nat(2), other: fc.nat(1) }),
      fc.record({ act: fc.constant('wait' as const), node: fc.nat(2), other: fc.nat(1) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const cluster = new Keepers({ every: '50ms', throttle: 17_200 })
        deliverTwice(cluster)
        const due: { readonly target: number; readonly key: number }[] = []
        for (const { act, node, other } of steps) {
          const target = (node + 1 + other) % 3
          if (act === 'keep') {
            cluster.keep(node, target)
            due.push({ target, key: due.length })
          } else if (act === 'crash') {
            cluster.nodeAt(node).crash()
            cluster.nodeAt(node).start()
          } else if (act === 'cut') cluster.cut(node, target)
          else cluster.run(35 * MILLISECOND)
        }
        cluster.heal()
        cluster.settle()
        for (const { target, key } of due) expect(cluster.holds(target, key + 1)[key]).toBe(key)
        for (const { hintsKept } of cluster.nodes) expect(hintsKept).toBe(0)
        expect(cluster.sent.every(({ message }) => message.kind !== HAND_BACK || message.bytes === 172)).toBe(true)
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})
