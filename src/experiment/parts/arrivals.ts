/** `workload.arrivals`: open, as one of the registered processes, or closed, as sessions that think or keep to a schedule. */
import type { Catalog } from '../../catalog.js'
import { parseRate } from '../../core/units.js'
import type { CellArrivals } from '../cell.js'
import { listed, type Section, suggestion } from '../file/section.js'
import { type Call, readCall } from './call.js'
import { readCallOptions } from './call-options.js'
import { readReplay } from './replay.js'

const DEFAULT: CellArrivals = { kind: 'open', process: { name: 'poisson', options: { rate: 1000 } } }
const MOST_SESSIONS = 1_000_000
/** Operations per second of all sessions together. */
const LARGEST_RATE = 1e8
const WANTED = 'poisson(2000/s), closed(64) or closed(64 think 5ms)'

export function readArrivals(workload: Section, registry: Catalog['arrivals']): CellArrivals {
  const call = readCall(workload, 'arrivals', WANTED)
  if (call === undefined) return DEFAULT
  if (call.name === 'closed') return readClosed(workload, call)
  const process = registry.get(call.name)
  if (process === undefined) {
    const names = [...registry.names, 'closed']
    const unknown = `There are no arrivals ${call.name}${suggestion(call.name, names)}`
    workload.complain('arrivals', `${unknown}; arrivals are ${listed(names)}, such as ${WANTED}`)
    return DEFAULT
  }
  const options =
    call.name === 'replay' ? readReplay(workload, call) : readCallOptions(workload, 'arrivals', call, process)
  return options === undefined ? DEFAULT : { kind: 'open', process: { name: call.name, options } }
}

function readClosed(workload: Section, { argument = '', argumentAt, leaf }: Call): CellArrivals {
  const match = /^\s*(\d+)\s*(?:[\s,]\s*at\s+(\S+)\s*|[\s,]\s*think\s+(\S.*))?$/s.exec(argument)
  const sessions = Number(match?.[1] ?? 0)
  const [, , rate, think] = match ?? []
  const perSecond = rate === undefined ? null : (parseRate(rate) ?? 0)
  const isRate = perSecond === null || (perSecond > 0 && perSecond <= LARGEST_RATE)
  if (match === null || sessions < 1 || sessions > MOST_SESSIONS || !isRate) {
    const wanted = `from 1 to ${MOST_SESSIONS} sessions, and perhaps a law of their thinking or the rate, at most ${LARGEST_RATE}/s, at which they keep to a schedule`
    workload.complain(
      'arrivals',
      `closed takes ${wanted}, such as closed(64), closed(64 think 5ms) or closed(64 at 2000/s), not ${argument.trim() || 'nothing'}`,
    )
    return DEFAULT
  }
  if (think === undefined) return { kind: 'closed', sessions, think: '0ms', perSecond }
  const offset = argumentAt + argument.length - think.length
  return { kind: 'closed', sessions, think: workload.lawOf(leaf, think, offset, 'time', '0ms'), perSecond }
}
