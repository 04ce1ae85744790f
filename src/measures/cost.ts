/**
 * What an operation costs the network and the nodes: messages and bytes sent in the measured phase, background traffic and read-backs
 * included, over whole operations of it; what clocks weigh in the end beside the values of keys that were written, on each replica that
 * keeps some; and how busy the nodes' stations were.
 */
import type { Traffic } from '../history/probes.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'

const REPAIR = ['read-repair', 'hints', 'anti-entropy']
const OTHER_PURPOSES = [
  ['tree-exchange', 'tree.bytes-per-op'],
  ['tree-building', 'tree.read-bytes-per-op'],
  ['gossip', 'gossip.bytes-per-op'],
] as const

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { traffic, stations } = index.probes
  const operations = index.endings.length
  out.ratio('messages.per-op', traffic.messages, operations)
  out.ratio('bytes.per-op', traffic.bytes, operations)
  out.ratio('wan.bytes-per-op', traffic.wanBytes, operations)
  evaluateBackground(traffic.background ?? {}, operations, out)
  reportMetadata(index, out)
  if (stations.length === 0) return
  const busy = stations.map((station) => station.utilization)
  out.number('utilization.mean', busy.reduce((sum, share) => sum + share, 0) / busy.length)
  out.number('utilization.max', Math.max(...busy))
}

/** What was for repair is told where a mechanism for it is on, beside reads that repair what they meet. */
function evaluateBackground(
  background: NonNullable<Traffic['background']>,
  operations: number,
  out: MeasureSink,
): void {
  const bytesFor = (purpose: string) => background[purpose]?.bytes ?? 0
  if ('hints' in background || 'anti-entropy' in background) {
    out.ratio(
      'repair.bytes-per-op',
      REPAIR.map(bytesFor).reduce((sum, bytes) => sum + bytes),
      operations,
    )
  }
  for (const [purpose, measure] of OTHER_PURPOSES) {
    if (purpose in background) out.ratio(measure, bytesFor(purpose), operations)
  }
}

function reportMetadata({ probes: { finals } }: HistoryIndex, out: MeasureSink): void {
  let bytes = 0
  let clocks = 0
  for (const key of finals.writtenKeys) {
    for (const ofReplica of finals.metadata?.(key) ?? []) {
      if (ofReplica === undefined) continue
      bytes += ofReplica
      clocks++
    }
  }
  out.ratio('metadata.bytes-per-key', bytes, clocks)
}

export const cost: MeasureFamily = {
  name: 'cost',
  measures: [
    { name: 'messages.per-op', unit: 'count', better: 'lower', summary: 'Messages sent, per operation.' },
    { name: 'bytes.per-op', unit: 'bytes', better: 'lower', summary: 'Bytes sent, per operation.' },
    { name: 'wan.bytes-per-op', unit: 'bytes', better: 'lower', summary: 'Bytes sent between zones, per operation.' },
    {
      name: 'repair.bytes-per-op',
      unit: 'bytes',
      better: 'lower',
      summary: 'Bytes sent to bring replicas up to date by read repair, hints and anti-entropy, per operation.',
    },
    {
      name: 'tree.bytes-per-op',
      unit: 'bytes',
      better: 'lower',
      summary: 'Bytes sent to compare hash trees, per operation.',
    },
    {
      name: 'tree.read-bytes-per-op',
      unit: 'bytes',
      better: 'lower',
      summary: 'Bytes that nodes read of their own to build hash trees, per operation.',
    },
    { name: 'gossip.bytes-per-op', unit: 'bytes', better: 'lower', summary: 'Bytes sent as gossip, per operation.' },
    {
      name: 'metadata.bytes-per-key',
      unit: 'bytes',
      better: 'lower',
      summary: 'Bytes of clocks that a replica keeps beside the value of a written key, where it keeps any.',
    },
    {
      name: 'utilization.mean',
      unit: 'ratio',
      better: 'neither',
      summary: 'Mean share of time that nodes were busy.',
      overSeeds: 'mean',
    },
    {
      name: 'utilization.max',
      unit: 'ratio',
      better: 'neither',
      summary: 'Share of time that the busiest node was busy.',
      overSeeds: 'max',
    },
  ],
  evaluate,
}
