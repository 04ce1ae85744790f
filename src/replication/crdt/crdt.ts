/**
 * The strategy `crdt`: multi-leader replication of conflict-free data types. Counters are PN-counters, sets ORSWOTs, and registers
 * either LWW-registers under hybrid logical stamps, which keep one of concurrent writes, or MV-registers, which keep all of them as
 * siblings. Writes travel as deltas.
 */
import { z } from 'zod'
import { assert } from '../../core/assert.js'
import { isMerge, UNCONDITIONAL_OPERATIONS } from '../../history/operation-kinds.js'
import { RESEND_AFTER } from '../log-shipping/log-sender.js'
import type { MultiLeaderMessage } from '../multi-leader/multi-leader-replica.js'
import { MultiLeaderReplica } from '../multi-leader/multi-leader-replica.js'
import type { MultiLeaderOptions } from '../multi-leader/options.js'
import { multiLeaderOptions, placeLeaders } from '../multi-leader/options.js'
import { checkCopies, LeaderPlacement } from '../placement/leader-placement.js'
import type { Strategy } from '../replica.js'
import { commitments } from '../replica.js'
import { refuseScansOfRings } from '../scan.js'
import type { CrdtCopy, CrdtEntry } from './crdt-store.js'
import { CrdtStore } from './crdt-store.js'
import type { RegisterKind } from './state.js'

export interface CrdtOptions extends MultiLeaderOptions {
  readonly registers: RegisterKind
}

export const crdt: Strategy<CrdtOptions, MultiLeaderMessage<CrdtEntry, CrdtCopy>> = {
  name: 'crdt',
  summary:
    'A leader in each zone takes writes and answers at once; concurrent increments, adds and removes merge without loss.',
  limits:
    'Of concurrent updates of a register, of different fields too, the last one wins, or, with registers: mv, all stay as siblings until the next update replaces them; followers serve no reads; a zone whose leader is down has no other, though clients may fail over to that of another zone; an increment that is retried at another leader is done twice.',
  options: z.strictObject({ ...multiLeaderOptions, registers: z.enum(['lww', 'mv']).default('lww') }),
  operations: UNCONDITIONAL_OPERATIONS,
  refuses: refuseScansOfRings,
  isPartiallyOrdered: ({ registers }, kind) => isMerge(kind) || registers === 'mv',
  check: ({ copies }, world) => checkCopies(copies, world),
  promises: () => [
    ...commitments('faults that spare one disk of each key', 'converges'),
    ...commitments('faults that keep disks', 'no-lost-merges'),
  ],
  copies: ({ copies }) => copies,
  repairPeriod: () => RESEND_AFTER,
  place: placeLeaders,
  create(context, options, placement) {
    assert(placement instanceof LeaderPlacement, 'a strategy is given the placement that it made.')
    return new MultiLeaderReplica(context, placement, new CrdtStore(context, options.registers))
  },
}
