/**
 * The Monte Carlo against what is known of its model: an independent Monte Carlo of 24 to 104 million trials (reference/staleness.md, section 1.7), the exact
 * form for exponential writes (section 1.3), and the exact values of Cassandra's own unit test. Each point is a share of n independent
 * trials with standard error sqrt(p (1 - p) / n); tolerance 4 standard errors and half a unit of the printed digits.
 */
import { describe, expect, it } from 'vitest'
import { alike, fromOnePlace, legsOf, onePerZone, type WarsModel } from '../../../src/advice/wars/model.js'
import { predict, type QuorumPrediction, type WarsRequest } from '../../../src/advice/wars/wars.js'
import { MILLISECOND } from '../../../src/core/units.js'

const TRIALS = 200_000
const LAST_DIGIT = 5e-6

const disk = legsOf({ write: 'lnkd-disk', ack: 'lnkd-ssd', read: 'lnkd-ssd', reply: 'lnkd-ssd' })
const ssd = legsOf({ write: 'lnkd-ssd', ack: 'lnkd-ssd', read: 'lnkd-ssd', reply: 'lnkd-ssd' })
const later = legsOf({ write: '1ms + exponential(1ms)', ack: 'lnkd-ssd', read: '0.2ms', reply: '0.2ms' })
const free = legsOf({ write: '0ms', ack: '0ms', read: '0ms', reply: '0ms' })

function run(model: WarsModel, quorum: string, milliseconds: readonly number[], more: Partial<WarsRequest> = {}) {
  return all(model, [quorum], milliseconds, more)[0] as QuorumPrediction
}

function all(
  model: WarsModel,
  quorums: readonly string[],
  milliseconds: readonly number[],
  more: Partial<WarsRequest>,
) {
  return predict({
    model,
    quorums: quorums.map((quorum) => ({ r: Number(quorum[0]), w: Number(quorum[2]) })),
    trials: TRIALS,
    seed: 1,
    at: milliseconds.map((t) => t * MILLISECOND),
    versions: [1, 2, 5],
    writesPerRead: 1,
    ...more,
  }).quorums
}

function expectShare(told: string, share: number, truth: number, n = TRIALS): void {
  const standardError = Math.sqrt((truth * (1 - truth)) / n)
  const tolerance = 4 * standardError + LAST_DIGIT
  expect(Math.abs(share - truth), `${told}: ${share}, expected ${truth}`).toBeLessThanOrEqual(tolerance)
}

describe('P(consistent) of the published fits', () => {
  // Thirty points at 0, 1, 5, 10 and 50 ms, of which seven have no chance to fail.
  it.each([
    ['lnkd-disk', disk, '1,1', [0.43673, 0.58356, 0.81812, 0.92627, 0.99892]],
    ['lnkd-disk', disk, '2,1', [0.7628, 0.86982, 0.97491, 0.99585, 0.999999]],
    ['lnkd-disk', disk, '1,2', [0.7129, 0.77248, 0.89428, 0.95622, 0.99905]],
    ['lnkd-ssd', ssd, '1,1', [0.9736, 0.99501, 0.999994, 1, 1]],
    ['lnkd-ssd', ssd, '2,1', [0.99942, 0.99998, 1, 1, 1]],
    ['lnkd-ssd', ssd, '1,2', [0.97828, 0.99587, 0.999995, 1, 1]],
  ] as const)('%s is that of 50 million trials', (name, legs, quorum, truths) => {
    const { consistent } = run(alike(3, legs), quorum, [0, 1, 5, 10, 50])
    consistent.forEach(({ t, p, n }, i) => {
      expect(n).toBe(TRIALS)
      expectShare(`${name} ${quorum} at ${t} ns`, p, truths[i] as number)
    })
  })
})

describe('exact values', () => {
  // F1 of the reference: C(N-W, R) / C(N, R) e^(-R l (t + a + d)); n, r, w, rate a millisecond, ack, read, t.
  it.each([
    [3, '1,1', 0.2, 1, 2, 4, 0.164398],
    [5, '2,2', 0.2, 1, 2, 1, 0.060569],
    [5, '3,2', 0.1, 0, 1, 2, 0.040657],
  ] as const)('of exponential writes to %d replicas with %s', (n, quorum, rate, ack, read, t, stale) => {
    const legs = legsOf({
      write: `exponential(${1 / rate}ms)`,
      ack: `${ack}ms`,
      read: `${read}ms`,
      reply: 'lognormal(1ms 1)',
    })
    expectShare(quorum, 1 - (run(alike(n, legs), quorum, [t]).consistent[0]?.p as number), stale)
  })

  it('of writes that take 0 or 10 ms, as in the unit test of Cassandra', () => {
    const model = alike(2, legsOf({ write: '50% 0ms + 50% 10ms', ack: '0ms', read: '0ms', reply: '0ms' }))
    const { consistent, kStaleness, monotonicReads, visibility } = run(model, '1,1', [0, 9.999999, 10])
    expectShare('at 0', consistent[0]?.p as number, 0.75)
    expectShare('just before 10 ms', consistent[1]?.p as number, 0.75)
    expect(consistent[2]?.p).toBe(1)
    // p^k of a share with a standard error of 0.00097: slopes 2 * 0.25 and 5 * 0.25^4.
    expect(kStaleness[1]?.p).toBeCloseTo(0.9375, 2)
    expect(kStaleness[2]?.p).toBeCloseTo(0.99902, 3)
    expect(monotonicReads.p).toBe(kStaleness[1]?.p)
    expect(visibility.quantile(0.7).value).toBe(0)
    expect(visibility.p99.value).toBe(10 * MILLISECOND)
  })

  it('of replicas that differ and reply at the same moment: each is as often the first', () => {
    const slow = legsOf({ write: '10ms', ack: '0ms', read: '0ms', reply: '0ms' })
    const { consistent, read } = run(fromOnePlace([free, slow]), '1,1', [0, 10])
    expectShare('at 0', consistent[0]?.p as number, 0.5)
    expect(consistent[1]?.p).toBe(1)
    expect(read.p99.value).toBe(0)
  })

  it('of one fast replica among slow ones, which R = W = 1 always meets', () => {
    const slow = legsOf({ write: '10ms', ack: '1ms', read: '20ms', reply: '0ms' })
    const model = fromOnePlace([slow, slow, slow, free, slow])
    const [one, two] = all(model, ['1,1', '2,2'], [0], {}) as [QuorumPrediction, QuorumPrediction]
    expect([one.consistent[0]?.p, one.read.p50.value, one.write.p50.value]).toEqual([1, 0, 0])
    expect([two.read.p50.value, two.write.p50.value]).toEqual([20 * MILLISECOND, 11 * MILLISECOND])
  })
})

describe('zones', () => {
  it('75 ms apart give what the paper and an independent Monte Carlo give', () => {
    const model = onePerZone([disk, disk, disk], 75 * MILLISECOND)
    const [both, write] = all(model, ['1,1', '1,2'], [0], {}) as [QuorumPrediction, QuorumPrediction]
    // Known to four digits and two.
    expect(Math.abs((both.consistent[0]?.p as number) - 0.3337)).toBeLessThan(4 * 0.00106 + 5e-5)
    expect(Math.abs(1 - (write.consistent[0]?.p as number) - 4.4e-4)).toBeLessThan(4 * 4.7e-5 + 5e-6)
  })

  it('draw the zones of write and read independently', () => {
    const { consistent, read, write } = run(onePerZone([free, free], 75 * MILLISECOND), '1,1', [0, 74.999, 75], {
      trials: 4_000,
    })
    // Where the two differ the reader's own replica gets the write after 75 ms.
    expect(consistent.map(({ p }) => p)).toEqual([0.5, 0.5, 1])
    expect([read.p99.value, write.p99.value]).toEqual([0, 0])
  })
})

describe('quorums', () => {
  const QUORUMS = [1, 2, 3, 4].flatMap((r) => [1, 2, 3, 4].map((w) => `${r},${w}`))

  it.each([
    ['three', alike(3, disk), QUORUMS.filter((quorum) => !quorum.includes('4'))],
    ['four', alike(4, disk), QUORUMS],
    ['four that differ', fromOnePlace([disk, ssd, later, disk]), QUORUMS],
  ] as const)('of %s: with R + W > N no read is stale, and larger ones are slower and fresher', (_, model, quorums) => {
    const n = Math.sqrt(quorums.length)
    const found = all(model, quorums, [0, 1], { trials: 20_000 })
    const at = (r: number, w: number) => found.find((one) => one.r === r && one.w === w)
    for (const one of found) {
      if (one.r + one.w > n)
        expect(one.consistent).toEqual([0, MILLISECOND].map((t) => ({ t, p: 1, low: 1, high: 1, n: 20_000 })))
      else expect(one.consistent[0]?.p).toBeLessThan(1)
      const more = at(one.r + 1, one.w)
      if (more === undefined) continue
      expect(more.read.p50.value).toBeGreaterThanOrEqual(one.read.p50.value as number)
      expect(more.consistent[0]?.p).toBeGreaterThanOrEqual(one.consistent[0]?.p as number)
      expect(more.write).toEqual(one.write)
    }
  })

  it('give the same whatever others are asked for beside them, and the same again', () => {
    const alone = run(alike(3, disk), '2,1', [0, 5], { trials: 10_000 })
    const [, among] = all(alike(3, disk), ['1,1', '2,1', '3,3'], [0, 5], { trials: 10_000 })
    expect(JSON.stringify(among)).toBe(JSON.stringify(alone))
    const other = run(alike(3, disk), '2,1', [0, 5], { trials: 10_000, seed: 2 })
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(alone))
  })

  it('have no percentile that fewer than ten trials exceed', () => {
    const { read } = run(alike(3, disk), '1,1', [0], { trials: 9_999 })
    expect(read.p99.value).toBeGreaterThan(0)
    expect(read.p999).toEqual({ value: null, low: null, high: null })
  })
})
