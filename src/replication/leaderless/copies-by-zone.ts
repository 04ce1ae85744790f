/**
 * The option `n` in a world: copies in all, which spread over the zones, or copies of each zone by its name (Cassandra's
 * NetworkTopologyStrategy with a zone for a data centre), and then none in a zone that is not named.
 */
import type { ZoneId } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import { type Copies, copiesIn } from '../placement/preference-list.js'
import { MAXIMUM_REPLICAS } from './pending.js'
import { copiesOf, type QuorumOptions } from './quorum-options.js'

type N = Pick<QuorumOptions, 'n'>

export function copiesAt({ n }: N, world: World): Copies {
  return typeof n === 'number' ? n : world.zones.map(({ name }) => n[name] ?? 0)
}

/** Whether the zone holds a copy of every key. A number of copies that is none for each zone leaves every zone without some keys. */
export function holdsAll(options: N, world: World, zone: ZoneId): boolean {
  const copies = copiesAt(options, world)
  if (typeof copies !== 'number') return copiesIn(copies, zone) > 0
  const populated = world.zones.filter(({ nodes }) => nodes.length > 0).length
  return copies >= populated && (world.zones[zone]?.nodes.length ?? 0) > 0
}

/** A sentence if there cannot be so many copies. */
export function checkN(options: N, world: World): string | undefined {
  const { n } = options
  const nodes = world.zoneOf.length
  if (typeof n === 'number') return n > nodes ? `n: ${n} exceeds the ${nodes} nodes of the topology` : undefined
  const names = world.zones.map(({ name }) => name)
  const stranger = Object.keys(n).find((name) => !names.includes(name))
  if (stranger !== undefined)
    return `n.${stranger}: there is no such zone in the topology, which has ${names.join(', ')}`
  const crowded = world.zones.find((zone) => (n[zone.name] ?? 0) > zone.nodes.length)
  if (crowded !== undefined)
    return `n.${crowded.name}: ${n[crowded.name]} exceeds the ${crowded.nodes.length} nodes of the zone`
  const sum = copiesOf(options)
  if (sum === 0) return 'n: no zone holds a copy'
  return sum > MAXIMUM_REPLICAS
    ? `n: ${sum} copies in all exceed the ${MAXIMUM_REPLICAS} that a key may have`
    : undefined
}
