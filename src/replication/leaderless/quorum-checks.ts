/** Which options of quorum replication are impossible in a world, and which make every read meet every write before it. */
import type { World } from '../../core/world.js'
import type { AnswersNeeded } from './consistency-level.js'
import { checkSerial } from './paxos/serial-options.js'
import { copiesOf, type QuorumOptions } from './quorum-options.js'

/** A sentence that begins with the option that is wrong, or `undefined`. */
export function checkQuorum(options: QuorumOptions, world: World): string | undefined {
  const nodes = world.zoneOf.length
  const n = copiesOf(options)
  if (n > nodes) return `n: ${n} exceeds the ${nodes} nodes of the topology`
  const excessive = (['r', 'w'] as const).filter((option) => Number(options[option]) > n)
  if (excessive.length === 0) return checkSerial(options)
  const told = excessive.map((option) => `${option}: ${options[option]}`)
  return `${told.join(' and ')} ${told.length > 1 ? 'exceed' : 'exceeds'} n: ${n}`
}

/** Whether the replicas of any read and those of any write have one in common, R + W > N, whatever zones they are in. */
export function alwaysMeet(options: QuorumOptions): boolean {
  const { r, w, levels = {}, sloppy } = options
  const n = copiesOf(options)
  const writes = [w, ...Object.entries(levels).flatMap(([name, level]) => (name === 'read' ? [] : [level]))]
  const fewest = Math.min(...writes.map((needed) => leastAnswers(needed, n)))
  return sloppy !== true && leastAnswers(levels.read ?? r, n) + fewest > n
}

/** Replicas that certainly have answered; none where it depends on zones, or where hints count. */
function leastAnswers(needed: AnswersNeeded, n: number): number {
  if (typeof needed === 'number') return needed
  switch (needed) {
    case 'ONE':
      return 1
    case 'TWO':
      return 2
    case 'THREE':
      return 3
    case 'QUORUM':
    case 'SERIAL':
      return Math.floor(n / 2) + 1
    case 'ALL':
      return n
    default:
      return 0
  }
}
