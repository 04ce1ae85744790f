/** What each fault does to whom, as data; what its options must say, and which are refused. When and at which nodes it strikes is tested apart. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import type { World } from '../../src/core/world.js'
import type { FaultStrike } from '../../src/faults/fault.js'
import { faults } from '../../src/faults/index.js'
import { scheduleAll } from '../../src/faults/schedule.js'
import { CRITICAL, uniformityScore } from '../chi-square.js'
import { worldOf } from '../replication/fake-cluster.js'
import { INTERLEAVED } from './worlds.js'

/** Nodes 0 and 1 in zone a, 2 in b, 3 to 5 in c; parties 6, 7 and 8 are their clients. */
const world: World = { ...worldOf([2, 1, 3]), hasDatagrams: true }
const ONCE = { at: '10s', for: '5s' }

const pluginOf = (name: string) => faults.get(name) ?? expect.fail(`there is no fault ${name}.`)

function strikesOf(name: string, options: object, place = world, seed = 1): readonly FaultStrike[] {
  const plugin = pluginOf(name)
  const parsed = plugin.options.parse({ ...ONCE, ...options })
  expect(plugin.check?.(parsed, place)).toBeUndefined()
  return plugin.schedule(parsed, place, 60 * SECOND, RandomStream.ofSeed(seed))
}

function complaint(name: string, options: object, place = world): string | undefined {
  const plugin = pluginOf(name)
  return plugin.check?.(plugin.options.parse({ ...ONCE, ...options }), place)
}

describe('faults of nodes', () => {
  it.each([
    ['crash', {}, { verb: 'stop', disk: 'keep', silent: false }, 'messages'],
    ['crash', { disk: 'lose' }, { verb: 'stop', disk: 'lose', silent: false }, 'messages'],
    ['power-loss', { disk: 'lose' }, { verb: 'stop', disk: 'lose', silent: true }, 'messages'],
    ['pause', {}, { verb: 'pause' }, 'deliveries'],
    ['slow-node', { factor: 2.5 }, { verb: 'slow', factor: 2.5 }, 'services'],
    ['clock', { offset: '-5ms' }, { verb: 'shift-clock', offset: -5 * MILLISECOND, drift: 0, step: 0 }, 'clocks'],
    ['clock', { drift: '200ppm' }, { verb: 'shift-clock', offset: 0, drift: 2e-4, step: 0 }, 'clocks'],
    ['clock', { step: '1s', for: '0s' }, { verb: 'shift-clock', offset: 0, drift: 0, step: SECOND }, 'clocks'],
  ])('%s %j', (name, options, action, unit) => {
    const [strike, ...others] = strikesOf(name, { node: 'c-2', ...options })
    expect(others).toEqual([])
    expect(strike).toMatchObject({ name, label: `${name} c-2`, unit, from: 10 * SECOND })
    expect(strike?.act).toEqual({ on: 'nodes', target: { kind: 'nodes', nodes: [4] }, action })
  })

  it('a step of a clock needs no time', () => {
    const { options } = pluginOf('clock')
    expect(options.parse({ at: '1s', step: '1s' })).toMatchObject({ for: '0s', offset: 0 })
  })

  it('a zone loses power with all its nodes and without its clients', () => {
    const action = { verb: 'stop', disk: 'keep', silent: true }
    expect(strikesOf('zone-outage', { zone: 'c' })).toEqual([
      {
        name: 'zone-outage',
        label: 'zone-outage c',
        unit: 'messages',
        from: 10 * SECOND,
        to: 15 * SECOND,
        act: { on: 'nodes', target: { kind: 'nodes', nodes: [3, 4, 5] }, action },
      },
    ])
    const place = { ...world, zones: [...world.zones, { name: 'd', nodes: [], clients: 0 }] }
    const drawn = (seed: number): number =>
      'abc'.indexOf(strikesOf('zone-outage', {}, place, seed)[0]?.label.at(-1) ?? '')
    expect(uniformityScore(3000, 3, drawn)).toBeLessThan(CRITICAL)
    expect(complaint('zone-outage', { zone: 'd' }, place)).toBe(
      'zone: there is no zone d with nodes; the zones are any, a, b, c',
    )
  })

  it.each([
    ['clock', {}, 'clock needs offset, drift or step'],
    ['clock', { drift: '5ppm', for: '0ms' }, 'clock needs for'],
    ['slow-node', { factor: 2, node: 'z' }, 'node: there is no node z'],
    ['pause', { at: undefined }, 'pause needs at'],
  ])('%s %j is refused', (name, options, words) => {
    expect(complaint(name, options)).toContain(words)
  })
})

const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8]
const [A, B, C] = [
  [0, 1, 6],
  [2, 7],
  [3, 4, 5, 8],
]

describe('faults of links', () => {
  it.each([
    ['isolates a zone with its clients', { isolate: 'b' }, 'b', ['b'], [{ from: B, to: [0, 1, 3, 4, 5, 6, 8] }]],
    ['isolates a node', { isolate: 'a-2' }, 'a-2', ['a-2'], [{ from: [1], to: [0, 2, 3, 4, 5, 6, 7, 8] }]],
  ])('a partition %s, both ways', (_, options, subject, targets, [flow]) => {
    const [strike] = strikesOf('partition', options) as [FaultStrike]
    expect(strike).toMatchObject({ label: `partition ${subject}`, unit: 'messages' })
    const back = { from: flow?.to, to: flow?.from }
    expect(strike.act).toEqual({ on: 'flows', flows: [flow, back], targets, action: { verb: 'cut' } })
  })

  it('a partition cuts groups off from one another, and from nobody else', () => {
    const [strike] = strikesOf('partition', { groups: [['a', 'b'], ['c-1'], ['c-3', 'c-2']] }) as [FaultStrike]
    const sides = [[...(A as number[]), ...(B as number[])], [3], [5, 4]]
    const flows = sides.flatMap((from) => sides.filter((to) => to !== from).map((to) => ({ from, to })))
    expect(strike.label).toBe('partition a, b | c-1 | c-3, c-2')
    expect(strike.act).toMatchObject({ flows, targets: ['a', 'b', 'c-1', 'c-3', 'c-2'] })
  })

  it('a partition cuts one way and lets the other pass', () => {
    const [strike] = strikesOf('partition', { 'one-way': { from: 'a', to: 'c-1' } }) as [FaultStrike]
    expect(strike.label).toBe('partition a->c-1')
    expect(strike.act).toMatchObject({ flows: [{ from: A, to: [3] }], targets: ['a', 'c-1'] })
  })

  it('a zone in a name stands for its nodes wherever they are numbered', () => {
    const [strike] = strikesOf('partition', { isolate: 'us' }, INTERLEAVED) as [FaultStrike]
    expect(strike.act).toMatchObject({ flows: [{ from: [0, 2, 4] }, { to: [0, 2, 4] }] })
  })

  it.each([
    [{}, [{ from: ALL, to: ALL }], '', []],
    [{ from: 'a' }, [{ from: A, to: ALL }], ' from a', ['a']],
    [{ to: 'c-1' }, [{ from: ALL, to: [3] }], ' to c-1', ['c-1']],
    [{ from: 'a', to: 'b' }, [{ from: A, to: B }], ' a->b', ['a', 'b']],
    [
      { between: ['a', 'c'] },
      [
        { from: A, to: C },
        { from: C, to: A },
      ],
      ' a--c',
      ['a', 'c'],
    ],
  ])('the scope %j is %j', (scope, flows, subject, targets) => {
    for (const [name, options, action] of [
      ['message-loss', { loss: '5%' }, { verb: 'lose', share: 0.05 }],
      ['duplication', { share: '20%' }, { verb: 'duplicate', share: 0.2 }],
      ['slow-link', { factor: 3 }, { verb: 'delay', factor: 3, extra: null }],
      ['slow-link', { extra: 'exponential(5ms)' }, { verb: 'delay', factor: 1, extra: 'exponential(5ms)' }],
    ] as const) {
      const [strike] = strikesOf(name, { ...options, ...scope }) as [FaultStrike]
      expect(strike.label).toBe(`${name}${subject}`)
      expect(strike.act).toEqual({ on: 'flows', flows, targets, action })
    }
  })

  it('duplication is refused where no link is datagram', () => {
    expect(complaint('duplication', { share: '5%' }, { ...world, hasDatagrams: false })).toContain(
      'duplication needs a link with transport: datagram',
    )
  })

  it.each([
    ['partition', {}, 'partition needs isolate, groups or one-way'],
    ['partition', { isolate: 'a', groups: [['a'], ['b']] }, 'groups: a partition is one of'],
    [
      'partition',
      { isolate: 'any' },
      'isolate: there is no zone or node any; the zones are a, b, c, the nodes a-1, a-2',
    ],
    ['partition', { 'one-way': { from: 'a', to: 'z' } }, 'one-way: there is no zone or node z'],
    ['partition', { groups: [['a'], ['a-1', 'b']] }, 'groups: no node can be in two groups'],
    ['slow-link', {}, 'slow-link needs factor or extra'],
    ['slow-link', { factor: 2, between: ['a', 'b'], to: 'a' }, 'between: it takes the place of from and to'],
    ['message-loss', { loss: '1%', from: 'x' }, 'from: there is no zone or node x'],
    ['message-loss', { loss: '1%', between: ['a', 'x'] }, 'between: there is no zone or node x'],
  ])('%s %j is refused', (name, options, words) => {
    expect(complaint(name, options)).toContain(words)
  })

  it.each([
    ['message-loss', {}],
    ['message-loss', { loss: '101%' }],
    ['message-loss', { loss: 0.1 }],
    ['duplication', { loss: '10%' }],
    ['slow-node', { factor: 0.5 }],
    ['overload', {}],
    ['partition', { groups: [['a', 'b']] }],
    ['partition', { 'one-way': { from: 'a' } }],
    ['crash', { disk: 'burn' }],
    ['crash', { for: '-1s' }],
    ['crash', { for: 'sometimes' }],
    ['crash', { at: 'exponential(1s)' }],
    ['clock', { drift: '200000ppm' }],
    ['message-loss', { loss: '1%', between: ['a'] }],
  ])('%s does not take %j', (name, options) => {
    expect(pluginOf(name).options.safeParse({ ...ONCE, ...options }).success).toBe(false)
  })
})

describe('an overload', () => {
  it('multiplies what clients ask', () => {
    const [strike] = strikesOf('overload', { factor: 4 }) as [FaultStrike]
    expect(strike).toMatchObject({ label: 'overload ×4', unit: 'arrivals', act: { on: 'load', factor: 4 } })
  })
})

describe('all faults of a cell', () => {
  const entry = (options: object) => ({ fault: pluginOf('crash'), options: pluginOf('crash').options.parse(options) })
  const late = entry({ at: '2s', for: '1s' })
  const often = entry({ every: 'exponential(1s)', for: 'exponential(1s)' })

  it('strike in order of beginning, whatever the list', () => {
    const strikes = scheduleAll([late, often], world, 20 * SECOND, RandomStream.ofSeed(1))
    expect(strikes.map(({ from }) => from)).toEqual([...strikes.map(({ from }) => from)].sort((a, b) => a - b))
    expect(strikes.filter(({ fault }) => fault === 0)).toHaveLength(1)
  })

  it('have streams of their own: what one draws moves no other', () => {
    const ofSecond = (first: ReturnType<typeof entry>) =>
      scheduleAll([first, often], world, 20 * SECOND, RandomStream.ofSeed(1)).filter(({ fault }) => fault === 1)
    expect(ofSecond(late)).toEqual(ofSecond(often))
    const [first, second] = [0, 1].map((place) =>
      scheduleAll([often, often], world, 20 * SECOND, RandomStream.ofSeed(1)).filter(({ fault }) => fault === place),
    )
    expect(first?.map(({ from }) => from)).not.toEqual(second?.map(({ from }) => from))
  })
})

it('all faults are registered', () => {
  expect(faults.names.join(' ')).toBe(
    'crash power-loss zone-outage pause slow-node clock partition message-loss duplication slow-link overload',
  )
})
