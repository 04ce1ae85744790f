/**
 * Which nodes a fault strikes. `any` is one process that strikes one node at a time (or `count` of them together), drawn anew each time; `each` is one
 * independent process per node, or with `stagger` the same times for all, node i that much later than node i - 1: a rolling restart. A
 * name or a list of names, of nodes or of zones, strikes all of them at the same moment. `leader` and `coordinator` are found at the strike.
 */
import { z } from 'zod'
import type { Nanos, NodeId } from '../core/ids.js'
import type { Random } from '../core/random.js'
import { duration } from '../core/schema.js'
import type { World } from '../core/world.js'
import type { FaultStrike, NodeAction, NodeTarget } from './fault.js'
import { nodeNames, nodesNamed, some } from './names.js'
import { occurrences, type Timing, timingComplaint } from './timing.js'

const WORDS = ['any', 'each', 'leader', 'coordinator']

export interface NodeFaultOptions extends Timing {
  readonly node: string | readonly string[]
  readonly count?: number | undefined
  readonly stagger?: Nanos | undefined
}

export const nodeTargets = {
  node: z
    .union([z.string(), z.array(z.string()).min(1)])
    .meta({ description: 'any, each, leader, coordinator, a node, a zone, or a list of nodes and zones' })
    .default('any'),
  count: z.int().min(1).optional(),
  stagger: duration().optional(),
}

/** A sentence that says why these times or nodes are impossible, or `undefined`. */
export function nodeFaultComplaint(name: string, options: NodeFaultOptions, world: World): string | undefined {
  return timingComplaint(name, options) ?? nodeComplaint(options, world)
}

function nodeComplaint({ node, count, stagger, at }: NodeFaultOptions, world: World): string | undefined {
  const unknown = isWord(node) ? undefined : namesOf(node).find((name) => nodesNamed(name, world).length === 0)
  if (unknown !== undefined) {
    const zones = world.zones.filter(({ nodes }) => nodes.length > 0).map((zone) => zone.name)
    return `node: there is no node ${unknown}; the nodes are ${WORDS.join(', ')}, ${some(nodeNames(world))}, and those of a zone ${some(zones)}`
  }
  const nodes = world.zoneOf.length
  if (count !== undefined && node !== 'any') return 'count: it says how many of any, and takes node: any'
  if (count !== undefined && count > nodes) return `count: ${count} exceeds the ${nodes} nodes of the topology`
  if (stagger !== undefined && (node !== 'each' || at === undefined))
    return 'stagger: it strikes one node after the other from at on, and takes node: each and at'
  return undefined
}

/** The strikes of a fault of nodes. */
export function nodeStrikes(
  { name, unit }: Pick<FaultStrike, 'name' | 'unit'>,
  action: NodeAction,
  options: NodeFaultOptions,
  world: World,
  length: Nanos,
  random: Random,
): readonly FaultStrike[] {
  const names = nodeNames(world)
  const strikesOf = (times: Timing, stream: Random, choose: (choices: Random) => NodeTarget): FaultStrike[] => {
    const choices = stream.fork('targets')
    return occurrences(times, length, stream.fork('times')).map((occurrence) => {
      const target = choose(choices)
      return {
        name,
        label: `${name} ${subjectOf(target, options.node, names)}`,
        unit,
        ...occurrence,
        act: { on: 'nodes', target, action },
      }
    })
  }
  if (options.node !== 'each') return strikesOf(options, random, (choices) => chosen(options, world, choices))
  const { at, stagger } = options
  const strikes = names.flatMap((_, node) => {
    const times = stagger === undefined || at === undefined ? options : { ...options, at: at + node * stagger }
    return strikesOf(times, random.fork(`node/${node}`), () => ({ kind: 'nodes', nodes: [node] }))
  })
  return strikes.sort((left, right) => left.from - right.from)
}

function chosen({ node, count = 1 }: NodeFaultOptions, world: World, choices: Random): NodeTarget {
  switch (node) {
    case 'any':
      return { kind: 'nodes', nodes: distinct(count, world.zoneOf.length, choices) }
    case 'leader':
      return { kind: 'leader', key: choices.below(world.keys) }
    case 'coordinator':
      return { kind: 'coordinator', otherwise: choices.below(world.zoneOf.length) }
    default:
      return { kind: 'nodes', nodes: [...new Set(namesOf(node).flatMap((name) => nodesNamed(name, world)))] }
  }
}

/** So many of `total` nodes, ascending; every set of them is equally likely. */
function distinct(count: number, total: number, random: Random): readonly NodeId[] {
  const nodes = Array.from({ length: total }, (_, node) => node)
  for (let i = 0; i < count; i++) {
    const j = i + random.below(total - i)
    const drawn = nodes[j] as NodeId
    nodes[j] = nodes[i] as NodeId
    nodes[i] = drawn
  }
  return nodes.slice(0, count).sort((left, right) => left - right)
}

/** As the user calls them; those that were drawn by their names. */
function subjectOf(target: NodeTarget, node: NodeFaultOptions['node'], names: readonly string[]): string {
  if (target.kind !== 'nodes') return target.kind
  const isDrawn = node === 'any' || node === 'each'
  return isDrawn ? target.nodes.map((one) => names[one]).join(', ') : namesOf(node).join(', ')
}

const isWord = (node: NodeFaultOptions['node']): boolean => typeof node === 'string' && WORDS.includes(node)

const namesOf = (node: NodeFaultOptions['node']): readonly string[] => (typeof node === 'string' ? [node] : node)
