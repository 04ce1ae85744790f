/**
 * Latency, from the intended start: what a user waits for, queueing at the client included (no coordinated omission). Besides successful
 * operations it counts those that timed out, at the moment the client gave up, or a strategy would look fast by
 * timing out its slow ones; refused and unavailable operations are left out and counted under availability.
 * A read-modify-write or compare-and-set counts as a read, and as a whole; it may time out in either half. A scan is no read here.
 */
import type { Nanos, OperationId } from '../core/ids.js'
import {
  continuesOperation,
  isWrite,
  type OperationKind,
  READ_BACK,
  READ_FOR_MODIFY,
  SCAN,
} from '../history/operation-kinds.js'
import { OK, UNKNOWN } from '../history/outcomes.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import { type Statistic, statisticInfos } from './statistics.js'
import { ZonedHistograms } from './zoned-histograms.js'

const REPORTED: readonly Statistic[] = ['mean', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'p99.99', 'max']
const UNIT = { unit: 'ms', better: 'lower' } as const

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const zones = index.probes.zoneNames
  const latencies = new Latencies(
    index,
    new ZonedHistograms(zones),
    new ZonedHistograms(zones),
    new ZonedHistograms(zones),
    new ZonedHistograms(zones),
  )
  for (let i = 0; i < index.measured.length; i++) latencies.record(index.measured[i] as number)
  latencies.read.report('read', out)
  latencies.write.report('write', out)
  latencies.whole.report('rmw', out)
  latencies.scan.report('scan', out)
}

class Latencies {
  constructor(
    private readonly index: HistoryIndex,
    readonly read: ZonedHistograms,
    readonly write: ZonedHistograms,
    /** Of read-modify-writes and compare-and-sets. */
    readonly whole: ZonedHistograms,
    readonly scan: ZonedHistograms,
  ) {}

  record(id: OperationId): void {
    const { history } = this.index
    const outcome = history.outcome[id]
    const kind = history.kind[id] as OperationKind
    if ((outcome !== OK && outcome !== UNKNOWN) || kind === READ_BACK) return
    const gaveUp = outcome === UNKNOWN
    const zone = this.index.zoneOf(id)
    const latency: Nanos = (history.completed[id] as number) - (history.intended[id] as number)
    if (continuesOperation(kind)) {
      this.whole.record(zone, (history.completed[id] as number) - this.index.operationStart(id), gaveUp)
    } else if (isWrite(kind)) {
      this.write.record(zone, latency, gaveUp)
    } else if (kind === SCAN) {
      this.scan.record(zone, latency, gaveUp)
    } else {
      this.read.record(zone, latency, gaveUp)
      if (kind === READ_FOR_MODIFY && gaveUp) this.whole.record(zone, latency, gaveUp)
    }
  }
}

export const latency: MeasureFamily = {
  name: 'latency',
  measures: [
    ...statisticInfos(
      'read',
      REPORTED,
      UNIT,
      'read latency, the read of a read-modify-write or compare-and-set included.',
    ),
    ...statisticInfos(
      'write',
      REPORTED,
      UNIT,
      'write latency: updates, inserts, deletes, increments, adds and removes.',
    ),
    ...statisticInfos(
      'rmw',
      REPORTED,
      UNIT,
      'latency of whole read-modify-writes and compare-and-sets, from the intended start of the read.',
    ),
    ...statisticInfos('scan', REPORTED, UNIT, 'scan latency.'),
  ],
  evaluate,
}
