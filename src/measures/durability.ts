/**
 * How well a write is kept at the moment its client is told that it is: replicas, and zones with a replica, that hold it when the
 * acknowledgement arrives. Nothing is compared at different durability without a report saying so, and this is
 * what it says. A target without receipts has none of these measures.
 */
import type { OperationId } from '../core/ids.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import { statisticInfos } from './statistics.js'
import { ZonedHistograms } from './zoned-histograms.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  if (index.history.copiesPerKey === 0) return
  const copies = new ZonedHistograms(index.probes.zoneNames)
  const zones = new ZonedHistograms(index.probes.zoneNames)
  for (let i = 0; i < index.measured.length; i++) {
    const id = index.measured[i] as number
    if (!index.isAcknowledgedWrite(id)) continue
    const zone = index.zoneOf(id)
    copies.record(zone, index.history.copies[id] as number, false)
    zones.record(zone, zonesHolding(index, id), false)
  }
  copies.report('durable.copies', out)
  zones.report('durable.zones', out)
}

function zonesHolding(index: HistoryIndex, id: OperationId): number {
  const { history, probes } = index
  const replicas = probes.replicas(history.key[id] as number)
  const receipts = history.receipts
  const first = history.observed[id] as number
  // Receipts are single precision; rounding keeps order, so what arrived in time still compares so.
  const latency = Math.fround((history.completed[id] as number) - (history.intended[id] as number))
  let zones = 0
  for (let i = 0; i < replicas.length; i++) {
    if (!((receipts[first + i] as number) <= latency)) continue
    const zone = probes.zoneOfNode[replicas[i] as number]
    let isNew = true
    for (let j = 0; j < i && isNew; j++) {
      isNew = probes.zoneOfNode[replicas[j] as number] !== zone || !((receipts[first + j] as number) <= latency)
    }
    if (isNew) zones++
  }
  return zones
}

const HIGHER = { unit: 'count', better: 'higher' } as const

export const durability: MeasureFamily = {
  name: 'durability',
  measures: [
    ...statisticInfos(
      'durable.copies',
      ['min', 'p1'],
      HIGHER,
      'the number of replicas that hold a write when it is acknowledged.',
    ),
    ...statisticInfos(
      'durable.zones',
      ['min'],
      HIGHER,
      'the number of zones that hold a write when it is acknowledged.',
    ),
  ],
  evaluate,
}
