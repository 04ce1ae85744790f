/** Which options of quorum replication are impossible in a world, and which make every read meet every write before it. */
import type { World } from '../../core/world.js'
import { copiesOf, type QuorumOptions } from './quorum-options.js'

/** A sentence that begins with the option that is wrong, or `undefined`. */
export function checkQuorum(options: QuorumOptions, world: World): string | undefined {
  const nodes = world.zoneOf.length
  const n = copiesOf(options)
  if (n > nodes) return `n: ${n} exceeds the ${nodes} nodes of the topology`
  const excessive = (['r', 'w'] as const).filter((option) => Number(options[option]) > n)
  if (excessive.length === 0) return undefined
  const told = excessive.map((option) => `${option}: ${options[option]}`)
  return `${told.join(' and ')} ${told.length > 1 ? 'exceed' : 'exceeds'} n: ${n}`
}

/** Whether the replicas of any read and those of any write have one in common, R + W > N. */
export function alwaysMeet(options: QuorumOptions): boolean {
  const { r, w } = options
  return typeof r === 'number' && typeof w === 'number' && r + w > copiesOf(options)
}
