/** Options of quorum replication that cannot be met: each is refused at the line and column of the option at fault, or of the strategy where it is a default. */
import { describe, expect, it } from 'vitest'
import { refusalOf, specOf } from './specs.js'

/** Three zones in a line; clients live in the first two unless a case says otherwise. */
const ZONES = 'zones: {us: {nodes: 3, clients: 50%}, eu: {nodes: 3, clients: 50%}, ap: {nodes: 3, clients: 0%}}'
const LINKS = 'links: {us--eu: 40ms, eu--ap: 60ms, us--ap: 90ms}'
const TOPOLOGY = `topology: {${ZONES}, ${LINKS}}`

/** A caret marks the place at which the sentence is told. */
type Case = readonly [what: string, options: string, sentence: string]

const ONE_ZONE: readonly Case[] = [
  ['W > N', '{w: ^4}', 'w: 4 exceeds n: 3.'],
  ['TWO of one copy', '{n: 1, r: ^TWO, w: 1}', 'r: TWO exceeds n: 1.'],
  ['THREE of two copies', '{n: 2, w: ^THREE}', 'w: THREE exceeds n: 2.'],
  ['a level for an operation', '{levels: {update: ^4}}', 'levels.update: 4 exceeds n: 3.'],
  ['PR > N', '{pr: ^4}', 'pr: 4 exceeds n: 3.'],
  ['PW > N', '{pw: ^4}', 'pw: 4 exceeds n: 3.'],
  ['DW > N', '{dw: ^4}', 'dw: 4 exceeds n: 3.'],
  ['ANY for reads', '{r: ^ANY}', 'r: ANY is met by hints, which answer no read; take ONE.'],
  ['ANY for one kind of reads', '{levels: {read: ^ANY}}', 'levels.read: ANY is met by hints'],
  ['SERIAL for writes', '{w: ^SERIAL}', 'w: SERIAL is none for writes; take QUORUM or LOCAL_QUORUM'],
  [
    'LOCAL_SERIAL for one kind of writes',
    '{levels: {delete: ^LOCAL_SERIAL}}',
    'levels.delete: LOCAL_SERIAL is none for',
  ],
  ['SERIAL for scans', '{levels: {scan: ^SERIAL}}', 'levels.scan: SERIAL is for one key at a time'],
  ['SERIAL under siblings', '{serial: ^SERIAL, versions: dotted}', 'serial: SERIAL decides on one version of a key'],
  ['reads at SERIAL under siblings', '{r: ^SERIAL, versions: vectors}', 'versions: vectors keeps siblings'],
  ['Paxos of clients', '{coordinator: client, serial: ^SERIAL}', 'serial: SERIAL is a round of Paxos'],
  [
    'digests for clients',
    '{coordinator: client, contact: quorum, digests: ^true}',
    'digests: only a node that coordinates',
  ],
  [
    'clocks of clients',
    '{coordinator: client, versions: ^dotted}',
    'versions: only a node that coordinates can do this',
  ],
  ['clients that watch nodes', '{coordinator: client, detector: ^{kind: timeout}}', 'detector: only a node that'],
  ['merging without clocks', '{merge: ^union}', 'merge: siblings are merged, and without versions: vectors or dotted'],
  ['contexts without clocks', '{context: ^session}', 'context: it tells what a session has seen, and without versions'],
  ['pruning without clocks', '{prune: ^{}}', 'prune: version vectors are cut short, and without versions'],
  ['ties under clocks', '{versions: vectors, ties: ^cassandra}', 'ties: timestamps can be equal, and with versions'],
  ['relays for clients', '{coordinator: client, relay: ^true}', 'relay: only a node that coordinates can do this'],
  [
    'local-first puts of clients',
    '{coordinator: client, put: ^local-first}',
    'put: only a node that coordinates can do this',
  ],
  ['digests of all', '{digests: ^true}', 'digests: with contact: all every replica is asked for its data'],
  ['speculation about none', '{speculation: ^99p}', 'speculation: with contact: all no replica is left to ask'],
  [
    'additional writes to nobody',
    '{repair: blocking, additional-writes: ^99p}',
    'additional-writes: with contact: all no replica is left to repair; take contact: quorum',
  ],
  ['heads of some', '{contact: quorum, heads: ^true}', 'heads: with contact: quorum only as many'],
  ['hints for nobody', '{hints: ^{window: 1h}}', 'hints: without detector nobody is ever held for down'],
  ['stand-ins for nobody', '{sloppy: ^true, hints: {}}', 'sloppy: without detector nobody is ever held for down'],
  ['stand-ins that keep nothing', '{sloppy: ^true, detector: {}}', 'sloppy: a node that stands in keeps what it is'],
  ['durable writes that are not', '{flush: ^10s, dw: 2}', 'flush: acknowledgements come before writes are durable'],
  ['a level for no operation', '{levels: {^reed: ONE}}', 'did you mean read?'],
  ['copies in no zone', '{n: ^{local: 0}}', 'n: no zone holds a copy.'],
  [
    'copies in a zone that is not',
    '{n: {moon: ^3}}',
    'n.moon: there is no such zone in the topology, which has local.',
  ],
  ['more copies than nodes of the zone', '{n: {local: ^4}}', 'n.local: 4 exceeds the 3 nodes of the zone.'],
]

const THREE_ZONES: readonly Case[] = [
  ['more copies than nodes of a zone', '{n: {us: 3, eu: ^4}}', 'n.eu: 4 exceeds the 3 nodes of the zone.'],
  ['more answers than copies of all zones', '{n: {us: 3, eu: 2}, r: ^6}', 'r: 6 exceeds the 5 copies of n.'],
  [
    'LOCAL_QUORUM in a zone without copies',
    '{n: {us: 3}, r: ^LOCAL_QUORUM, w: 2}',
    'in zone eu, where requests come in',
  ],
  [
    'LOCAL_ONE in a zone without copies',
    '{n: {us: 3}, w: ^LOCAL_ONE}',
    'w: LOCAL_ONE needs a copy of every key in zone eu',
  ],
  [
    'a level of its own there',
    '{n: {us: 3}, levels: {read: ^LOCAL_ONE}}',
    'levels.read: LOCAL_ONE needs a copy of every key',
  ],
  [
    'LOCAL_SERIAL there',
    '{n: {us: 3}, serial: ^LOCAL_SERIAL}',
    'serial: LOCAL_SERIAL needs a copy of every key in zone eu',
  ],
  ['fewer copies than zones', '{n: 2, r: ^LOCAL_QUORUM}', 'r: LOCAL_QUORUM needs a copy of every key in zone us'],
]

describe('an option that cannot be met', () => {
  it.each(ONE_ZONE)('%s is refused at its place', (_, options, sentence) => {
    expectRefusal('topology: {}', options, sentence)
  })

  it.each(THREE_ZONES)('%s is refused at its place, over three zones', (_, options, sentence) => {
    expectRefusal(TOPOLOGY, options, sentence)
  })

  it('is refused at the strategy where it is a default', () => {
    const topology = 'topology: {zones: {a: {nodes: 1}, b: {nodes: 1}}, links: {a--b: 1ms}}'
    expect(refusalOf(`${topology}\nstrategies: [quorum]`)).toContain(
      'test.yaml:2:14: n: 3 exceeds the 2 nodes of the topology.',
    )
  })

  it('says so of copies beyond what a mask of replicas takes', () => {
    const topology = 'topology: {zones: {a: {nodes: 20}, b: {nodes: 20}}, links: {a--b: 1ms}}'
    expect(refusalOf(`${topology}\nstrategies: [{quorum: {n: {a: 16, b: 16}}}]`)).toContain(
      'test.yaml:2:27: n: 32 copies in all exceed the 31 that a key may have.',
    )
  })
})

describe('what can be met', () => {
  it.each([
    ['ANY for writes', '{w: ANY}'],
    ['EACH_QUORUM for reads', '{n: {us: 3, eu: 3}, r: EACH_QUORUM, w: EACH_QUORUM}'],
    ['LOCAL_QUORUM where all clients have copies', '{n: {us: 3, eu: 2}, r: LOCAL_QUORUM, w: LOCAL_QUORUM}'],
    ['LOCAL_QUORUM with a copy in each zone', '{n: 3, r: LOCAL_QUORUM}'],
    ['SERIAL for reads', '{r: SERIAL}'],
    ['as many as there are', '{n: {us: 3, eu: 3, ap: 3}, r: 9, w: ALL, pr: 9, pw: 9, dw: 9}'],
    ['DW > W, as Riak has it', '{w: 1, dw: 3}'],
    ['blocking repair without digests', '{contact: quorum, repair: blocking}'],
    ['additional writes of blocking repairs', '{contact: quorum, repair: blocking, additional-writes: 10ms}'],
    ['the same where no repair is waited for, as Cassandra has it', '{contact: quorum, additional-writes: 99p}'],
    ['digests and speculation of a quorum', '{contact: quorum, digests: true, speculation: 99p}'],
    ['heads of all', '{heads: true}'],
    ['hints and a sloppy quorum with a detector', '{detector: {kind: phi}, hints: {}, sloppy: true}'],
    ['random tokens', '{tokens: random, vnodes: 256}'],
  ])('%s is taken', (_, options) => {
    expect(specOf(`${TOPOLOGY}\nstrategies: [{quorum: ${options}}]`).variants.length).toBe(1)
  })

  it('LOCAL_QUORUM is met for clients of a zone without nodes by the zone next to it', () => {
    const topology =
      'topology: {zones: {us: {nodes: 3, clients: 0%}, eu: {nodes: 3, clients: 0%}, app: {nodes: 0, clients: 100%}}, links: {us--eu: 40ms, eu--app: 5ms, us--app: 45ms}}'
    const strategies = (zone: string) => `strategies: [{quorum: {n: {${zone}: 3}, r: LOCAL_QUORUM}}]`
    expect(specOf(`${topology}\n${strategies('eu')}`).variants.length).toBe(1)
    expect(refusalOf(`${topology}\n${strategies('us')}`)).toContain('needs a copy of every key in zone eu')
    const byTurns = `${topology}\nclient: {coordinator: round-robin}\n${strategies('eu')}`
    expect(refusalOf(byTurns)).toContain('needs a copy of every key in zone us')
  })
})

function expectRefusal(topology: string, options: string, sentence: string): void {
  const entry = `strategies: [{quorum: ${options}}]`
  const refusal = refusalOf(`${topology}\n${entry.replace('^', '')}`)
  expect(refusal).toContain(sentence)
  const line = refusal.split('\n').find((one) => one.includes(sentence)) as string
  const place = `test.yaml:2:${entry.indexOf('^') + 1}: `
  expect(line.slice(0, place.length)).toBe(place)
}
