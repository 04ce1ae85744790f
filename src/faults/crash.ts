/**
 * A process crash: one node stops at once, loses what it had not put on its disk, refuses connections while it is down, and starts again
 * on the same disk. `any` picks one node by the fault's own stream. Disk loss and crashes at rates are not modelled yet.
 */
import { z } from 'zod'
import type { Nanos, NodeId } from '../core/ids.js'
import { duration } from '../core/schema.js'
import type { World } from '../core/world.js'
import type { Fault } from './fault.js'

interface Options {
  readonly node: string
  readonly at: Nanos
  readonly for: Nanos
}

/** A node is called by its zone and its number there, from 1: `us-1`. */
function nodeNames(world: World): readonly string[] {
  const names: string[] = []
  for (const zone of world.zones)
    zone.nodes.forEach((node, i) => {
      names[node] = `${zone.name}-${i + 1}`
    })
  return names
}

export const crash: Fault<Options> = {
  name: 'crash',
  summary: 'stops one node, which keeps its disk, and starts it again',
  options: z.strictObject({ node: z.string().default('any'), at: duration(), for: duration() }),
  check: ({ node }, world) =>
    node === 'any' || nodeNames(world).includes(node)
      ? undefined
      : `node: there is no node ${node}; the nodes are any, ${nodeNames(world).join(', ')}`,
  schedule: (options, world, length, random) => {
    const names = nodeNames(world)
    const drawn = random.below(names.length)
    if (options.at >= length) return []
    const node: NodeId = options.node === 'any' ? drawn : names.indexOf(options.node)
    const label = `crash ${names[node]}`
    return [{ name: 'crash', label, from: options.at, to: options.at + options.for, action: { verb: 'crash', node } }]
  },
}
