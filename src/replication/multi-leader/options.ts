/**
 * What the strategies with several leaders have in common: how many copies, which of them lead, and how keys form groups.
 */
import { z } from 'zod'
import type { Random } from '../../core/random.js'
import type { World } from '../../core/world.js'
import type { Partitions } from '../placement/leader-placement.js'
import { LeaderPlacement, ledByAll, ledByZone, preferenceLists } from '../placement/leader-placement.js'

export interface MultiLeaderOptions {
  readonly copies: number
  /** One leader in each zone that has a copy, or every copy. */
  readonly leaders: 'zone' | 'node'
  readonly partitions: Partitions
}

/** To be spread into a strict object. */
export const multiLeaderOptions = {
  copies: z.int().min(1).default(3),
  leaders: z.enum(['zone', 'node']).default('zone'),
  partitions: z.enum(['one', 'ring']).default('one'),
}

export function placeLeaders(options: MultiLeaderOptions, world: World, random: Random): LeaderPlacement {
  const { lists, ring } = preferenceLists(world, options.copies, options.partitions, 0, random)
  const groups = lists.map((list) => (options.leaders === 'node' ? ledByAll(list) : ledByZone(world, list)))
  return new LeaderPlacement(world, groups, ring, 'leader')
}
