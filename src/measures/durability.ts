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

function zonesHolding({ history, probes }: HistoryIndex, id: OperationId): number {
  const replicas = probes.replicas(history.key[id] as number)
  const zoneOf = (replica: number) => probes.zoneOfNode[replicas[replica] as number]
  let zones = 0
  for (let i = 0; i < replicas.length; i++) {
    if (!history.heldAtEnd(id, i)) continue
    let isNew = true
    for (let j = 0; j < i && isNew; j++) isNew = zoneOf(j) !== zoneOf(i) || !history.heldAtEnd(id, j)
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
