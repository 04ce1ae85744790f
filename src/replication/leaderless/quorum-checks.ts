/**
 * Which options of quorum replication cannot be met: not in this world, because there are too few copies or none where they are asked for, or
 * nowhere, because one rules another out. A complaint is a sentence that begins with the option at fault, one inside another by its
 * path, as in `levels.read`. What a level counts is in consistency-level.ts; that ANY is none for reads, nor SERIAL one
 * for plain writes, is Cassandra's rule.
 */
import type { ZoneId } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import type { AnswersNeeded } from './consistency-level.js'
import { checkN, holdsAll } from './copies-by-zone.js'
import { demandsOf, isSerial } from './demands.js'
import { checkCombination } from './option-combinations.js'
import { leastAnswers } from './overlap.js'
import { copiesOf, type QuorumOptions } from './quorum-options.js'

/** A sentence that begins with the option that is wrong, or `undefined`. */
export function checkQuorum(options: QuorumOptions, world: World): string | undefined {
  return (
    checkN(options, world) ??
    checkCounts(options) ??
    checkKinds(options) ??
    checkLocal(options, world) ??
    checkCombination(options)
  )
}

function checkCounts(options: QuorumOptions): string | undefined {
  const n = copiesOf(options)
  const primaries = (['pr', 'pw', 'dw'] as const).map((at) => ({ at, needed: options[at] ?? 0 }))
  const excessive = [...demandsOf(options), ...primaries].filter(({ needed }) => leastAnswers(needed, options) > n)
  if (excessive.length === 0) return undefined
  const told = excessive.map(({ at, needed }) => `${at}: ${needed}`).join(' and ')
  const copies = typeof options.n === 'number' ? `n: ${n}` : `the ${n} copies of n`
  return `${told} ${excessive.length > 1 ? 'exceed' : 'exceeds'} ${copies}`
}

/** ANY counts hints, and the SERIAL levels are rounds of Paxos on one key. */
function checkKinds(options: QuorumOptions): string | undefined {
  for (const { at, needed, of } of demandsOf(options)) {
    if (needed === 'ANY' && of !== 'writes') return `${at}: ANY is met by hints, which answer no read; take ONE`
    if (isSerial(needed) && of === 'writes')
      return `${at}: ${needed} is none for writes; take QUORUM or LOCAL_QUORUM, and serial for the rounds of a compare-and-set`
    if (isSerial(needed) && of === 'scans') return `${at}: ${needed} is for one key at a time, and a scan reads many`
  }
  return undefined
}

const isLocal = (needed: AnswersNeeded | undefined): boolean =>
  typeof needed === 'string' && needed.startsWith('LOCAL_')

function checkLocal(options: QuorumOptions, world: World): string | undefined {
  const demands = [...demandsOf(options), { at: 'serial', needed: options.serial }]
  const local = demands.find(({ needed }) => isLocal(needed))
  if (local === undefined) return undefined
  const bare = coordinatorZones(options, world).find((zone) => !holdsAll(options, world, zone))
  if (bare === undefined) return undefined
  const where = `zone ${world.zones[bare]?.name}`
  return `${local.at}: ${local.needed} needs a copy of every key in ${where}, where requests come in, and n does not put one there`
}

/** Where clients make their requests: in their own zone or, if it has no nodes, in the nearest; by turns, in all. */
function coordinatorZones({ coordinator }: QuorumOptions, world: World): readonly ZoneId[] {
  const all = world.zones.map((_, zone) => zone)
  const populated = all.filter((zone) => world.zones[zone]?.nodes.length !== 0)
  const homes = all.filter((zone) => (world.zones[zone]?.clients ?? 0) > 0)
  if (coordinator === 'client') return homes
  if (world.coordinator === 'round-robin') return populated
  return homes.map((home) => (populated.includes(home) ? home : nearestOf(home, populated, world)))
}

function nearestOf(home: ZoneId, zones: readonly ZoneId[], world: World): ZoneId {
  return zones.reduce((best, zone) => (world.distance(home, zone) < world.distance(home, best) ? zone : best))
}
