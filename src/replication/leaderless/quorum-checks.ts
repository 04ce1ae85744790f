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
import { checkCombination } from './option-combinations.js'
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

interface Demand {
  /** The option by its path. */
  readonly at: string
  readonly needed: AnswersNeeded
  readonly of: 'reads' | 'writes' | 'scans'
}

/** Whatever says how many answers an operation waits for. */
function demandsOf({ r, w, levels = {} }: QuorumOptions): readonly Demand[] {
  const ofKinds = Object.entries(levels).flatMap(([name, needed]): Demand[] =>
    needed === undefined ? [] : [{ at: `levels.${name}`, needed, of: READERS[name] ?? 'writes' }],
  )
  return [{ at: 'r', needed: r, of: 'reads' }, { at: 'w', needed: w, of: 'writes' }, ...ofKinds]
}

const READERS: Readonly<Record<string, 'reads' | 'scans'>> = { read: 'reads', scan: 'scans' }

/** Of levels that are a number of replicas whoever they are. */
const COUNTS: Readonly<Record<string, number>> = { TWO: 2, THREE: 3 }

function checkCounts(options: QuorumOptions): string | undefined {
  const n = copiesOf(options)
  const primaries = (['pr', 'pw', 'dw'] as const).map((at) => ({ at, needed: options[at] ?? 0 }))
  const excessive = [...demandsOf(options), ...primaries].filter(({ needed }) => {
    const count = typeof needed === 'number' ? needed : (COUNTS[needed] ?? 0)
    return count > n
  })
  if (excessive.length === 0) return undefined
  const told = excessive.map(({ at, needed }) => `${at}: ${needed}`).join(' and ')
  const copies = typeof options.n === 'number' ? `n: ${n}` : `the ${n} copies of n`
  return `${told} ${excessive.length > 1 ? 'exceed' : 'exceeds'} ${copies}`
}

const isSerial = (needed: AnswersNeeded | undefined): boolean => needed === 'SERIAL' || needed === 'LOCAL_SERIAL'

/** ANY counts hints, and the SERIAL levels are rounds of Paxos on one key. */
function checkKinds(options: QuorumOptions): string | undefined {
  for (const { at, needed, of } of demandsOf(options)) {
    if (needed === 'ANY' && of !== 'writes') return `${at}: ANY is met by hints, which answer no read; take ONE`
    if (isSerial(needed) && of === 'writes')
      return `${at}: ${needed} is for reads and compare-and-set; plain writes take QUORUM or LOCAL_QUORUM`
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

/** Whether the replicas of any read and those of any write have one in common, R + W > N. */
export function alwaysMeet(options: QuorumOptions): boolean {
  const { r, w } = options
  return typeof r === 'number' && typeof w === 'number' && r + w > copiesOf(options)
}
