/**
 * Staleness as clients meet it (k-regular semantics of Bailis et al. 2012): a read is stale if a write to its key was acknowledged at or
 * before its invocation and what it returned neither contains that write nor is ordered after it. Age is how long the
 * oldest missed write had been acknowledged; versions are the acknowledged writes missed, zero for a fresh read.
 * Denominator: successful reads of keys with an acknowledged write; read-backs count. Under another workload the same system has
 * another ratio, since it integrates P(stale | t) over the times between writes and reads: see visibility.
 */
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import { statisticInfos } from './statistics.js'
import { ZonedCounts } from './zoned-counts.js'
import { ZonedHistograms } from './zoned-histograms.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { reads, missed, oldestMissed } = index.freshness
  const zoneNames = index.probes.zoneNames
  const age = new ZonedHistograms(zoneNames)
  const versions = new ZonedHistograms(zoneNames)
  const stale = new ZonedCounts(zoneNames)
  const eligible = new ZonedCounts(zoneNames)
  for (let i = 0; i < reads.length; i++) {
    const versionsMissed = missed[i] as number
    if (versionsMissed < 0) continue
    const zone = index.zoneOf(reads[i] as number)
    eligible.add(zone)
    versions.record(zone, versionsMissed, false)
    if (versionsMissed === 0) continue
    stale.add(zone)
    age.record(zone, index.history.invoked(reads[i] as number) - (oldestMissed[i] as number), false)
  }
  stale.report('stale.ratio', eligible, out)
  age.report('stale.age', out)
  versions.report('stale.versions', out)
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
