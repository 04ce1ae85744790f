/** The families of `quorate validate`, in the order of its table. */
import { Registry } from '../../core/plugin.js'
import { asyncFollower } from './async-follower.js'
import { behaviours } from './behaviours.js'
import { closedForms } from './closed-forms.js'
import { exponentialQuorums } from './exponential-quorums.js'
import type { Family } from './family.js'
import { lastWriteWins } from './last-write-wins.js'
import { littlesLaw } from './littles-law.js'
import { lostUpdates } from './lost-updates.js'
import { publishedPoints } from './published-points.js'
import { queues } from './queues.js'
import { quorumAvailability } from './quorum-availability.js'
import { table4 } from './table-4.js'
import { warsLimit } from './wars-limit.js'

export const families: Registry<Family> = new Registry('family', [
  table4,
  publishedPoints,
  warsLimit,
  closedForms,
  exponentialQuorums,
  quorumAvailability,
  littlesLaw,
  queues,
  asyncFollower,
  lastWriteWins,
  lostUpdates,
  behaviours,
])
