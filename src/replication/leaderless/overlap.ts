/**
 * Whether the replicas of any read and those of any write have one in common: R + W > N (Gifford 1979), or majorities of one and the same zone. Then no
 * read misses what was acknowledged before it. In a sloppy quorum only answers of the preference list proper count, PR + PW > N.
 *
 * Where the number of copies in a zone is not among the options, LOCAL_QUORUM is taken for one, so what holds here holds in every topology.
 */
import type { AnswersNeeded } from './consistency-level.js'
import { demandsOf } from './demands.js'
import { copiesOf, type QuorumOptions } from './quorum-options.js'

export function alwaysMeet(options: QuorumOptions): boolean {
  // A replica that has nothing may end a read that does not count it.
  if (options['notfound-ok'] === false) return false
  if (options.sloppy === true) return (options.pr ?? 0) + (options.pw ?? 0) > copiesOf(options)
  const demands = demandsOf(options)
  const reads = demands.filter(({ of }) => of === 'reads')
  const writes = demands.filter(({ of }) => of === 'writes')
  return reads.every((read) => writes.every((write) => meet(read.needed, write.needed, options)))
}

/** The fewest replicas that answer such an operation, whatever zone it is in; of ANY, to which hints are answers, none. */
export function leastAnswers(needed: AnswersNeeded, options: Pick<QuorumOptions, 'n'>): number {
  const n = copiesOf(options)
  if (typeof needed === 'number') return needed
  switch (needed) {
    case 'ANY':
      return 0
    case 'ONE':
    case 'LOCAL_ONE':
      return 1
    case 'TWO':
      return 2
    case 'THREE':
      return 3
    case 'ALL':
      return n
    case 'QUORUM':
    case 'SERIAL':
      return majority(n)
    case 'LOCAL_QUORUM':
    case 'LOCAL_SERIAL':
      return typeof options.n === 'number' ? 1 : Math.min(...majoritiesByZone(options.n))
    case 'EACH_QUORUM':
      return typeof options.n === 'number'
        ? majority(n)
        : majoritiesByZone(options.n).reduce((sum, count) => sum + count, 0)
  }
}

function meet(read: AnswersNeeded, write: AnswersNeeded, options: QuorumOptions): boolean {
  const hasZoneMajorities = isOfZones(read) && isOfZones(write)
  if (hasZoneMajorities && (read === 'EACH_QUORUM' || write === 'EACH_QUORUM')) return true
  return leastAnswers(read, options) + leastAnswers(write, options) > copiesOf(options)
}

/** Whether it holds a majority of some zone: the coordinator's, or every one. */
function isOfZones(needed: AnswersNeeded): boolean {
  return needed === 'LOCAL_QUORUM' || needed === 'LOCAL_SERIAL' || needed === 'EACH_QUORUM'
}

function majoritiesByZone(n: Readonly<Record<string, number>>): readonly number[] {
  return Object.values(n).flatMap((copies) => (copies > 0 ? [majority(copies)] : []))
}

function majority(count: number): number {
  return Math.floor(count / 2) + 1
}
