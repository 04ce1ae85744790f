/**
 * The registry of measures: families in the order in which reports list them, and every name that they can produce. A name may carry
 * a zone, `read.p99@us`, and then means the same for the clients of that zone.
 */
import { Registry } from '../core/plugin.js'
import { availability } from './availability.js'
import { conflicts } from './conflicts.js'
import { convergence } from './convergence.js'
import { cost } from './cost.js'
import { doubt } from './doubt.js'
import { durability } from './durability.js'
import { hintedHandoff } from './hinted-handoff.js'
import type { HistoryIndex } from './history-index.js'
import { latency } from './latency.js'
import { loss } from './loss.js'
import type { MeasureFamily, MeasureInfo, MeasureSink } from './measure.js'
import { recovery } from './recovery.js'
import { staleness } from './staleness.js'
import { throughput } from './throughput.js'
import { visibility } from './visibility.js'

export const families: readonly MeasureFamily[] = [
  latency,
  throughput,
  availability,
  recovery,
  staleness,
  visibility,
  durability,
  convergence,
  conflicts,
  loss,
  doubt,
  cost,
  hintedHandoff,
]

export const measureInfos: readonly MeasureInfo[] = families.flatMap((family) => family.measures)

export const measures = new Registry<MeasureInfo>('measure', measureInfos)

/** What a name means, with or without a zone; `undefined` if it is not a measure's. */
export function measureInfo(name: string): MeasureInfo | undefined {
  return measures.get(withoutZone(name))
}

/** `read.p99` of `read.p99@us`. */
const withoutZone = (name: string): string => name.split('@')[0] as string

/** Runs the chosen families over one history, every one unless said; `heartbeat` is called after each. */
export function evaluateMeasures(
  index: HistoryIndex,
  out: MeasureSink,
  chosen: readonly MeasureFamily[] = families,
  heartbeat: () => void = () => {},
): void {
  for (const family of chosen) {
    family.evaluate(index, out)
    heartbeat()
  }
}
