/** Settings, axes and texts of any kind: each makes a spec or is refused, and nothing else is ever thrown. */
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { SHIPPED } from '../shipped-workloads.js'
import { WORDS } from './dictionary.js'
import { cellsOrRefusal, expectPossible } from './outcome.js'

describe('a shipped workload file', () => {
  it('with a strange setting or axis is a spec or is refused', () => {
    const paths = ['seeds', 'topology', 'topology.zones.a.nodes', 'topology.links.a--b', 'node.clock', 'client.timeout']
    paths.push('workload', 'workload.operations.read', 'workload.arrivals', 'workload.read-back.after.0', 'strategies')
    paths.push(
      'strategies.0',
      'strategies.0.quorum.r',
      'strategies.0.single-leader.acks',
      'faults.0',
      'faults',
      'x.y.z',
      '..',
    )
    const one = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...WORDS), fc.boolean())
    fc.assert(
      fc.property(
        fc.constantFrom(...SHIPPED.map(({ text }) => text)),
        fc.array(one, { minLength: 1, maxLength: 3 }),
        (text, chosen) => {
          const settings = chosen.map(([path, value, isAxis]) =>
            isAxis ? `axes.${path}=[${value}]` : `${path}=${value}`,
          )
          expectPossible(cellsOrRefusal(text, settings))
        },
      ),
      { numRuns: 400, seed: 20_260_102 },
    )
  })

  it('is not needed: any text is a spec or is refused', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.string()), { maxLength: 30 }), (pieces) => {
        cellsOrRefusal(pieces.join(' '))
      }),
      { numRuns: 300, seed: 20_260_103 },
    )
  })
})
