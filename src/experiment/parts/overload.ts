/** `workload.overload`: what becomes of an arrival while as many operations are under way as may be: `drop(256)`. */
import type { CellOverload } from '../cell.js'
import { type Section, suggestion } from '../file/section.js'
import { readCall } from './call.js'

export const OVERLOAD_POLICIES = ['queue', 'drop', 'abort'] as const
const MOST_SESSIONS = 1_000_000
const WANTED = 'queue(256), drop(256) or abort(256)'

export function readOverload(workload: Section): CellOverload | null {
  const call = readCall(workload, 'overload', WANTED)
  if (call === undefined) return null
  const policy = OVERLOAD_POLICIES.find((name) => name === call.name)
  if (policy === undefined) {
    const unknown = `There is no policy ${call.name}${suggestion(call.name, OVERLOAD_POLICIES)}`
    workload.complain('overload', `${unknown}; overload is ${WANTED}`)
    return null
  }
  const sessions = /^\s*\d+\s*$/.test(call.argument ?? '') ? Number(call.argument) : 0
  if (sessions < 1 || sessions > MOST_SESSIONS) {
    const wanted = `how many operations may be under way, a whole number from 1 to ${MOST_SESSIONS}`
    workload.complain('overload', `${policy} takes ${wanted}, not ${call.argument?.trim() || 'nothing'}`)
    return null
  }
  return { sessions, policy }
}
