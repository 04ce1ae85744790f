/**
 * Arrivals as they were recorded: the first at time 0 of the load, the others as long after it as they were then, and none once the recording is
 * over. All that bunches real arrivals together is in it, and it is the same in every seed. A workload file names a file of timestamps; its
 * reader (experiment/file/timestamps.ts) leaves the gaps, so that a cell needs no file.
 */
import { z } from 'zod'
import type { Arrivals } from './arrival-process.js'
import { decodeGaps, type GapText } from './gap-text.js'

export const replay: Arrivals<GapText> = {
  name: 'replay',
  summary: 'as recorded in a file, a timestamp a line: replay(arrivals.csv)',
  options: z.strictObject({ tick: z.int().min(1), gaps: z.string() }),
  create: (recording) => {
    const gaps = [0, ...decodeGaps(recording)]
    let next = 0
    return { gap: () => gaps[next++] ?? Number.POSITIVE_INFINITY, arrives: () => true }
  },
  expected: (recording, { warmup, duration }) => {
    let at = 0
    let arrivals = 1
    for (const gap of decodeGaps(recording)) {
      at += gap
      if (at < warmup + duration) arrivals++
    }
    return arrivals
  },
}
