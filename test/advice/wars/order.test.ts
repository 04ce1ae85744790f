/** Blocks of trials against plain sorting, trial by trial; and that quorums which intersect are never stale, which the tallies take for granted. */
import { describe, expect, it } from 'vitest'
import { BLOCK, Draws, tablesOf } from '../../../src/advice/wars/draws.js'
import { LEGS, legsOf, type WarsLegs } from '../../../src/advice/wars/model.js'
import { Order } from '../../../src/advice/wars/order.js'
import { compile } from '../../../src/distributions/index.js'

const disk = legsOf({ write: 'lnkd-disk', ack: 'lnkd-ssd', read: 'lnkd-ssd', reply: 'lnkd-ssd' })
const coarse = legsOf({ write: '50% 0ms + 50% 3ms', ack: '0ms', read: '50% 0ms + 50% 1ms', reply: '0ms' })

function blockOf(replicas: readonly WarsLegs[]) {
  const draws = new Draws(replicas.length, 5)
  draws.next(tablesOf(replicas, ({ text }) => compile(text, 'time')))
  const order = new Order(replicas.length, replicas.length)
  order.take(draws.columns)
  const trials = Array.from({ length: BLOCK }, (_, i) =>
    replicas.map((__, replica) => {
      const [write, ack, read, reply] = LEGS.map((leg) => draws.columns[leg][replica]?.[i] as number)
      return { write, ack, read, reply } as Record<(typeof LEGS)[number], number>
    }),
  )
  return { order, trials }
}

const at = (columns: readonly Float64Array[], trial: number): number[] =>
  columns.map((column) => column[trial] as number)

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

describe.each([1, 2, 3, 4, 15])('of %d replicas', (n) => {
  it('commits and replies are sorted, and lags are the least of the first to reply', () => {
    const { order, trials } = blockOf(Array.from({ length: n }, () => disk))
    trials.forEach((trial, i) => {
      expect(at(order.commits, i)).toEqual(ascending(trial.map(({ write, ack }) => write + ack)))
      const byReply = [...trial].sort((one, other) => one.read + one.reply - other.read - other.reply)
      expect(at(order.replies, i)).toEqual(byReply.map(({ read, reply }) => read + reply))
      const lags = byReply.map((_, r) => Math.min(...byReply.slice(0, r + 1).map(({ write, read }) => write - read)))
      expect(at(order.lags, i)).toEqual(lags)
    })
  })

  it('none is stale where R + W > N, with equal times everywhere too', () => {
    for (const legs of [disk, coarse]) {
      const { order } = blockOf(Array.from({ length: n }, () => legs))
      for (let i = 0; i < BLOCK; i++) {
        const [commits, lags] = [at(order.commits, i), at(order.lags, i)]
        for (let r = 1; r <= n; r++) {
          for (let w = n + 1 - r; w <= n; w++) {
            expect((lags[r - 1] as number) - (commits[w - 1] as number)).toBeLessThanOrEqual(0)
          }
        }
      }
    }
  })
})
