/**
 * All nodes of a zone lose power together. Its clients live, as do its links: they ask other zones if their strategy lets them. `any` draws a zone
 * that has nodes, anew for each strike.
 */
import { z } from 'zod'
import type { World, WorldZone } from '../core/world.js'
import type { Fault } from './fault.js'
import { some } from './names.js'
import { occurrences, type Timing, timing, timingComplaint } from './timing.js'

interface Options extends Timing {
  readonly zone: string
  readonly disk: 'keep' | 'lose'
}

const NAME = 'zone-outage'

const zonesWithNodes = (world: World): readonly WorldZone[] => world.zones.filter((zone) => zone.nodes.length > 0)

function zoneComplaint({ zone }: Options, world: World): string | undefined {
  const names = zonesWithNodes(world).map(({ name }) => name)
  if (zone === 'any' || names.includes(zone)) return undefined
  return `zone: there is no zone ${zone} with nodes; the zones are any, ${some(names)}`
}

export const zoneOutage: Fault<Options> = {
  name: NAME,
  summary: 'stops all nodes of a zone together, in silence; its clients live; disk: keep | lose',
  options: z.strictObject({
    zone: z.string().meta({ description: 'any or a zone' }).default('any'),
    ...timing,
    disk: z.enum(['keep', 'lose']).default('keep'),
  }),
  check: (options, world) => timingComplaint(NAME, options) ?? zoneComplaint(options, world),
  schedule: (options, world, length, random) => {
    const zones = zonesWithNodes(world)
    const choices = random.fork('targets')
    return occurrences(options, length, random.fork('times')).map((occurrence) => {
      const drawn = zones[choices.below(zones.length)]
      const { name, nodes } = (
        options.zone === 'any' ? drawn : zones.find((one) => one.name === options.zone)
      ) as WorldZone
      const action = { verb: 'stop', disk: options.disk, silent: true } as const
      const act = { on: 'nodes', target: { kind: 'nodes', nodes }, action } as const
      return { name: NAME, label: `${NAME} ${name}`, unit: 'messages', ...occurrence, act }
    })
  },
}
