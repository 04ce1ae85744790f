/**
 * What each fault does to a cell, and that it takes it back: seen through a replica that answers by a script, 1 ms away from its clients, and through a
 * model of what should be in force while random strikes overlap.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INITIAL, type NodeId } from '../../../src/core/ids.js'
import { MILLISECOND } from '../../../src/core/units.js'
import type { FaultStrike, NodeAction } from '../../../src/faults/fault.js'
import { OK, UNAVAILABLE, UNKNOWN } from '../../../src/history/outcomes.js'
import type { FaultWindow } from '../../../src/history/probes.js'
import { Outcome } from '../../../src/replication/replica.js'
import { collect } from '../../../src/results/collect.js'
import { simulate } from '../../../src/runner/run-cell.js'
import { cellOf } from '../../runner/cells.js'
import { answered, clusterOf, type Row, rowsOf, runScripted, runWith, type ScriptedRun } from './scripted.js'

interface Settings {
  readonly faults: string
  readonly node?: string
  readonly arrivals?: string
  readonly zones?: string
  readonly duration?: string
  readonly links?: string
}

const workload = ({
  faults,
  node = 'write: 0ms',
  arrivals = 'closed(1 think 8ms)',
  zones = 'a: { nodes: 1, clients: 100% }',
  duration = '100ms',
  links = 'local: 1ms',
}: Settings): string => `
seeds: [1]
warmup: 0s
duration: ${duration}
topology: { zones: { ${zones} }, links: { ${links} } }
node: { ${node} }
client: { timeout: 50ms, retries: 0 }
workload: { operations: { update: 100% }, arrivals: ${arrivals} }
faults: [ ${faults} ]`

/** With the real `unreplicated`, which makes one visit to the station for each operation. */
function visits(settings: Settings): { readonly rows: readonly Row[]; readonly faults: readonly FaultWindow[] } {
  const { history, probes } = simulate(cellOf(`${workload(settings)}\nstrategies: [unreplicated]`))
  return { rows: rowsOf(history), faults: probes.faults }
}

/** The node answers at once, or so many milliseconds later by its own timers. */
const scripted = (settings: Settings, after = 0): ScriptedRun =>
  runScripted(workload(settings), () => [answered(after)])

const endings = (rows: readonly Row[]) => rows.map(({ outcome, completed }) => [outcome, completed])

/** Intended start and end of each operation, in milliseconds. */
const times = (rows: readonly Row[]) => rows.map(({ intended, completed }) => [intended, completed])

describe('a loss of power', () => {
  test('is silent: clients wait in vain where a crash would refuse them', () => {
    const at = (name: string) => endings(visits({ faults: `{ ${name}: { at: 0ms, for: 20ms } }` }).rows)[0]
    expect(at('crash')).toEqual([UNAVAILABLE, 2])
    expect(at('power-loss')).toEqual([UNKNOWN, 50])
  })

  test('that meets a crash is silent for as long as it lasts itself', () => {
    const faults = '{ crash: { at: 0ms, for: 60ms } }, { power-loss: { at: 0ms, for: 20ms } }'
    // The second asks at 58 ms, when the power is back and the process is not.
    expect(endings(visits({ faults }).rows).slice(0, 2)).toEqual([
      [UNKNOWN, 50],
      [UNAVAILABLE, 60],
    ])
  })

  test('of a zone takes its nodes, and leaves its clients and other zones', () => {
    const zones = 'a: { nodes: 1, clients: 50% }, b: { nodes: 1, clients: 50% }'
    const text = workload({
      faults: '{ zone-outage: { zone: a, at: 0ms, for: 100ms } }',
      zones,
      links: 'local: 1ms, a--b: 1ms',
      arrivals: 'closed(20 think 8ms)',
    })
    const { history, probes } = simulate(cellOf(`${text}\nstrategies: [{ quorum: { n: 1, r: 1, w: 1 } }]`))
    const rows = rowsOf(history)
    const byZone = [0, 1].map((zone) => rows.filter(({ client }) => probes.clientZone[client] === zone))
    for (const own of byZone) expect(new Set(own.map(({ outcome }) => outcome))).toEqual(new Set([OK, UNKNOWN]))
    expect(probes.faults).toMatchObject([{ label: 'zone-outage a', targets: ['a-1'], to: 100 * MILLISECOND }])
  })
})

describe('a pause', () => {
  test('lets connections stand: what arrives waits, and is answered at the end', () => {
    const faults = '{ pause: { at: 5ms, for: 20ms } }'
    const { rows, probes } = scripted({ faults })
    expect(times(rows).slice(0, 3)).toEqual([
      [0, 2],
      [10, 26],
      [34, 36],
    ])
    expect(probes.faults).toMatchObject([{ touched: 1, unit: 'deliveries', targets: ['a-1'], label: 'pause a-1' }])
  })

  test('puts off ends of services, and those who wait behind them, in order', () => {
    const faults = '{ pause: { at: 3ms, for: 10ms } }'
    const { rows, faults: windows } = visits({
      faults,
      node: 'concurrency: 1, write: 5ms',
      arrivals: 'closed(3 think 1s)',
    })
    // The service that should end at 6 ms ends at 13.
    expect(endings(rows)).toEqual([14, 19, 24].map((completed) => [OK, completed]))
    expect(windows).toMatchObject([{ touched: 1 }])
  })

  test('puts off timers, and none that was not due', () => {
    // Timers of 4 ms, set at 1 and at 15 ms.
    expect(times(scripted({ faults: '{ pause: { at: 3ms, for: 6ms } }' }, 4).rows).slice(0, 2)).toEqual([
      [0, 10],
      [18, 24],
    ])
  })

  test.each([
    [true, [1]],
    [false, [1, 2]],
  ])('puts off a timer that an earlier delivery may still cancel: %s', (cancels, fired) => {
    const seen: number[] = []
    // The request arrives at 1 ms, timers 1 and 2 are due at 2 and 3 ms, and all wait until 20 ms.
    const faults = '{ pause: { at: 500us, for: 19500us } }'
    const { rows } = runWith(workload({ faults }), (context) => {
      let second = 0
      return {
        onStart: () => {
          context.setTimer(1, 0, 2 * MILLISECOND)
          second = context.setTimer(2, 0, 3 * MILLISECOND)
        },
        onRequest: ({ operation }) => {
          if (cancels) context.cancelTimer(second)
          context.reply(operation, new Outcome(operation, operation, 0))
        },
        onTimer: (kind) => seen.push(kind),
        onMessage: () => {},
        onDurable: () => {},
        onOverload: () => {},
        valueOf: () => INITIAL,
      }
    })
    expect(times(rows)[0]).toEqual([0, 21])
    expect(seen).toEqual(fired)
  })

  test('ends with a crash: what waited is gone, and the next process runs', () => {
    const faults = '{ pause: { at: 5ms, for: 40ms } }, { crash: { at: 15ms, for: 5ms } }'
    const { rows } = scripted({ faults })
    expect(endings(rows).slice(0, 3)).toEqual([
      [OK, 2],
      [UNKNOWN, 60],
      [OK, 70],
    ])
    const twice =
      '{ pause: { at: 5ms, for: 70ms } }, { crash: { at: 15ms, for: 5ms } }, { pause: { at: 65ms, for: 5ms } }'
    // The second pause is of the new process, and ends by itself.
    expect(endings(scripted({ faults: twice }).rows)[2]).toEqual([OK, 71])
  })

  test('of a node that is down is none', () => {
    const faults = '{ crash: { at: 0ms, for: 5ms } }, { pause: { at: 1ms, for: 90ms } }'
    expect(endings(scripted({ faults }).rows).slice(0, 2)).toEqual([
      [UNAVAILABLE, 2],
      [OK, 12],
    ])
  })
})

describe('a slow node', () => {
  test('multiplies the services that begin while it lasts; overlaps multiply', () => {
    const faults =
      '{ slow-node: { factor: 3, at: 10ms, for: 60ms } }, { slow-node: { factor: 2, at: 30ms, for: 30ms } }'
    const { rows, faults: windows } = visits({ faults, node: 'write: 2ms', arrivals: 'closed(1 think 6ms)' })
    // Services begin 1 ms after the intended start.
    expect(times(rows)).toEqual([
      [0, 4],
      [10, 18],
      [24, 32],
      [38, 52],
      [58, 72],
      [78, 82],
      [88, 92],
      [98, 102],
    ])
    expect(windows.map(({ touched, unit }) => [touched, unit])).toEqual([
      [4, 'services'],
      [2, 'services'],
    ])
  })
})

describe('a clock', () => {
  /** By how much the node's clock was off when it was asked, in milliseconds. */
  const errors = (fault: string): readonly number[] => {
    const { rows, asked } = scripted({ faults: `{ clock: { ${fault} } }` })
    return asked.map(({ at }, i) => at - ((rows[i] as Row).intended + 1))
  }

  test('is off while the fault lasts, and a step stays', () => {
    expect(errors('offset: -5ms, at: 20ms, for: 30ms').map(Math.round)).toEqual([0, 0, -5, -5, -5, 0, 0, 0, 0, 0])
    expect(errors('step: 7ms, at: 20ms').map(Math.round)).toEqual([0, 0, 7, 7, 7, 7, 7, 7, 7, 7])
  })

  test('gains while the fault lasts, from its beginning on', () => {
    const gained = [0, 0, 0.1, 1.1, 2.1, 0, 0, 0, 0, 0]
    errors('drift: 100000ppm, at: 20ms, for: 30ms').forEach((error, i) => {
      expect(error).toBeCloseTo(gained[i] as number, 5)
    })
  })

  test('that drifts stretches timers that are set meanwhile, and steps and offsets move none', () => {
    const latencies = (fault: string): readonly number[] =>
      scripted({ faults: `{ clock: { ${fault} } }` }, 11).rows.map(({ intended, completed }) => completed - intended)
    expect(latencies('drift: 100000ppm, at: 20ms, for: 30ms').slice(0, 4)).toEqual(
      [13, 12, 12, 13].map((value) => expect.closeTo(value, 4)),
    )
    for (const fault of ['step: -50ms, at: 20ms', 'offset: 50ms, at: 20ms, for: 30ms'])
      for (const latency of latencies(fault)) expect(latency).toBeCloseTo(13, 6)
  })
})

describe('an overload', () => {
  const arrivals = 'poisson(2000/s)'
  const intended = (faults: string, duration = '4s'): readonly number[] =>
    scripted({ faults, arrivals, duration }).rows.map((row) => row.intended)

  test('multiplies the rate while it lasts, and overlaps multiply', () => {
    const faults = '{ overload: { factor: 3, at: 1s, for: 2s } }, { overload: { factor: 2, at: 2s, for: 1s } }'
    const found = intended(faults)
    for (const [from, rate] of [2000, 6000, 12_000, 2000].entries()) {
      const count = found.filter((at) => at >= 1000 * from && at < 1000 * (from + 1)).length
      expect(Math.abs(count - rate)).toBeLessThan(4.5 * Math.sqrt(rate))
    }
  })

  test('leaves the arrivals before it alone, and passes through those after it at another speed', () => {
    const calm = intended('', '1s')
    const hastened = intended('{ overload: { factor: 4, at: 300ms, for: 100ms } }', '1s')
    // Time that passes four times as fast from 300 to 400 ms.
    const real = (at: number): number => (at <= 300 ? at : at <= 700 ? 300 + (at - 300) / 4 : at - 300)
    calm.forEach((at, i) => {
      expect(hastened[i]).toBeCloseTo(real(at), 3)
    })
    expect(hastened.length).toBeGreaterThan(calm.length + 400)
  })

  test('counts the operations that begin under it', () => {
    const { rows, probes } = scripted({ faults: '{ overload: { factor: 5, at: 10ms, for: 50ms } }', arrivals })
    const under = rows.filter((row) => row.intended >= 10 && row.intended < 60).length
    expect(probes.faults).toMatchObject([{ name: 'overload', label: 'overload ×5', touched: under, unit: 'arrivals' }])
  })

  test('shortens the thinking that begins under it in a closed loop', () => {
    const { rows } = scripted({ faults: '{ overload: { factor: 4, at: 10ms, for: 20ms } }' })
    expect(rows.slice(0, 9).map((row) => row.intended)).toEqual([0, 10, 14, 18, 22, 26, 30, 40, 50])
  })
})

describe('what is reported of a strike', () => {
  const zones = 'a: { nodes: 2, clients: 100% }, b: { nodes: 2, clients: 0% }'
  const links = 'local: 1ms, a--b: 5ms'
  const report = (faults: string, strategy: string, more = ''): ReturnType<typeof collect> => {
    const text = workload({ faults, zones, links, duration: '1s', arrivals: `poisson(500/s)${more}` })
    const cell = cellOf(`${text}\nstrategies: [ ${strategy} ]`)
    const { history, probes, digest } = simulate(cell)
    return collect(cell, history, probes, digest)
  }

  test('the leader is who leads the key, and the coordinator who was asked last', () => {
    const { faults } = report(
      '{ crash: { node: leader, at: 100ms, for: 10ms } }, { pause: { node: coordinator, at: 200ms, for: 10ms } }',
      'single-leader: { leader: b, copies: 2, reads: leader }',
    )
    expect(faults.map(({ label, targets }) => [label, targets])).toEqual([
      ['crash leader (b-1)', ['b-1']],
      ['pause coordinator (b-1)', ['b-1']],
    ])
  })

  test('clients that coordinate themselves ask no node: another stands for it', () => {
    const { faults } = report(
      '{ pause: { node: coordinator, at: 200ms, for: 10ms } }',
      'quorum: { n: 2, r: 1, w: 1, coordinator: client }',
    )
    expect(faults[0]?.targets).toHaveLength(1)
  })

  test('how often each fault struck, also if never', () => {
    const { faults, faultCounts } = report(
      '{ crash: { node: a-1, at: 100ms, for: 50ms, every: 50ms } }, { pause: { at: 2s, for: 1s } }, { message-loss: { loss: 50%, at: 0s, for: 1s } }',
      '{ quorum: { n: 2, r: 1, w: 1 } }',
    )
    const touched = (name: string) =>
      faults.filter((one) => one.name === name).reduce((sum, one) => sum + one.touched, 0)
    expect(faultCounts).toEqual([
      { name: 'crash', strikes: 9, touched: touched('crash') },
      { name: 'pause', strikes: 0, touched: 0 },
      { name: 'message-loss', strikes: 1, touched: touched('message-loss') },
    ])
    expect(touched('crash')).toBeGreaterThan(50)
    expect(touched('message-loss')).toBeGreaterThan(200)
  })

  test('it ends with the load, and what would begin later does not', () => {
    const more = ', count: 100'
    const { faults } = report(
      '{ partition: { isolate: b, at: 50ms, for: 10s } }, { pause: { at: 900ms, for: 1s } }',
      'unreplicated',
      more,
    )
    expect(faults).toHaveLength(1)
    expect(faults[0]?.to).toBeLessThan(400 * MILLISECOND)
  })
})

// --- Overlaps against a model ---------------------------------------------------------------------------------------------

type Kind = 'crash' | 'power' | 'pause' | 'slow' | 'clock' | 'cut' | 'loss' | 'delay' | 'overload'

interface Planned {
  readonly kind: Kind
  readonly node: NodeId
  /** Milliseconds. */
  readonly from: number
  readonly lasts: number
  readonly factor: number
}

const aStrike: fc.Arbitrary<Planned> = fc.record({
  kind: fc.constantFrom<Kind>('crash', 'power', 'pause', 'slow', 'clock', 'cut', 'loss', 'delay', 'overload'),
  node: fc.integer({ min: 0, max: 1 }),
  from: fc.integer({ min: 0, max: 60 }),
  lasts: fc.integer({ min: 0, max: 60 }),
  factor: fc.integer({ min: 2, max: 5 }),
})

function actOf({ kind, node, factor }: Planned): FaultStrike['act'] {
  const flows = [{ from: [node], to: [1 - node] }]
  const onNode = (action: NodeAction): FaultStrike['act'] => ({
    on: 'nodes',
    target: { kind: 'nodes', nodes: [node] },
    action,
  })
  switch (kind) {
    case 'crash':
    case 'power':
      return onNode({ verb: 'stop', disk: 'keep', silent: kind === 'power' })
    case 'pause':
      return onNode({ verb: 'pause' })
    case 'slow':
      return onNode({ verb: 'slow', factor })
    case 'clock':
      return onNode({ verb: 'shift-clock', offset: factor, drift: 0, step: 0 })
    case 'cut':
      return { on: 'flows', flows, targets: [], action: { verb: 'cut' } }
    case 'loss':
      return { on: 'flows', flows, targets: [], action: { verb: 'lose', share: 1 / factor } }
    case 'delay':
      return { on: 'flows', flows, targets: [], action: { verb: 'delay', factor, extra: null } }
    case 'overload':
      return { on: 'load', factor }
  }
}

/** Private parts that the model is compared with. */
interface Insides {
  readonly nodes: readonly {
    readonly up: boolean
    readonly deferral: object | null
    readonly pauses: number
    readonly slowdown: number
    readonly localClock: { read(now: number): number }
  }[]
  readonly network: {
    readonly silent: Uint8Array
    readonly cuts: { readonly count: number; isCut(pair: number): boolean }
    readonly impairments: {
      readonly count: number
      lossOf(pair: number, loss: number): number
      typicalDelayOf(pair: number, delay: number): number
    }
  }
  readonly clients: { readonly load: { readonly haste: number } }
}

/** Two nodes and one zone of clients: three parties. */
const PARTIES = 3

function actual({ nodes, network, clients }: Insides, now: number): unknown {
  return {
    haste: clients.load.haste,
    nodes: nodes.map((node, id) => {
      const pair = id * PARTIES + 1 - id
      return {
        up: node.up,
        silent: network.silent[id] === 1,
        paused: node.deferral !== null,
        slowdown: node.slowdown,
        clock: node.localClock.read(now) - now,
        cut: network.cuts.isCut(pair),
        survival: Math.round(1e9 * (1 - network.impairments.lossOf(pair, 0))),
        delay: network.impairments.typicalDelayOf(pair, 1000),
      }
    }),
  }
}

/** What should be in force at a time, from the plan alone. */
function expected(plan: readonly Planned[], at: number): unknown {
  const active = plan.filter(({ from, lasts }) => from < at && from + lasts > at)
  const factors = (kind: Kind, node?: NodeId): readonly number[] =>
    active.filter((one) => one.kind === kind && (node === undefined || one.node === node)).map((one) => one.factor)
  const product = (values: readonly number[]): number => values.reduce((all, one) => all * one, 1)
  const isStop = ({ kind }: Planned): boolean => kind === 'crash' || kind === 'power'
  return {
    haste: product(factors('overload')),
    nodes: [0, 1].map((node) => {
      const own = plan.filter((one) => one.node === node)
      const stops = own.filter(isStop)
      const up = !active.some((one) => one.node === node && isStop(one))
      // A pause holds the process that it met, and no later one.
      const paused = active.some(
        (pause) =>
          pause.kind === 'pause' &&
          pause.node === node &&
          !stops.some((stop) => beginsBefore(plan, stop, pause) && stop.from + stop.lasts > pause.from) &&
          !stops.some((stop) => !beginsBefore(plan, stop, pause) && stop.from < at),
      )
      return {
        up,
        silent: factors('power', node).length > 0,
        paused,
        slowdown: product(factors('slow', node)),
        clock: factors('clock', node).reduce((sum, one) => sum + one, 0),
        cut: factors('cut', node).length > 0,
        survival: Math.round(1e9 * product(factors('loss', node).map((one) => 1 - 1 / one))),
        delay: 1000 * product(factors('delay', node)),
      }
    }),
  }
}

/** Strikes of the same moment begin in the order of the plan. */
const beginsBefore = (plan: readonly Planned[], left: Planned, right: Planned): boolean =>
  left.from < right.from || (left.from === right.from && plan.indexOf(left) < plan.indexOf(right))

test('strikes that overlap are in force each for its own time, and at the end nothing is left of them', () => {
  const text = `${workload({
    faults: '',
    zones: 'a: { nodes: 2, clients: 100% }',
    arrivals: 'closed(2 think 3ms)',
    duration: '130ms',
  })}\nstrategies: [ quorum: { n: 2, r: 1, w: 1 } ]`
  const samples = Array.from({ length: 13 }, (_, i) => 10 * i + 0.5)
  const property = fc.property(fc.array(aStrike, { maxLength: 12 }), (strikes) => {
    const plan = [...strikes].sort((left, right) => left.from - right.from)
    const cluster = clusterOf(
      text,
      plan.map((planned, fault) => {
        const from = planned.from * MILLISECOND
        return {
          fault,
          name: planned.kind,
          label: '',
          unit: '',
          from,
          to: from + planned.lasts * MILLISECOND,
          act: actOf(planned),
        }
      }),
    )
    const insides = cluster as unknown as Insides
    const found: unknown[] = []
    const onEvent = (): void => {
      found.push(actual(insides, cluster.simulation.now))
    }
    const handler = cluster.simulation.register({ onEvent })
    for (const at of samples) cluster.simulation.schedule(at * MILLISECOND, handler, 0, 0, 0, null)
    const { probes } = cluster.run()
    expect(found).toEqual(samples.map((at) => expected(plan, at)))
    expect(actual(insides, 0)).toEqual(expected([], 0))
    expect([insides.network.cuts.count, insides.network.impairments.count]).toEqual([0, 0])
    expect(insides.nodes.map(({ pauses }) => pauses)).toEqual([0, 0])
    expect(probes.faults.map(({ from, to }) => [from, to])).toEqual(
      plan.map(({ from, lasts }) => [from * MILLISECOND, (from + lasts) * MILLISECOND]),
    )
  })
  fc.assert(property, { seed: 11, numRuns: 60 })
})
