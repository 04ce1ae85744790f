/**
 * The cells that are timed, as the workload file that a user would write: 1000 closed-loop clients, 5 nodes, 100,000 records under
 * zipfian(0.99), one-way links of exp(1ms), exponential services, everything else as by default. Under `quorum` nodes are two fifths
 * busy; a strategy with one leader for all keys saturates it. Nothing fails, times out or is turned away. There is no warm-up
 * in virtual time: every operation is measured.
 */
import { catalog } from '../catalog.js'
import { assert } from '../core/assert.js'
import type { Cell } from '../experiment/cell.js'
import { plan } from '../experiment/plan.js'
import { parseSpec } from '../experiment/spec.js'

/** Shares by operation, as YAML. */
export const HALF_READS = '{ read: 50%, update: 50% }'
export const ALL_OPERATIONS = '{ read: 50%, update: 30%, read-modify-write: 5%, increment: 5%, add: 5%, remove: 5% }'

/** `strategy` as YAML; `count` operations. */
export function cellOf(strategy: string, mix: string, count: number): Cell {
  const text = `
seeds: [1]
warmup: 0s
duration: 1h
topology:
  zones: { one: { nodes: 5, clients: 100% } }
  links: { local: exponential(1ms) }
node: { concurrency: 4, read: exponential(20us), write: exponential(20us), queue: 10000 }
workload:
  records: 100000
  count: ${count}
  operations: ${mix}
  keys: zipfian(0.99)
  arrivals: closed(1000)
strategies: [${strategy}]
`
  const [cell, another] = plan(parseSpec(text, 'bench.yaml', catalog))
  assert(cell !== undefined && another === undefined, `${strategy} is one variant.`)
  return cell
}
