/**
 * LinkedIn's Voldemort as the paper on probabilistically bounded staleness has it (Bailis et al. 2012, sections 4 and 5; reference: staleness.md, section
 * 1.2): the client coordinates, all N replicas are asked, the first R and W answers count, and nothing is repaired, so that a cell is the
 * WARS model with queues. With `links` and `node` that only have the paper's laws it is that model itself.
 *
 * Left out, as there: read repair, hinted handoff, and vector clocks; the last write wins.
 */
import { copiesIn, type Preset } from './preset.js'

export const voldemort: Preset = {
  name: 'voldemort',
  summary:
    'Voldemort as Bailis et al. 2012 model it: clients coordinate, all replicas are asked, R = W = 1 of N = 3, no repair.',
  system: 'Voldemort (Bailis et al. 2012)',
  strategy: 'quorum',
  promises: [
    'no session guarantee: reads may miss what was written, with the probability that `quorate predict` tells',
  ],
  limits: 'No read repair, hinted handoff or vector clocks, as in the model of the paper.',
  // Table 3 of the paper: the legs W, A, R and S of LinkedIn's disks, service times included.
  suggests: [
    'links whose write is lnkd-disk and whose writeAck, read and readReply are lnkd-ssd, and node: { read: 0ms, write: 0ms }',
  ],
  source: 'Bailis et al. 2012, sections 4.1 and 5.2 to 5.4',
  options: (world) => ({
    // Section 5: N is 3 throughout, and R = W = 1 is the case in question.
    n: copiesIn(world, 3),
    r: 1,
    w: 1,
    // Section 4.1: reads and writes go to all N.
    contact: 'all',
    // Section 4.1: no repair.
    repair: 'none',
    // Section 4.1: the coordinator is no replica, and has no way of its own to one.
    coordinator: 'client',
  }),
}
