import { describe, expect, it } from 'vitest'
import { colourStyle } from '../../../src/reports/charts/colours.js'
import { shadesOf } from '../../../src/reports/charts/heat.js'
import { boundary, quorumMap } from '../../../src/reports/charts/quorum-map.js'
import type { Results } from '../../../src/results/results.js'
import type { Summary } from '../../../src/results/summary.js'
import { none, resultsOf, saturated, summaryOf, timedOut, value } from '../fixtures.js'
import { HOSTILE } from './drawings.js'
import { drawn } from './drawn.js'

interface Variant {
  readonly label: string
  readonly options: object
}

const quorumOf = (r: number, w: number, more: object = {}): Variant => ({
  label: `quorum r=${r} w=${w}${Object.entries(more).map(([name, one]) => ` ${name}=${one}`)}`,
  options: { n: 3, r, w, repair: 'asynchronous', ...more },
})

const SMALL = [quorumOf(1, 1), quorumOf(1, 2), quorumOf(2, 2)]

const specOf = (variants: readonly Variant[], axes: object = {}): unknown => ({
  points: [{ axes, variants: variants.map((variant) => ({ name: 'quorum', ...variant })) }],
})

function resultsFor(variants: readonly Variant[], measures: Summary['measures'] = { 'read.p99': value(2) }): Results {
  return resultsOf(
    variants.map(({ label }) => summaryOf(label, measures)),
    { spec: specOf(variants) },
  )
}

describe('the map of R and W', () => {
  it('has the numbers of the results', () => {
    const summaries = [
      summaryOf('quorum r=1 w=1', {
        'read.p99': value(2.123456789, 2.1, 2.2),
        'write.p99': timedOut(1000),
        'stale.ratio': value(0.0114321),
        'lost.ratio': none(461),
      }),
      summaryOf('quorum r=1 w=2', { 'read.p99': value(3.5) }),
      summaryOf('lww', { 'read.p99': value(1) }),
    ]
    const { table } = drawn(quorumMap, resultsOf(summaries, { spec: specOf(SMALL) }))
    expect(table.heads).toEqual(['variant', 'N', 'R', 'W', 'measure', 'value', 'unit', 'low', 'high', 'n'])
    expect(table.rows).toEqual([
      ['quorum r=1 w=1', 3, 1, 1, 'read p99', 2.123456789, 'ms', 2.1, 2.2, 10_000],
      ['quorum r=1 w=1', 3, 1, 1, 'write p99', 1000, 'ms, at least', 1000, 1000, 10_000],
      ['quorum r=1 w=1', 3, 1, 1, 'stale reads', 0.0114321, 'ratio', 0.0114321, 0.0114321, 10_000],
      ['quorum r=1 w=1', 3, 1, 1, 'lost writes', 0, 'ratio', 0, 3 / 461, 461],
      ['quorum r=1 w=2', 3, 1, 2, 'read p99', 3.5, 'ms', 3.5, 3.5, 10_000],
    ])
  })

  it('writes them into its cells, by the rules of the comparison', () => {
    const summaries = [
      summaryOf('quorum r=1 w=1', { 'write.p99': timedOut(1000), 'stale.ratio': none(461) }),
      saturated('quorum r=1 w=2', { 'write.p99': value(3.4567), 'stale.ratio': value(0.01) }),
    ]
    const { texts } = drawn(quorumMap, resultsOf(summaries, { spec: specOf(SMALL) }))
    expect(texts).toEqual([
      '≥ 1000',
      '3.46†',
      '0 (&lt;0.7)',
      '1†',
      ...['quorum N=3: write p99, ms', 'R+W &gt; N nowhere', 'R=1', 'W=2', 'W=1'],
      ...['quorum N=3: stale reads, %', 'R+W &gt; N nowhere', 'R=1', 'W=2', 'W=1'],
    ])
  })

  it.each([
    ['one (R, W) only', [quorumOf(2, 2), quorumOf(2, 2, { repair: 'none' })]],
    ['no variant with R and W', [{ label: 'lww', options: { copies: 3 } }]],
    [
      'no numbers for R',
      [
        { label: 'quorum a', options: { n: 3, r: 'one', w: 1 } },
        { label: 'quorum b', options: { n: 3, r: 2.5, w: 1 } },
      ],
    ],
  ])('is not there with %s', (_, variants) => {
    expect(quorumMap.data(resultsFor(variants))).toBeNull()
  })

  it.each([
    null,
    'text',
    { points: 1 },
    { points: [null, 3, { variants: {} }, { variants: [null, 7, { label: 'quorum r=1 w=1' }] }] },
    { points: [{ axes: [], variants: [{ name: 'quorum', label: 'quorum r=1 w=1', options: 'n' }] }] },
  ])('reads a spec that is none as no options: %j', (spec) => {
    expect(quorumMap.data({ ...resultsFor(SMALL), spec })).toBeNull()
  })

  it('is drawn of the first point that is chosen, and says which', () => {
    const axes = (records: number) => ({ 'workload.records': records })
    const at = (records: number) =>
      SMALL.map(({ label }) => summaryOf(label, { 'read.p99': value(records) }, { axes: axes(records) }))
    const spec = {
      points: [10, 20].map((records) => ({ ...(specOf(SMALL, axes(records)) as { points: object[] }).points[0] })),
    }
    const results = resultsOf([...at(10), ...at(20)], { spec })
    expect(drawn(quorumMap, results).texts).toContain('At records=10')
    expect(drawn(quorumMap, results).table.rows.map((row) => row[5])).toEqual([10, 10, 10])
    expect(drawn(quorumMap, results, { from: 3 }).texts).toContain('At records=20')
    expect(drawn(quorumMap, results, { from: 3 }).table.rows.map((row) => row[5])).toEqual([20, 20, 20])
  })

  it('takes the options of the point where a summary stands, and R as an axis for a side of the map', () => {
    const at = (r: number) => ({ 'strategies.0.quorum.r': r })
    const points = [1, 2].map((r) => ({
      axes: at(r),
      variants: [{ name: 'quorum', label: 'quorum', options: { n: 3, r, w: 2 } }],
    }))
    const summaries = [1, 2].map((r) =>
      summaryOf('quorum', { 'read.p99': value(r) }, { axes: { ...at(r), result: 'today' } }),
    )
    const { table, texts } = drawn(quorumMap, resultsOf(summaries, { spec: { points } }))
    expect(table.rows.map((row) => row.slice(1, 6))).toEqual([
      [3, 1, 2, 'read p99', 1],
      [3, 2, 2, 'read p99', 2],
    ])
    expect(texts.some((text) => text.startsWith('At '))).toBe(false)
  })

  it('has a map for each N, and for each other option that varies', () => {
    const variants = [quorumOf(1, 1), quorumOf(1, 2), quorumOf(1, 1, { repair: 'none' }), quorumOf(1, 1, { n: 5 })]
    expect(drawn(quorumMap, resultsFor(variants)).texts.filter((text) => text.includes('p99'))).toEqual([
      'quorum repair=asynchronous N=3: read p99, ms',
      'quorum repair=none N=3: read p99, ms',
      'quorum repair=asynchronous N=5: read p99, ms',
    ])
  })

  it('shows hostile labels and options as text, at any width', () => {
    const variants = HOSTILE.flatMap((label) =>
      [1, 2].map((w) => ({ label: `${label} ${w}`, options: { n: 3, r: 1, w, mode: label } })),
    )
    const summaries = variants.map(({ label }) => ({
      ...summaryOf(label, { 'stale.ratio': none(9) }),
      strategy: 'quorum',
    }))
    for (const width of [860, 360, 40]) {
      const { svg, table } = drawn(quorumMap, resultsOf(summaries, { spec: specOf(variants) }), { width })
      expect(svg).not.toMatch(/<img|<script|NaN|\u202E/)
      expect(table.rows).toHaveLength(2 * HOSTILE.length)
    }
  })
})

describe('the line where R+W > N begins', () => {
  it('steps down between the cells', () => {
    expect(boundary([1, 2, 3], [3, 2, 1], 3)).toEqual([
      ...[
        [0, 1],
        [1, 1],
      ],
      ...[
        [1, 1],
        [1, 2],
      ],
      ...[
        [1, 2],
        [2, 2],
      ],
      ...[
        [2, 2],
        [2, 3],
      ],
    ])
  })

  it('runs along no edge of the map, whichever R and W there are', () => {
    expect(boundary([1, 3], [3, 1], 3)).toEqual([
      [0, 1],
      [1, 1],
      [1, 1],
      [1, 2],
    ])
    expect(boundary([2, 3], [3, 2], 3)).toEqual([])
    expect(boundary([1], [2, 1], 3)).toEqual([])
    expect(boundary([1, 2], [2], 3)).toEqual([
      [1, 0],
      [1, 1],
    ])
  })
})

describe('shades', () => {
  it('follow the logarithm', () => {
    expect(shadesOf([1, 10, 100]).map((shade) => Number(shade.toFixed(9)))).toEqual([0, 0.5, 1])
  })

  it('make no more of little differences than they are', () => {
    expect(Math.max(...shadesOf([2, 2.02, 2.04]))).toBeLessThan(1 / 7)
    expect(shadesOf([3, 3])).toEqual([0, 0])
  })

  it('tell none from little, and let the worst be darkest', () => {
    expect(shadesOf([0, 0.2])).toEqual([0, 1])
    expect(shadesOf([0, 0, 0])).toEqual([0, 0, 0])
    const [nothing, little, most] = shadesOf([0, 1e-9, 0.5])
    expect([nothing, most]).toEqual([0, 1])
    expect(little).toBeCloseTo(1 / 7, 9)
  })

  it('leave the numbers on them readable in light and in dark', () => {
    const themes = colourStyle(':root')
      .split('\n')
      .filter((line) => line.includes('data-theme'))
    expect(themes).toHaveLength(2)
    for (const theme of themes) {
      const colour = (name: string): string => new RegExp(`--${name}:(#[0-9a-f]{6})`).exec(theme)?.[1] as string
      for (let step = 0; step < 7; step++) {
        expect(contrast(colour('ink'), colour(`heat-${step}`))).toBeGreaterThanOrEqual(4.5)
      }
    }
  })
})

/** WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of relative luminance. */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
