/**
 * Pages made by the built program, of results of which nobody but the test knows the numbers: each number of a summary occurs nowhere else, so that one
 * found on the page says where it came from.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureInfos } from '../../src/measures/index.js'
import type { Timeline } from '../../src/measures/timeline.js'
import type { Results } from '../../src/results/results.js'
import type { Summary, SummaryValue } from '../../src/results/summary.js'
import { cellEntryOf, place, resultsOf, summaryOf } from '../reports/fixtures.js'

const BUILT = new URL('../../dist/reports/html.js', import.meta.url).href

type Html = typeof import('../../src/reports/html.js')

/** The page's file. */
export async function pageOf(results: Results): Promise<string> {
  const { htmlReport } = (await import(/* @vite-ignore */ BUILT)) as Html
  return fileOf(await htmlReport.render(results, place))
}

export function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'quorate-page-')), 'report.html')
  writeFileSync(file, text)
  return file
}

/** Every variant at every rate, in that many seeds. */
export interface Size {
  readonly rates: number
  readonly seeds: number
}

interface Variant {
  readonly label: string
  readonly strategy: string
  readonly options: Readonly<Record<string, number>>
}

export const VARIANTS: readonly Variant[] = [
  { label: 'single-leader', strategy: 'single-leader', options: {} },
  { label: 'lww', strategy: 'lww', options: {} },
  ...[1, 2].flatMap((r) =>
    [1, 2].map((w) => ({ label: `quorum r=${r} w=${w}`, strategy: 'quorum', options: { n: 3, r, w } })),
  ),
]

const RATE = 'workload.arrivals'
const ZONES = ['us', 'eu']
const SECONDS = 30

export function madeResults({ rates, seeds }: Size, variants: readonly Variant[] = VARIANTS): Results {
  const points = Array.from({ length: rates }, (_, i) => `poisson(${100 * (i + 1)}/s)`)
  const summaries = points.flatMap((arrivals) =>
    variants.map((variant, i) =>
      summaryFrom(
        variant,
        i,
        arrivals,
        Array.from({ length: seeds }, (_, j) => j + 1),
      ),
    ),
  )
  return resultsOf(summaries, {
    spec: {
      name: 'made',
      about: 'By hand.',
      points: points.map((arrivals) => ({ axes: { [RATE]: arrivals }, variants: variants.map(specOf) })),
    },
    cells: summaries.flatMap((summary) => summary.seeds.map((seed) => cellEntryOf(`${summary.id}/${seed}`))),
  })
}

const specOf = ({ label, strategy, options }: Variant): object => ({
  id: label,
  label,
  name: strategy,
  options,
})

function summaryFrom(
  { label, strategy }: Variant,
  variant: number,
  arrivals: string,
  seeds: readonly number[],
): Summary {
  return summaryOf(label, measuresOf(), {
    id: `${variant}/${arrivals}`,
    variant: label,
    strategy,
    axes: { [RATE]: arrivals },
    seeds,
    curves: curvesOf(),
    timeline: timelineOf(),
    faults: [{ name: 'partition', label: 'partition us', from: 10 + unique(), to: 15 + unique(), seeds: seeds.length }],
    toll: { during: tallyOf(), otherwise: tallyOf() },
  })
}

let count = 0

/** Between 0 and 1, and never the same twice. */
function unique(): number {
  count++
  // Multiples of the golden ratio spread evenly; seven digits are what results keep at least.
  return Number(((count * 0.6180339887498949) % 1).toFixed(9))
}

/** Rises from unique to unique. */
const rising = (length: number): readonly number[] =>
  Array.from({ length }, (_, i) => Number(((i + unique()) / length).toFixed(9)))

function measuresOf(): Record<string, SummaryValue> {
  const names = measureInfos.flatMap(({ name, unit }) => [
    { name, unit },
    ...(/^(read|write)\.p|^stale\.ratio|^availability/.test(name)
      ? ZONES.map((zone) => ({ name: `${name}@${zone}`, unit }))
      : []),
  ])
  return Object.fromEntries(names.map(({ name, unit }) => [name, valueIn(unit)]))
}

function valueIn(unit: string): SummaryValue {
  const factor = unit === 'ratio' ? 1 : 1000
  const [low, value, high] = rising(3).map((share) => share * factor) as [number, number, number]
  return { value, low, high, n: 10_000, coverage: 0.95 }
}

function curvesOf(): Summary['curves'] {
  const percentiles = [0, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999]
  const latencies = Object.fromEntries(
    ['read', 'write', 'rmw'].map((quantity) => [
      `${quantity}.percentiles`,
      rising(percentiles.length).map((share, i) => ({ x: percentiles[i] as number, value: 500 * share, n: 100_000 })),
    ]),
  )
  const t = rising(20)
  const bounds = [rising(20), rising(20), rising(20)].map((share) => share as readonly number[])
  const visibility = t.map((x, i) => {
    const [low, value, high] = bounds.map((column) => column[i] as number).sort((left, right) => left - right)
    return { x: 300 * x, value: value as number, n: 1000, low: low as number, high: high as number }
  })
  return { visibility, ...latencies }
}

function timelineOf(): Timeline {
  const column = (factor: number): number[] => Array.from({ length: SECONDS }, () => Math.round(factor * unique()))
  const latency = (): number[] => Array.from({ length: SECONDS }, () => 100 * unique())
  const reads = column(1e6)
  return {
    second: Array.from({ length: SECONDS }, (_, second) => second),
    offered: column(1e6),
    ok: column(1e6),
    failed: column(1e4),
    unknown: column(1e4),
    readP50: latency(),
    readP99: latency(),
    readMax: latency(),
    writeP50: latency(),
    writeP99: latency(),
    writeMax: latency(),
    eligibleReads: reads,
    staleReads: reads.map((count) => Math.floor(count * unique())),
  }
}

const tallyOf = () => ({
  seconds: 5,
  offered: Math.round(1e6 * unique()),
  ok: Math.round(1e6 * unique()),
  eligibleReads: 1_000_000,
  staleReads: Math.round(1e6 * unique()),
  readP99: 100 * unique(),
  writeP99: 100 * unique(),
})
