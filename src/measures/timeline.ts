/**
 * A cell second by second: what was asked for in each second of the measured phase and what became of it, as columns. Everything counts in
 * the second of its intended start, so a row tells how those fared who came then. Latencies are of reads and writes as in the
 * latency measures, timed-out ones included, in milliseconds; like any percentile they need ten samples beyond them, and are null
 * otherwise. Staleness is over the eligible reads of the second.
 */
import type { Nanos } from '../core/ids.js'
import { MILLISECOND, SECOND } from '../core/units.js'
import { isWrite, READ_BACK, SCAN } from '../history/operation-kinds.js'
import { OK, UNKNOWN } from '../history/outcomes.js'
import type { HistoryIndex } from './history-index.js'
import { select } from './selection.js'
import { quantileOf, samplesNeeded } from './statistics.js'

/** Of a row that is no sample of a latency. */
const NOT_MEANT = -1

/** All columns have an entry for each second. */
export interface Timeline {
  /** Counted from the start of the measured phase. */
  readonly second: readonly number[]
  /** Whole operations, as the measures count them. */
  readonly offered: readonly number[]
  readonly ok: readonly number[]
  readonly failed: readonly number[]
  readonly unknown: readonly number[]
  readonly readP50: readonly (number | null)[]
  readonly readP99: readonly (number | null)[]
  readonly readMax: readonly (number | null)[]
  readonly writeP50: readonly (number | null)[]
  readonly writeP99: readonly (number | null)[]
  readonly writeMax: readonly (number | null)[]
  readonly eligibleReads: readonly number[]
  readonly staleReads: readonly number[]
}

export const EMPTY_TIMELINE: Timeline = {
  second: [],
  offered: [],
  ok: [],
  failed: [],
  unknown: [],
  readP50: [],
  readP99: [],
  readMax: [],
  writeP50: [],
  writeP99: [],
  writeMax: [],
  eligibleReads: [],
  staleReads: [],
}

export function timelineOf(index: HistoryIndex): Timeline {
  const { measuredFrom, measuredTo } = index.probes.phases
  const seconds = Math.ceil((measuredTo - measuredFrom) / SECOND)
  const secondOf = (time: Nanos) => Math.floor((time - measuredFrom) / SECOND)
  const latencies = latenciesBySecond(index, seconds, secondOf)
  return {
    second: Array.from({ length: seconds }, (_, second) => second),
    ...outcomesBySecond(index, seconds, secondOf),
    readP50: latencies.reads.map((sample) => percentile(sample, 'p50')),
    readP99: latencies.reads.map((sample) => percentile(sample, 'p99')),
    readMax: latencies.reads.map(maximum),
    writeP50: latencies.writes.map((sample) => percentile(sample, 'p50')),
    writeP99: latencies.writes.map((sample) => percentile(sample, 'p99')),
    writeMax: latencies.writes.map(maximum),
    ...freshnessBySecond(index, seconds, secondOf),
  }
}

type SecondOf = (time: Nanos) => number

function outcomesBySecond(
  index: HistoryIndex,
  seconds: number,
  secondOf: SecondOf,
): Pick<Timeline, 'offered' | 'ok' | 'failed' | 'unknown'> {
  const offered = zeros(seconds)
  const ok = zeros(seconds)
  const unknown = zeros(seconds)
  for (let i = 0; i < index.endings.length; i++) {
    const id = index.endings[i] as number
    const second = secondOf(index.operationStart(id))
    count(offered, second)
    if (index.history.outcome[id] === OK) count(ok, second)
    else if (index.history.outcome[id] === UNKNOWN) count(unknown, second)
  }
  const failed = offered.map((all, i) => all - (ok[i] as number) - (unknown[i] as number))
  return { offered, ok, failed, unknown }
}

function freshnessBySecond(
  index: HistoryIndex,
  seconds: number,
  secondOf: SecondOf,
): Pick<Timeline, 'eligibleReads' | 'staleReads'> {
  const { reads, missed } = index.freshness
  const eligibleReads = zeros(seconds)
  const staleReads = zeros(seconds)
  for (let i = 0; i < reads.length; i++) {
    if ((missed[i] as number) < 0) continue
    const second = secondOf(index.history.intended[reads[i] as number] as number)
    count(eligibleReads, second)
    if ((missed[i] as number) > 0) count(staleReads, second)
  }
  return { eligibleReads, staleReads }
}

/** The latencies of each second, in no order. */
function latenciesBySecond(
  index: HistoryIndex,
  seconds: number,
  secondOf: SecondOf,
): { readonly reads: Float64Array[]; readonly writes: Float64Array[] } {
  const reads = new Samples(seconds)
  const writes = new Samples(seconds)
  const { measured } = index
  const { kind, outcome, intended, completed } = index.history
  // First announced, then added; the second is worked out once.
  const secondsOf = new Int32Array(measured.length).fill(NOT_MEANT)
  for (let i = 0; i < measured.length; i++) {
    const id = measured[i] as number
    if ((outcome[id] !== OK && outcome[id] !== UNKNOWN) || kind[id] === READ_BACK || kind[id] === SCAN) continue
    const second = Math.min(seconds - 1, secondOf(intended[id] as number))
    secondsOf[i] = second
    if (isWrite(kind[id] as number)) writes.expect(second)
    else reads.expect(second)
  }
  for (let i = 0; i < measured.length; i++) {
    const second = secondsOf[i] as number
    if (second === NOT_MEANT) continue
    const id = measured[i] as number
    const latency = (completed[id] as number) - (intended[id] as number)
    if (isWrite(kind[id] as number)) writes.add(second, latency)
    else reads.add(second, latency)
  }
  return { reads: reads.bySecond(), writes: writes.bySecond() }
}

/** Samples by second, in one array: announced first, then added. */
class Samples {
  private readonly counts: Int32Array
  private readonly next: Int32Array
  private values: Float64Array | null = null

  constructor(seconds: number) {
    this.counts = new Int32Array(seconds)
    this.next = new Int32Array(seconds)
  }

  expect(second: number): void {
    this.counts[second] = (this.counts[second] as number) + 1
  }

  add(second: number, value: number): void {
    this.values ??= this.allocate()
    const place = this.next[second] as number
    this.values[place] = value
    this.next[second] = place + 1
  }

  bySecond(): Float64Array[] {
    const { values } = this
    return Array.from(this.counts, (size, second) => {
      const end = this.next[second] as number
      return values === null ? new Float64Array(0) : values.subarray(end - size, end)
    })
  }

  private allocate(): Float64Array {
    let total = 0
    this.counts.forEach((size, second) => {
      this.next[second] = total
      total += size
    })
    return new Float64Array(total)
  }
}

/** Nearest rank, as histograms have it; reorders the sample. */
function percentile(sample: Float64Array, name: 'p50' | 'p99'): number | null {
  if (sample.length < samplesNeeded(name)) return null
  return inMilliseconds(select(sample, Math.ceil(quantileOf(name) * sample.length) - 1))
}

function maximum(sample: Float64Array): number | null {
  return sample.length === 0 ? null : inMilliseconds(select(sample, sample.length - 1))
}

/** Four significant digits are enough to draw. */
const inMilliseconds = (nanos: Nanos): number => Number((nanos / MILLISECOND).toPrecision(4))

const zeros = (length: number): number[] => new Array<number>(length).fill(0)

function count(counts: number[], second: number): void {
  counts[second] = (counts[second] as number) + 1
}
