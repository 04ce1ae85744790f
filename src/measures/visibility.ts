/**
 * t-visibility as clients measure it: the share of fresh reads among reads invoked t after the latest acknowledgement of their key.
 * Reads fall into bins of t, twenty to a decade from a microsecond on, each named by its lower edge; read-backs after a
 * list of delays give exact points instead. P is fitted so that it never falls with t, as it cannot fall unless writes
 * overtake. `visibility.pX` is the t from which on P is at least X. The spread of t goes with the curve, because a
 * workload that never reads soon after it writes says nothing of small t.
 *
 * Left out: reads invoked within a fault window.
 *
 * `visibility.write` takes no reads at all: of each acknowledged write, the time from its acknowledgement until whichever replicas
 * answer a read one of them returns it, or a version ordered after it. It needs to be known who may answer.
 */
import type { Nanos } from '../core/ids.js'
import { log, power } from '../core/mathematics.js'
import { MICROSECOND } from '../core/units.js'
import { READ_BACK } from '../history/operation-kinds.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import type { SharePoint } from './share-curve.js'
import { statisticInfos } from './statistics.js'
import { recordWaits } from './zoned-histograms.js'

const UNIT = { unit: 'ms', better: 'lower' } as const
const BINS_PER_DECADE = 20
const DECADES = 10
const BINS_PER_UNIT_OF_LOG = BINS_PER_DECADE / log(10)
/** Delays of read-backs are a list, not draws from a law, if there are so few of them and each recurs. */
const LONGEST_LIST = 16

/** Lower edges of the bins; the first bin begins at 0. */
const EDGES = [
  0,
  ...Array.from({ length: BINS_PER_DECADE * DECADES }, (_, i) =>
    Math.round(MICROSECOND * power(10, i / BINS_PER_DECADE)),
  ),
]

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { history } = index
  const { reads, missed, latest } = index.freshness
  const exact = new Tally(listedDelays(index))
  const binned = new Tally(EDGES)
  for (let i = 0; i < reads.length; i++) {
    const read = reads[i] as number
    const invoked = history.invoked(read)
    if ((missed[i] as number) < 0 || index.faults.contains(invoked)) continue
    const t = invoked - (latest[i] as number)
    const place = history.kind[read] === READ_BACK ? exact.indexOf(t) : -1
    const fresh = missed[i] === 0
    if (place >= 0) exact.add(place, fresh)
    else binned.add(binOf(t), fresh)
  }
  out.rising('visibility', [...exact.points(), ...binned.points()])
  if (index.history.copiesPerKey > 0) recordWaits(index, index.coverage.readable).report('visibility.write', out)
}

/** Fresh reads and all reads at each of a fixed set of x. */
class Tally {
  private readonly fresh: Float64Array
  private readonly all: Float64Array

  constructor(private readonly x: readonly Nanos[]) {
    this.fresh = new Float64Array(x.length)
    this.all = new Float64Array(x.length)
  }

  indexOf(t: Nanos): number {
    return this.x.indexOf(t)
  }

  add(place: number, fresh: boolean): void {
    this.all[place] = (this.all[place] as number) + 1
    if (fresh) this.fresh[place] = (this.fresh[place] as number) + 1
  }

  points(): SharePoint[] {
    return this.x
      .map((x, i) => ({ x, count: this.fresh[i] as number, n: this.all[i] as number }))
      .filter((point) => point.n > 0)
  }
}

/** The bin whose lower edge is the last at or below t. */
function binOf(t: Nanos): number {
  if (t < MICROSECOND) return 0
  // The logarithm may be off in its last bit and an edge is rounded: the edges themselves decide.
  let bin = Math.min(EDGES.length - 1, 1 + Math.floor(log(t / MICROSECOND) * BINS_PER_UNIT_OF_LOG))
  while ((EDGES[bin] as number) > t) bin--
  while (bin + 1 < EDGES.length && (EDGES[bin + 1] as number) <= t) bin++
  return bin
}

/** The delays after which writes were read back, if they come from a list. */
function listedDelays(index: HistoryIndex): Nanos[] {
  const { kind, intended, completed, base } = index.history
  const timesOf = new Map<Nanos, number>()
  for (let i = 0; i < index.measured.length; i++) {
    const id = index.measured[i] as number
    if (kind[id] !== READ_BACK) continue
    const delay = (intended[id] as number) - (completed[base[id] as number] as number)
    timesOf.set(delay, (timesOf.get(delay) ?? 0) + 1)
    if (timesOf.size > LONGEST_LIST) return []
  }
  return [...timesOf].filter(([, times]) => times > 1).map(([delay]) => delay)
}

export const visibility: MeasureFamily = {
  name: 'visibility',
  measures: [
    ...statisticInfos(
      'visibility',
      ['p50', 'p99', 'p99.9'],
      UNIT,
      "the time from a key's latest acknowledgement after which reads are fresh.",
    ),
    ...statisticInfos(
      'visibility.write',
      ['p50', 'p99', 'p99.9'],
      UNIT,
      "the time from a write's acknowledgement until any replicas that answer a read return it or a later version.",
    ),
  ],
  evaluate,
}
