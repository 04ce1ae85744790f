/**
 * A node between the network and its replica: service per kind of work, what passes by the station, overload, what a crash takes with it, and
 * timers on a clock that drifts. Clients are 1 ms away.
 */
import { describe, expect, test } from 'vitest'
import type { Nanos } from '../../../src/core/ids.js'
import { MILLISECOND } from '../../../src/core/units.js'
import { READ } from '../../../src/history/operation-kinds.js'
import { OK, OVERLOADED, UNAVAILABLE, UNKNOWN } from '../../../src/history/outcomes.js'
import type { Message, Replica, ReplicaContext, Request } from '../../../src/replication/replica.js'
import { Outcome } from '../../../src/replication/replica.js'
import { simulate } from '../../../src/runner/run-cell.js'
import { cellOf } from '../../runner/cells.js'
import { answered, type Row, rowsOf, runScripted, runWith } from './scripted.js'

interface Settings {
  readonly node: string
  readonly arrivals?: string
  readonly operations?: string
  readonly faults?: string
}

const workload = ({ node, arrivals = 'closed(1 think 10s)', operations = 'update: 100%', faults = '[]' }: Settings) => `
seeds: [1]
warmup: 0s
duration: 1s
topology: { zones: { a: { nodes: 1, clients: 100% } }, links: { local: 1ms } }
node: { ${node} }
client: { timeout: 500ms, retries: 0 }
workload: { operations: { ${operations} }, arrivals: ${arrivals} }
faults: ${faults}`

/** With the real `unreplicated`, which makes one visit to the station for each operation. */
const visits = (settings: Settings): readonly Row[] =>
  rowsOf(simulate(cellOf(`${workload(settings)}\nstrategies: [unreplicated]`)).history)

const endings = (rows: readonly Row[]) => rows.map(({ outcome, completed }) => [outcome, completed])

describe('work', () => {
  test('takes the service time of its kind', () => {
    const rows = visits({
      node: 'read: 3ms, write: 5ms',
      operations: 'read: 50%, update: 50%',
      arrivals: 'closed(1 think 0ms)',
    })
    expect(new Set(rows.map(({ kind }) => kind)).size).toBe(2)
    for (const { kind, intended, completed } of rows) {
      expect(completed - intended).toBeCloseTo(kind === READ ? 5 : 7, 6)
    }
  })

  test('of a scan is a read and, for each record, the time that one takes, of its zone', () => {
    const scans = (node: string, zone = '') =>
      rowsOf(
        simulate(
          cellOf(
            `${workload({ node, operations: 'scan: 100%' })}\nstrategies: [unreplicated]`
              .replace('operations:', 'scan-length: 4, operations:')
              .replace('{ nodes: 1,', `{ nodes: 1, ${zone}`),
          ),
        ).history,
      ).map(({ intended, completed }) => completed - intended)
    expect(scans('read: 3ms, write: 100ms, scan: 2ms')).toEqual([2 + 3 + 4 * 2])
    expect(scans('read: 3ms, scan: 2ms', 'node: { scan: 5ms },')).toEqual([2 + 3 + 4 * 5])
    // Drawn once: each record takes as long.
    const [drawn] = scans('read: 0ms, scan: 50% 1ms + 50% 2ms')
    expect([6, 10]).toContain(drawn)
  })

  test('waits for a server, and is served in the order of arrival', () => {
    const rows = visits({ node: 'concurrency: 2, write: 5ms', arrivals: 'closed(5 think 10s)' })
    expect(endings(rows)).toEqual([7, 7, 12, 12, 17].map((completed) => [OK, completed]))
  })

  test('beyond servers and queue is refused as overload, and the client hears of it at once', () => {
    const rows = visits({ node: 'concurrency: 1, queue: 1, write: 5ms', arrivals: 'closed(4 think 10s)' })
    expect(endings(rows)).toEqual([
      [OK, 7],
      [OK, 12],
      [OVERLOADED, 2],
      [OVERLOADED, 2],
    ])
  })

  test('of kind none passes by the station', () => {
    const settings = { node: 'concurrency: 1, queue: 0, write: 5ms, read: 5ms', arrivals: 'closed(4 think 10s)' }
    const { rows, probes } = runScripted(workload(settings), () => [answered()])
    expect(endings(rows)).toEqual([1, 2, 3, 4].map(() => [OK, 2]))
    expect(probes.stations[0]).toMatchObject({ completions: 0, utilization: 0 })
  })

  test('keeps the station busy for as long as it is served', () => {
    const cell = cellOf(
      `${workload({ node: 'concurrency: 2, write: 5ms', arrivals: 'closed(5 think 10s)' })}\nstrategies: [unreplicated]`,
    )
    // Five services of 5 ms on two servers in 1 s; in the system from 1 ms until 6, 6, 11, 11 and 16 ms.
    const [station] = simulate(cell).probes.stations
    expect(station?.completions).toBe(5)
    expect(station?.utilization).toBeCloseTo(0.025 / 2, 9)
    expect(station?.meanInSystem).toBeCloseTo(0.045, 9)
  })
})

describe('a crash', () => {
  test('takes work in service and in the queue, and the node serves again when it is back', () => {
    const faults = '[ { crash: { node: a-1, at: 8ms, for: 2ms } } ]'
    const rows = visits({ node: 'concurrency: 1, write: 5ms', arrivals: 'closed(3 think 10ms)', faults })
    // The first is served from 1 to 6 ms; the others are gone, and their clients wait in vain. It asks again at 17 ms.
    expect(endings(rows.slice(0, 4))).toEqual([
      [OK, 7],
      [UNKNOWN, 500],
      [UNKNOWN, 500],
      [OK, 24],
    ])
  })

  test('refuses connections while the node is down', () => {
    const faults = '[ { crash: { node: a-1, at: 0ms, for: 20ms } } ]'
    expect(endings(visits({ node: 'write: 5ms', faults }))).toEqual([[UNAVAILABLE, 2]])
  })

  test('cancels timers', () => {
    const faults = '[ { crash: { node: a-1, at: 5ms, for: 1ms } } ]'
    const answerIn10 = () => [answered(10)]
    expect(endings(runScripted(workload({ node: '' }), answerIn10).rows)).toEqual([[OK, 12]])
    expect(endings(runScripted(workload({ node: '', faults }), answerIn10).rows)).toEqual([[UNKNOWN, 500]])
  })

  test('that overlaps another lasts until the later of them', () => {
    const faults = '[ { crash: { node: a-1, at: 0ms, for: 30ms } }, { crash: { node: a-1, at: 5ms, for: 45ms } } ]'
    const rows = visits({ node: 'write: 0ms', arrivals: 'closed(1 think 8ms)', faults })
    // Asked at 0, 10, 20 … ms, and reached 1 ms later.
    expect(rows.slice(0, 7).map(({ outcome }) => outcome)).toEqual([...Array(5).fill(UNAVAILABLE), OK, OK])
  })
})

/** Answers 10 ms after each request by its own clock, and notes how long that was by it. */
class ClockReplica implements Replica<Message> {
  private asked: Nanos = 0
  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly elapsed: Nanos[],
  ) {}
  onDurable(): void {}
  onStart(): void {}
  onMessage(): void {}
  onOverload(): void {}
  onRequest({ operation }: Request): void {
    this.asked = this.context.clock()
    this.context.setTimer(0, operation, 10 * MILLISECOND)
  }
  onTimer(_kind: number, operation: number): void {
    this.elapsed.push(this.context.clock() - this.asked)
    this.context.reply(operation, new Outcome(operation, operation, 0))
  }
  valueOf(): number {
    return -2
  }
}

describe('a timer', () => {
  function tenMilliseconds(clock: string): readonly [elapsed: readonly Nanos[], latencies: readonly number[]] {
    const elapsed: Nanos[] = []
    const text = workload({ node: `clock: { ${clock} }`, arrivals: 'closed(1 think 50ms)' })
    const { rows } = runWith(text, (context) => new ClockReplica(context, elapsed))
    return [elapsed, rows.map(({ intended, completed }) => completed - intended)]
  }

  test('runs on the local clock: drift stretches it in true time, and not by the clock itself', () => {
    const [elapsed, latencies] = tenMilliseconds('drift: 1000ppm')
    expect(elapsed.length).toBeGreaterThan(10)
    for (const local of elapsed) expect(Math.abs(local - 10 * MILLISECOND)).toBeLessThanOrEqual(1)
    // Up to 10 microseconds of 10 ms, and the same for every timer of the node.
    const stretches = latencies.map((latency) => Math.abs(latency - 12))
    expect(Math.min(...stretches)).toBeGreaterThan(0.0001)
    expect(Math.max(...stretches)).toBeLessThanOrEqual(0.01002)
    expect(Math.max(...latencies) - Math.min(...latencies)).toBeLessThan(1e-6)
  })

  test('does not mind by how much the clock is off', () => {
    const { asked } = runScripted(workload({ node: 'clock: { offset: 250ms }' }), () => [answered()])
    expect(asked[0]?.at).toBe(251)
    const [elapsed, latencies] = tenMilliseconds('offset: 250ms')
    expect(new Set(elapsed)).toEqual(new Set([10 * MILLISECOND]))
    for (const latency of latencies) expect(latency).toBeCloseTo(12, 9)
  })
})
