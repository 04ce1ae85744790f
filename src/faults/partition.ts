/**
 * A network partition, in one of three forms. `isolate` cuts a zone with its clients, or one node, off from everything else; `groups` cuts groups of
 * zones and nodes off from one another, and who is in none still reaches all; `one-way` cuts what goes from one to another and lets the
 * answers pass. Inside a zone that is cut off all goes on, its clients included.
 */
import { z } from 'zod'
import type { Flow, PartyId } from '../core/flow.js'
import type { World } from '../core/world.js'
import type { Fault, FlowAct } from './fault.js'
import { allParties, partiesNamed, partyName, unknownName } from './names.js'
import { flowStrikes } from './scope.js'
import { type Timing, timing, timingComplaint } from './timing.js'

interface Options extends Timing {
  readonly isolate?: string | undefined
  readonly groups?: readonly (readonly string[])[] | undefined
  readonly 'one-way'?: { readonly from: string; readonly to: string } | undefined
}

const PARTITION = { name: 'partition', unit: 'messages' }
const FORMS = ['isolate', 'groups', 'one-way'] as const

function partitionComplaint(options: Options, world: World): string | undefined {
  const given = FORMS.filter((form) => options[form] !== undefined)
  if (given.length === 0) return 'partition needs isolate, groups or one-way'
  if (given.length > 1)
    return `${given[1]}: a partition is one of isolate, groups and one-way, not ${given.join(' and ')}`
  const { isolate, groups, 'one-way': oneWay } = options
  if (isolate !== undefined) return unknownName('isolate', [isolate], world)
  if (oneWay !== undefined) return unknownName('one-way', [oneWay.from, oneWay.to], world)
  return groupsComplaint(groups as readonly (readonly string[])[], world)
}

function groupsComplaint(groups: readonly (readonly string[])[], world: World): string | undefined {
  const unknown = unknownName('groups', groups.flat(), world)
  if (unknown !== undefined) return unknown
  const sides = groups.map((names) => partiesOf(names, world))
  const shared = sides.flat().find((party, i, all) => all.indexOf(party) < i)
  return shared === undefined ? undefined : `groups: no node can be in two groups, and ${partyName(shared, world)} is`
}

const partiesOf = (names: readonly string[], world: World): readonly PartyId[] => [
  ...new Set(names.flatMap((name) => partiesNamed(name, world))),
]

function flowsOf({ isolate, groups, 'one-way': oneWay }: Options, world: World): readonly Flow[] {
  if (oneWay !== undefined) return [{ from: partiesNamed(oneWay.from, world), to: partiesNamed(oneWay.to, world) }]
  const inside = isolate === undefined ? [] : partiesNamed(isolate, world)
  const sides = groups?.map((names) => partiesOf(names, world)) ?? [
    inside,
    allParties(world).filter((party) => !inside.includes(party)),
  ]
  return sides.flatMap((from) => sides.flatMap((to) => (from === to ? [] : [{ from, to }])))
}

function subjectOf({ isolate, groups, 'one-way': oneWay }: Options): string {
  if (oneWay !== undefined) return `${oneWay.from}->${oneWay.to}`
  return isolate ?? (groups ?? []).map((names) => names.join(', ')).join(' | ')
}

function targetsOf({ isolate, groups, 'one-way': oneWay }: Options): readonly string[] {
  if (oneWay !== undefined) return [oneWay.from, oneWay.to]
  return isolate === undefined ? (groups ?? []).flat() : [isolate]
}

export const partition: Fault<Options> = {
  name: PARTITION.name,
  summary: 'cuts zones or nodes off: isolate one, groups from one another, or one-way',
  options: z.strictObject({
    isolate: z.string().meta({ description: 'a zone or a node' }).optional(),
    groups: z
      .array(z.array(z.string()).min(1))
      .min(2)
      .meta({ description: 'a list of at least two lists of zones or nodes, such as [[us], [eu, ap]]' })
      .optional(),
    'one-way': z
      .strictObject({ from: z.string(), to: z.string() })
      .meta({ description: '{from: a zone or node, to: another}' })
      .optional(),
    ...timing,
  }),
  check: (options, world) => timingComplaint(PARTITION.name, options) ?? partitionComplaint(options, world),
  schedule: (options, world, length, random) => {
    const act: FlowAct = {
      on: 'flows',
      flows: flowsOf(options, world),
      targets: targetsOf(options),
      action: { verb: 'cut' },
    }
    return flowStrikes(PARTITION, subjectOf(options), act, options, length, random)
  },
}
