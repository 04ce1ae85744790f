/**
 * C clients that read-modify-write one record in step all read the same value, and of their C writes the one that is ordered last replaces
 * the others unseen: (C - 1) / C are lost, exactly, under every strategy without compare-and-set, the leader included. A counter that merges loses none
 * of the same clients' increments.
 */
import type { Finding } from './check.js'
import type { Family, Part } from './family.js'
import { simulated } from './simulated.js'

export const STRATEGIES_IN_STEP: readonly string[] = [
  'single-leader',
  'lww',
  'crdt',
  'quorum',
  '{ quorum: { n: 3, r: 1, w: 3, coordinator: client } }',
  'unreplicated',
]

export const CLIENTS_IN_STEP: readonly number[] = [2, 5, 8]

export const inStepWorkload = (strategy: string, clients: number, operation = 'read-modify-write'): string => `
seeds: [1]
duration: 30s
topology:
  zones: { local: { nodes: 3, clients: 100% } }
  links: { local: 5ms }
node: { read: 0ms, write: 0ms }
workload: { records: 1, operations: { ${operation}: 100% }, arrivals: closed(${clients} think 1s) }
strategies: [ ${strategy} ]
`

function lossOf(name: string, measure: string, expected: number, source: string, text: string, seed: number): Finding {
  const [cell] = simulated(text, seed).cells
  const [count, n] = cell?.ratios[measure] ?? [Number.NaN, 0]
  return { name, unit: 'share', source, expected, measured: count / n, n, spread: null, bias: null }
}

const readModifyWrites: Part = {
  name: 'read-modify-writes',
  seconds: 1,
  measure: (seed) =>
    STRATEGIES_IN_STEP.flatMap((strategy) =>
      CLIENTS_IN_STEP.map((clients) => {
        const name = `${strategy.replaceAll(/[{} ]+/g, ' ').trim()}, ${clients} in step`
        const source = 'exact: all but one of those who read the same value, (C - 1) / C'
        return lossOf(name, 'lost.rmw', (clients - 1) / clients, source, inStepWorkload(strategy, clients), seed)
      }),
    ),
}

const increments: Part = {
  name: 'increments',
  seconds: 1,
  measure: (seed) =>
    ['crdt', 'single-leader'].map((strategy) => {
      const text = inStepWorkload(strategy, 8, 'increment')
      return lossOf(
        `${strategy}, increments by 8 in step`,
        'lost.merges',
        0,
        'exact: merged or ordered, none',
        text,
        seed,
      )
    }),
}

export const lostUpdates: Family = {
  name: 'lost-updates',
  summary: 'share of read-modify-writes lost by clients that read the same value',
  parts: [readModifyWrites, increments],
}
