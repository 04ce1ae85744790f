/**
 * Staleness as clients meet it (k-regular semantics of Bailis et al. 2012): a read is stale if a write to its key was acknowledged at or
 * before its invocation and what it returned neither contains that write nor is ordered after it. Age is how long the
 * oldest missed write had been acknowledged; versions are the acknowledged writes missed, zero for a fresh read.
 * Denominator: successful reads of keys with an acknowledged write; read-backs count. Under another workload the same system has
 * another ratio, since it integrates P(stale | t) over the times between writes and reads: see visibility.
 */
import { Histogram } from '../core/histogram.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import { statisticInfos } from './statistics.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { reads, missed, oldestMissed, eligible } = index.freshness
  const intended = index.history.intended
  const zoneNames = index.probes.zoneNames
  const age = new Histogram()
  const versions = new Histogram()
  const staleOf = new Float64Array(zoneNames.length)
  const readsOf = new Float64Array(zoneNames.length)
  for (let i = 0; i < reads.length; i++) {
    const versionsMissed = missed[i] as number
    if (versionsMissed < 0) continue
    const zone = index.zoneOf(reads[i] as number)
    readsOf[zone] = (readsOf[zone] as number) + 1
    if (versionsMissed === 0) continue
    staleOf[zone] = (staleOf[zone] as number) + 1
    versions.record(versionsMissed)
    age.record((intended[reads[i] as number] as number) - (oldestMissed[i] as number))
  }
  if (eligible > age.count) versions.record(0, eligible - age.count)
  out.ratio('stale.ratio', age.count, eligible)
  if (zoneNames.length > 1) {
    zoneNames.forEach((name, zone) => {
      out.ratio('stale.ratio', staleOf[zone] as number, readsOf[zone] as number, name)
    })
  }
  out.histogram('stale.age', age)
  out.histogram('stale.versions', versions)
}

export const staleness: MeasureFamily = {
  name: 'staleness',
  measures: [
    {
      name: 'stale.ratio',
      unit: 'ratio',
      better: 'lower',
      summary: 'Share of reads that missed an acknowledged write, among reads of keys with one.',
    },
    ...statisticInfos(
      'stale.age',
      ['p50', 'p99', 'max'],
      { unit: 'ms', better: 'lower' },
      'the age of stale reads: how long the oldest missed write had been acknowledged.',
    ),
    ...statisticInfos(
      'stale.versions',
      ['p99', 'max'],
      { unit: 'versions', better: 'lower' },
      'the number of acknowledged writes that a read missed, over all reads of keys with one.',
    ),
  ],
  evaluate,
}
