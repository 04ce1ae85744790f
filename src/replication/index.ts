/** The strategies, in the order in which they are listed. To add one: its folder, and a line here. */
import { Registry } from '../core/plugin.js'
import { crdt } from './crdt/crdt.js'
import { quorum } from './leaderless/quorum.js'
import { lww } from './multi-leader/lww.js'
import type { Strategy } from './replica.js'
import { singleLeader } from './single-leader/single-leader.js'
import { unreplicated } from './unreplicated.js'

export const strategies = new Registry<Strategy>('strategy', [
  singleLeader as Strategy,
  lww as Strategy,
  crdt as Strategy,
  quorum as Strategy,
  unreplicated as Strategy,
])
