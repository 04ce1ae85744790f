/**
 * Which messages a fault of links concerns: those `from` a zone or node, `to` one, or `between` two of them, both ways; all messages if nothing is
 * said. A zone stands for its nodes and its clients; what a node sends to itself never meets the network.
 */
import { z } from 'zod'
import type { Flow } from '../core/flow.js'
import type { Nanos } from '../core/ids.js'
import type { Random } from '../core/random.js'
import type { World } from '../core/world.js'
import type { FaultStrike, FlowAct, FlowAction } from './fault.js'
import { allParties, partiesNamed, unknownName } from './names.js'
import { occurrences, type Timing } from './timing.js'

export interface Scope {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly between?: readonly string[] | undefined
}

const PLACE = 'a zone or a node'

export const scope = {
  from: z.string().meta({ description: PLACE }).optional(),
  to: z.string().meta({ description: PLACE }).optional(),
  between: z
    .array(z.string())
    .length(2)
    .meta({ description: 'a list of two zones or nodes, such as [us, eu]' })
    .optional(),
}

/** A sentence that says why this scope is impossible, or `undefined`. */
export function scopeComplaint({ from, to, between }: Scope, world: World): string | undefined {
  if (between !== undefined && (from !== undefined || to !== undefined))
    return 'between: it takes the place of from and to'
  return (
    unknownName('from', from === undefined ? [] : [from], world) ??
    unknownName('to', to === undefined ? [] : [to], world) ??
    unknownName('between', between ?? [], world)
  )
}

/** The strikes of a fault of links within its scope. */
export function scopedStrikes(
  { name, unit }: Pick<FaultStrike, 'name' | 'unit'>,
  action: FlowAction,
  options: Timing & Scope,
  world: World,
  length: Nanos,
  random: Random,
): readonly FaultStrike[] {
  const act = { on: 'flows', flows: flowsOf(options, world), targets: targetsOf(options), action } as const
  return flowStrikes({ name, unit }, subjectOf(options), act, options, length, random)
}

/** Strikes that all do the same to messages. */
export function flowStrikes(
  { name, unit }: Pick<FaultStrike, 'name' | 'unit'>,
  subject: string,
  act: FlowAct,
  times: Timing,
  length: Nanos,
  random: Random,
): readonly FaultStrike[] {
  const label = subject === '' ? name : `${name} ${subject}`
  return occurrences(times, length, random.fork('times')).map((occurrence) => ({
    name,
    label,
    unit,
    ...occurrence,
    act,
  }))
}

function flowsOf({ from, to, between }: Scope, world: World): readonly Flow[] {
  const parties = (name: string | undefined) => (name === undefined ? allParties(world) : partiesNamed(name, world))
  if (between === undefined) return [{ from: parties(from), to: parties(to) }]
  const [left, right] = [parties(between[0]), parties(between[1])]
  return [
    { from: left, to: right },
    { from: right, to: left },
  ]
}

function targetsOf({ from, to, between }: Scope): readonly string[] {
  return [...new Set([from, to, ...(between ?? [])])].filter((name) => name !== undefined)
}

function subjectOf({ from, to, between }: Scope): string {
  if (between !== undefined) return between.join('--')
  if (from !== undefined && to !== undefined) return `${from}->${to}`
  if (from !== undefined) return `from ${from}`
  return to === undefined ? '' : `to ${to}`
}
