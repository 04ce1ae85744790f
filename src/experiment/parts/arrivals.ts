/** `workload.arrivals`: open, as a Poisson process, or closed, as sessions that think. */
import { parseRate, RATE_UNITS } from '../../core/units.js'
import type { CellArrivals } from '../cell.js'
import { notInThisVersion, type Section, suggestion } from '../file/section.js'
import { type Call, readCall } from './call.js'
import { LATER } from './later.js'

const DEFAULT: CellArrivals = { kind: 'poisson', perSecond: 1000 }
const LARGEST_RATE = 1e8
const MOST_SESSIONS = 1_000_000
const WANTED = 'poisson(2000/s), closed(64) or closed(64 think 5ms)'

export function readArrivals(workload: Section): CellArrivals {
  const call = readCall(workload, 'arrivals', WANTED)
  if (call === undefined) return DEFAULT
  if (call.name === 'poisson') return readPoisson(workload, call)
  if (call.name === 'closed') return readClosed(workload, call)
  const isLater = LATER.arrivals.some((name) => name === call.name)
  const hint = suggestion(call.name, ['poisson', 'closed'])
  const unknown = `There are no arrivals ${call.name}${hint}; arrivals is ${WANTED}`
  workload.complain('arrivals', isLater ? `${notInThisVersion(call.name)}; arrivals is ${WANTED}` : unknown)
  return DEFAULT
}

function readPoisson(workload: Section, { argument = '' }: Call): CellArrivals {
  const perSecond = parseRate(argument)
  if (perSecond !== undefined && perSecond > 0 && perSecond <= LARGEST_RATE) return { kind: 'poisson', perSecond }
  const wanted = `a rate with a unit (${RATE_UNITS}), more than 0/s and at most ${LARGEST_RATE}/s`
  workload.complain('arrivals', `poisson takes ${wanted}, such as poisson(2000/s), not ${argument.trim() || 'nothing'}`)
  return DEFAULT
}

function readClosed(workload: Section, { argument = '', argumentAt, leaf }: Call): CellArrivals {
  const match = /^\s*(\d+)\s*(?:[\s,]\s*think\s+(\S.*))?$/s.exec(argument)
  const sessions = Number(match?.[1] ?? 0)
  if (match === null || sessions < 1 || sessions > MOST_SESSIONS) {
    const wanted = `from 1 to ${MOST_SESSIONS} sessions and perhaps a law of their thinking`
    workload.complain(
      'arrivals',
      `closed takes ${wanted}, such as closed(64 think 5ms), not ${argument.trim() || 'nothing'}`,
    )
    return DEFAULT
  }
  const [, , think] = match
  if (think === undefined) return { kind: 'closed', sessions, think: '0ms' }
  const offset = argumentAt + argument.length - think.length
  return { kind: 'closed', sessions, think: workload.lawOf(leaf, think, offset, 'time', '0ms') }
}
