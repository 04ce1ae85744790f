/**
 * Random lists of faults as a workload file has them: of every kind, at stated times, repeated and at rates, on every kind of target and scope. For
 * each list every kind is switched off with even odds, because faults that are all a little on hide each other (swarm testing, Groce et al.
 * 2012). Strikes begin within the two seconds of a load and may outlast it; several may strike the same place at once.
 */
import type { Random } from '../../src/core/random.js'

export interface Battlefield {
  readonly zones: readonly string[]
  /** Nodes of each zone. */
  readonly sizes: readonly number[]
  readonly datagrams: boolean
  /** The nodes whose disks may be lost. */
  readonly losers: readonly string[]
}

type Draw = (field: Battlefield, pick: Pick) => string
type Pick = <T>(...choices: readonly T[]) => T

const KINDS: Readonly<Record<string, Draw>> = {
  crash: (field, pick) => `crash: { ${downNodes(field, pick)} }`,
  'power-loss': (field, pick) => `power-loss: { ${downNodes(field, pick)} }`,
  'zone-outage': (field, pick) => `zone-outage: { zone: ${pick('any', ...field.zones)}, ${times(pick)} }`,
  pause: (field, pick) => `pause: { ${nodes(field, pick)} }`,
  'slow-node': (field, pick) => `slow-node: { ${nodes(field, pick)}, factor: ${pick(1, 2, 4)} }`,
  clock: (field, pick) =>
    `clock: { ${nodes(field, pick)}, offset: ${pick('0ms', '-300ms', '1s')}, drift: ${pick('500ppm', '-100000ppm')}, step: ${pick('0s', '-1s', '50ms')} }`,
  partition: (field, pick) => `partition: { ${cut(field, pick)}, ${times(pick)} }`,
  'message-loss': (field, pick) =>
    `message-loss: { loss: ${pick('1%', '30%', '100%')}, ${scope(field, pick)}${times(pick)} }`,
  duplication: (field, pick) => `duplication: { share: ${pick('5%', '100%')}, ${scope(field, pick)}${times(pick)} }`,
  'slow-link': (field, pick) =>
    `slow-link: { factor: ${pick(1, 2, 4)}, extra: ${pick('0ms', 'exponential(30ms)')}, ${scope(field, pick)}${times(pick)} }`,
  overload: (_, pick) => `overload: { factor: ${pick(1.5, 4)}, ${times(pick)} }`,
}

/** Lines of YAML below `faults:`. */
export function randomFaults(random: Random, field: Battlefield, count: number): string {
  const pick: Pick = (...choices) => choices[random.below(choices.length)] as never
  const possible = Object.keys(KINDS).filter((kind) => field.datagrams || kind !== 'duplication')
  const chosen = possible.filter(() => random.below(2) === 0)
  const kinds = chosen.length > 0 ? chosen : possible
  const lines = Array.from({ length: count }, () => `  - ${(KINDS[pick(...kinds)] as Draw)(field, pick)}`)
  return lines.length > 0 ? `${lines.join('\n')}\n` : '  []\n'
}

/** Strikes number a hundred at most. */
function times(pick: Pick): string {
  const at = `at: ${pick(0, 300, 1000, 1900)}ms`
  const lasting = pick('1ms', '40ms', '400ms', '1500ms', 'exponential(200ms)', 'uniform(0ms 1s)')
  const every = pick('20ms', 'exponential(200ms)', 'exponential(1s)')
  return pick(
    `${at}, for: ${lasting}`,
    `${at}, for: ${lasting}`,
    `${at}, for: ${lasting}, every: ${every}, times: ${pick(2, 5)}`,
    `for: ${lasting}, every: ${every}`,
  )
}

function nodes(field: Battlefield, pick: Pick): string {
  const names = field.zones.flatMap((zone, i) =>
    Array.from({ length: field.sizes[i] as number }, (_, node) => `${zone}-${node + 1}`),
  )
  const together = `node: [${pick(...names)}, ${pick(...names, ...field.zones)}], ${times(pick)}`
  const rolling = `node: each, at: ${pick(0, 500)}ms, for: ${pick('50ms', '500ms')}, stagger: ${pick('100ms', '300ms')}`
  const drawn = `node: any, count: ${pick(1, 2)}, ${times(pick)}`
  return pick(
    together,
    rolling,
    drawn,
    `node: ${pick('any', 'each', 'leader', 'coordinator', ...names)}, ${times(pick)}`,
  )
}

function downNodes(field: Battlefield, pick: Pick): string {
  const { losers } = field
  if (losers.length === 0 || pick(true, false)) return nodes(field, pick)
  return `node: ${pick(...losers)}, ${times(pick)}, disk: lose`
}

function cut({ zones }: Battlefield, pick: Pick): string {
  const [here, there] = [pick(...zones), pick(...zones)]
  const isolate = `isolate: ${pick(here, `${here}-1`)}`
  if (here === there) return isolate
  return pick(
    isolate,
    `groups: [[${here}], [${there}]]`,
    `groups: [[${here}-1], [${there}]]`,
    `one-way: { from: ${here}, to: ${pick(there, `${there}-1`)} }`,
  )
}

function scope({ zones }: Battlefield, pick: Pick): string {
  const [here, there] = [pick(...zones), pick(...zones)]
  return pick('', `from: ${here}, `, `to: ${there}-1, `, `between: [${here}, ${there}], `)
}
