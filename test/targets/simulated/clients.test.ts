/**
 * The life of an operation, against a node that answers by a script, 1 ms away: attempts, time-outs, back-off, budget and outcome. Most cells
 * hold one client that asks once.
 */
import { describe, expect, test } from 'vitest'
import { CONFLICT, OK, OVERLOADED, UNAVAILABLE, UNKNOWN } from '../../../src/history/outcomes.js'
import type { Request } from '../../../src/replication/replica.js'
import { type Answer, answered, refused, runScripted, type ScriptedRun } from './scripted.js'

interface Settings {
  readonly client?: string
  readonly arrivals?: string
  readonly faults?: string
}

/** Times out after 100 ms, retries three times, backs off 10 ms; `client` overrides. */
function workload({ client = '', arrivals = 'closed(1 think 10s)', faults = '[]' }: Settings): string {
  const options = { timeout: '100ms', retries: '3', backoff: '10ms', jitter: '0%', budget: '100%' }
  const overrides = Object.fromEntries(client.split(',').map((option) => option.split(':').map((part) => part.trim())))
  const all = Object.entries({ ...options, ...overrides }).filter(([name]) => name !== '')
  return `
seeds: [1]
warmup: 0s
duration: 1s
topology: { zones: { a: { nodes: 1, clients: 100% } }, links: { local: 1ms } }
client: { ${all.map(([name, value]) => `${name}: ${value}`).join(', ')} }
workload: { operations: { update: 100% }, arrivals: ${arrivals} }
faults: ${faults}`
}

/** What the node answers to attempt 0, 1, 2 …; it is silent to those after. */
function run(settings: Settings, ...answers: readonly (readonly Answer[])[]): ScriptedRun {
  return runScripted(workload(settings), ({ attempt }: Request) => answers[attempt] ?? [])
}

const timesAsked = ({ asked }: ScriptedRun): readonly number[] => asked.map(({ at }) => at)

/** Outcome, attempts and latency in milliseconds of the first operation. */
function firstOf({ rows }: ScriptedRun): readonly [number, number, number] {
  const [first] = rows
  if (first === undefined) throw new Error('There was no operation.')
  return [first.outcome, first.attempts, first.completed - first.intended]
}

describe('an operation', () => {
  test('is one, from intended start to final outcome, however often it is tried', () => {
    const tried = run({}, [refused()], [refused()], [answered(3)])
    expect(tried.rows.length).toBe(1)
    expect(tried.rows[0]?.intended).toBe(0)
    expect(firstOf(tried)).toEqual([OK, 3, 2 + 10 + 2 + 20 + 5])
    expect(tried.asked.map(({ operation, attempt }) => [operation, attempt])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ])
    const turns = tried.asked.map(({ turn }) => turn)
    expect(turns.map((turn) => turn - (turns[0] as number))).toEqual([0, 1, 2])
  })

  test('backs off twice as long before each retry, and ends with the last refusal', () => {
    const tried = run({}, [refused()], [refused()], [refused()], [refused()])
    expect(timesAsked(tried)).toEqual([1, 13, 35, 77])
    expect(firstOf(tried)).toEqual([UNAVAILABLE, 4, 78])
  })

  test('ends with the first refusal where there are no retries, as what it was refused for', () => {
    expect(firstOf(run({ client: 'retries: 0' }, [refused()]))).toEqual([UNAVAILABLE, 1, 2])
    const overloaded: Answer = { after: 0, refusal: { reason: 'overloaded', applied: 'no' } }
    expect(firstOf(run({ client: 'retries: 0' }, [overloaded]))).toEqual([OVERLOADED, 1, 2])
  })

  test('is unknown once nobody has answered in time', () => {
    expect(firstOf(run({ client: 'retries: 0' }))).toEqual([UNKNOWN, 1, 100])
    const tried = run({ client: 'retries: 1' })
    expect(timesAsked(tried)).toEqual([1, 111])
    expect(firstOf(tried)).toEqual([UNKNOWN, 2, 210])
  })

  test('that was timed out, or may have been applied, is unknown although it is refused for certain later', () => {
    expect(firstOf(run({ client: 'retries: 1' }, [], [refused()]))).toEqual([UNKNOWN, 2, 112])
    expect(firstOf(run({ client: 'retries: 1' }, [refused(0, 'unknown')], [refused()]))).toEqual([UNKNOWN, 2, 14])
    expect(firstOf(run({ client: 'retries: 1' }, [refused()], [refused()]))).toEqual([UNAVAILABLE, 2, 14])
  })

  test('that is refused once more while it backs off fails only once', () => {
    const tried = run({ client: 'retries: 1' }, [refused(), refused(2)], [answered()])
    expect(timesAsked(tried)).toEqual([1, 13])
    expect(firstOf(tried)).toEqual([OK, 2, 14])
  })

  test('is unknown if a refusal while it backs off says that it may have been applied', () => {
    const tried = run({ client: 'retries: 1' }, [refused(), refused(2, 'unknown')], [refused()])
    expect(firstOf(tried)).toEqual([UNKNOWN, 2, 14])
  })

  test('ends with the late answer to an earlier attempt', () => {
    expect(firstOf(run({}, [answered(150)], []))).toEqual([OK, 2, 152])
  })

  test('is not moved by the late refusal of an earlier attempt', () => {
    // Refused at 152 ms, while the second attempt, begun at 110 ms, has its answer at 182 ms.
    expect(firstOf(run({}, [refused(150)], [answered(70)]))).toEqual([OK, 2, 182])
    expect(firstOf(run({ client: 'retries: 1' }, [refused(150)], [refused(70)]))).toEqual([UNKNOWN, 2, 182])
  })

  test('is unknown if a late refusal of an earlier attempt says that it may have been applied', () => {
    const doubtful = [refused(), refused(40, 'unknown')]
    expect(firstOf(run({ client: 'retries: 1' }, doubtful, [refused(50)]))).toEqual([UNKNOWN, 2, 64])
    expect(firstOf(run({ client: 'retries: 1' }, doubtful, [refused(20)]))).toEqual([UNAVAILABLE, 2, 34])
  })

  test('is not tried again after a conflict', () => {
    const conflict: Answer = { after: 0, refusal: { reason: 'conflict', applied: 'no' } }
    expect(firstOf(run({}, [conflict], [answered()]))).toEqual([CONFLICT, 1, 2])
    expect(firstOf(run({}, [refused()], [conflict], [answered()]))).toEqual([CONFLICT, 2, 14])
  })

  test('that is answered while it backs off is not tried again', () => {
    const tried = run({}, [answered(103)], [answered()])
    expect(firstOf(tried)).toEqual([OK, 1, 105])
    expect(timesAsked(tried)).toEqual([1])
  })

  test('is refused for certain although the one before, of the same client, is unknown', () => {
    const silentFirst = ({ operation }: Request) => (operation === 0 ? [] : [refused()])
    const { rows } = runScripted(workload({ client: 'retries: 0', arrivals: 'closed(1 think 0ms)' }), silentFirst)
    expect(rows.slice(0, 2).map(({ outcome }) => outcome)).toEqual([UNKNOWN, UNAVAILABLE])
  })

  test('is not moved by the time-out of the one before', () => {
    // The first would have been given up at 100 ms; the second begins at 2 ms and has its answer at 101 ms.
    const slowSecond = ({ operation }: Request) => [answered(operation === 1 ? 97 : 0)]
    const { rows } = runScripted(workload({ client: 'retries: 0', arrivals: 'closed(1 think 0ms)' }), slowSecond)
    expect(rows.slice(0, 2).map(({ intended, completed, outcome }) => [intended, completed, outcome])).toEqual([
      [0, 2, OK],
      [2, 101, OK],
    ])
  })
})

describe('a node that is down', () => {
  const faults = '[ { crash: { node: a-1, at: 0s, for: 12ms } } ]'

  test('makes an operation unavailable after a round trip', () => {
    expect(firstOf(run({ client: 'retries: 0', faults }, [answered()]))).toEqual([UNAVAILABLE, 1, 2])
  })

  test('is tried again, and answers when it is back', () => {
    expect(firstOf(run({ faults }, [answered()], [answered()]))).toEqual([OK, 2, 14])
  })
})

describe('jitter', () => {
  const backOffs = (jitter: string): readonly number[] =>
    run({ client: `jitter: ${jitter}, retries: 1`, arrivals: 'closed(200 think 10s)' }, [refused()], [answered()])
      .asked.filter(({ attempt }) => attempt === 1)
      .map(({ at }) => at - 3)

  test('shortens the back-off by a share drawn evenly up to its own', () => {
    const waits = [...backOffs('50%')].sort((left, right) => left - right)
    expect(waits.length).toBe(200)
    expect(waits[0]).toBeGreaterThanOrEqual(5)
    expect(waits[199]).toBeLessThanOrEqual(10)
    // Even between 5 and 10 ms: the largest distance from that is beyond 1.95 / sqrt(200) in one of 1000 samples.
    const distances = waits.map((wait, i) => Math.abs((wait - 5) / 5 - (i + 0.5) / 200))
    expect(Math.max(...distances)).toBeLessThan(1.95 / Math.sqrt(200))
  })

  test('of 0% leaves it as it is', () => {
    expect(new Set(backOffs('0%'))).toEqual(new Set([10]))
  })
})

describe('a retry over datagrams', () => {
  test('has luck of its own, there and back', () => {
    const text = workload({ client: 'retries: 20, backoff: 1ms', arrivals: 'closed(300 think 10s)' })
    const lossy = text.replace('local: 1ms', 'local: { delay: 1ms, loss: 40%, transport: datagram }')
    const { rows, asked } = runScripted(lossy, () => [answered()])
    // Both ways get through in 36% of attempts. 300 * 0.64^21 operations, 0.03, meet nothing but bad luck.
    expect(rows.map(({ outcome }) => outcome)).toEqual(Array(300).fill(OK))
    // Attempts are geometric: a mean of 1 / 0.36 and a variance of 0.64 / 0.36^2; four standard errors.
    const attempts = rows.reduce((sum, row) => sum + row.attempts, 0) / 300
    expect(Math.abs(attempts - 1 / 0.36)).toBeLessThan(4 * Math.sqrt(0.64 / 0.36 ** 2 / 300))
    expect(asked.length).toBeLessThan(300 * attempts)
  })
})

describe('the budget', () => {
  const retriesOf = (budget: string): number => {
    const settings = { client: `budget: ${budget}, jitter: 50%`, arrivals: 'closed(100 think 10s)' }
    return run(settings, [refused()], [refused()], [refused()], [refused()]).asked.length - 100
  }

  test('bounds retries to a share of all requests', () => {
    expect(retriesOf('0%')).toBe(0)
    // 100 operations allow 10 retries, and every ten requests more another.
    for (const [budget, share] of [
      ['10%', 0.1],
      ['25%', 0.25],
    ] as const) {
      const retries = retriesOf(budget)
      expect(retries).toBeGreaterThanOrEqual(100 * share)
      expect(retries).toBeLessThan(share * (100 + retries) + 1)
    }
    expect(retriesOf('100%')).toBe(300)
  })

  test('is not shared between zones', () => {
    const retriesIn = (zones: string): number => {
      const text = workload({ client: 'budget: 10%, retries: 1', arrivals: 'closed(100 think 10s)' })
      const place = text.replace(
        'zones: { a: { nodes: 1, clients: 100% } }, links: {',
        `zones: { ${zones} }, links: { a--b: 1ms,`,
      )
      return runScripted(place, () => [refused()]).asked.length - 100
    }
    // 90 attempts earn 9 retries in one zone and 10 attempts earn one in the other; 95 and 5 earn 9 and none.
    expect(retriesIn('a: { nodes: 1, clients: 90% }, b: { nodes: 0, clients: 10% }')).toBe(10)
    expect(retriesIn('a: { nodes: 1, clients: 95% }, b: { nodes: 0, clients: 5% }')).toBe(9)
    expect(retriesIn('a: { nodes: 1, clients: 100% }, b: { nodes: 0, clients: 0% }')).toBe(10)
  })
})
