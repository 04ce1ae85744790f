/** One add that two coordinators took without knowing of each other, each upon a set of its own: what both were made upon stays. */
import { expect, it } from 'vitest'
import { INITIAL } from '../../../../src/core/ids.js'
import { ADD, INCREMENT } from '../../../../src/history/operation-kinds.js'
import { Disk } from '../../../../src/replication/disk.js'
import { valueIn } from '../../../../src/replication/leaderless/held.js'
import { NOTHING_HELD, type Versioned } from '../../../../src/replication/leaderless/versioned.js'
import { clockedMaker, clockedVersions } from '../../../../src/replication/leaderless/versions/clocked-versions.js'
import type { VersionOptions } from '../../../../src/replication/leaderless/versions/options.js'

const ALL: readonly VersionOptions[] = [
  { versions: 'dotted', merge: 'union' },
  { versions: 'vectors', merge: 'union' },
]

/** Two replicas that do not hear of each other. */
function apart(options: VersionOptions) {
  let now = 0
  const makers = [0, 1].map((identity) =>
    clockedMaker({ identity, disk: new Disk(), clock: () => ++now } as never, options),
  )
  const held: Versioned[] = [NOTHING_HELD, NOTHING_HELD]
  const versions = clockedVersions(options)
  const write = (replica: number, operation: number, kind: number): void => {
    const found = held[replica] as Versioned
    const request = { operation, kind, element: INITIAL, delta: 1, context: null }
    const made = makers[replica]?.make(request as never, found, found) as Versioned
    held[replica] = versions.reconcile(found, made)
  }
  const met = () => valueIn(versions.reconcile(held[0] as Versioned, held[1] as Versioned).held)
  return { write, met }
}

it.each(ALL)('of sets under $versions', (options) => {
  const { write, met } = apart(options)
  write(0, 1, ADD)
  write(1, 2, ADD)
  for (const replica of [0, 1]) write(replica, 3, ADD)
  expect(met()).toEqual({ elements: [1, 2, 3] })
})

it('of counters, whose operation counts once', () => {
  const { write, met } = apart({ versions: 'dotted', merge: 'counter' })
  write(0, 1, INCREMENT)
  write(0, 2, INCREMENT)
  // The first upon 2, the second, which is the later, upon nothing.
  for (const replica of [0, 1]) write(replica, 3, INCREMENT)
  expect(met()).toEqual({ count: 3 })
})
