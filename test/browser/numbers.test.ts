/**
 * What the page says is what the results say. Each number of these results occurs once, so the numbers in a variant's rows must be among those of its own
 * summary, or be made of them in a way told here; which number stands under which head is looked up where the head names it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Results } from '../../src/results/results.js'
import type { Summary } from '../../src/results/summary.js'
import { folderWith, here, TINY } from '../cli/program.js'
import { closeQuiet, describeInBrowser, type Opened, open, openNumbers, showAll } from './browser.js'
import { madeResults, pageOf } from './pages.js'

const results = madeResults({ rates: 2, seeds: 2 })

interface Table {
  readonly chart: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const tablesOf = (page: Page): Promise<readonly Table[]> =>
  page.$$eval('section.chart', (sections) =>
    sections.map((section) => {
      const textsOf = (row: Element): string[] => [...row.children].map((cell) => cell.textContent ?? '')
      const [head, ...rows] = [...section.querySelectorAll('details.numbers table tr')]
      return {
        chart: section.getAttribute('data-chart') as string,
        heads: textsOf(head as Element),
        rows: rows.map(textsOf),
      }
    }),
  )

/** Every number anywhere in it. */
function numbersIn(part: unknown): number[] {
  if (typeof part === 'number') return [part]
  return part !== null && typeof part === 'object' ? Object.values(part).flatMap(numbersIn) : []
}

/** What charts of time make of the counts of a second: when it ends, rates per seed, and shares, with the nine digits that results keep. */
function perSecond({ timeline, seeds }: Summary): number[] {
  const made = timeline.second.flatMap((_, i) => {
    const [ok, failed, unknown] = [timeline.ok, timeline.failed, timeline.unknown].map((counts) => counts[i] as number)
    const notOk = (failed as number) + (unknown as number)
    return [
      i + 1,
      (ok as number) / seeds.length,
      (timeline.staleReads[i] as number) / (timeline.eligibleReads[i] as number),
      notOk / ((ok as number) + notOk),
    ]
  })
  return made.map((number) => Number(number.toPrecision(9)))
}

const known = results.summaries.map((summary) => new Set([...numbersIn(summary), ...perSecond(summary)]))

const nameOf = ({ label, axes }: Summary): string => `${label} [arrivals=${axes['workload.arrivals']}]`

/** What a chart's table says of each variant: of most a row has the variant's name in front; of others a column is headed by it. */
function toldOf({ heads, rows }: Table): readonly { readonly name: string; readonly cells: readonly string[] }[] {
  if (heads[0] === 'variant') return rows.map(([name, ...cells]) => ({ name: name as string, cells }))
  return heads.slice(1).map((head, i) => ({
    name: head.replace(/, ms$/, ''),
    cells: rows.map((row) => row[i + 1] as string),
  }))
}

function expectTrue(tables: readonly Table[]): void {
  expect(tables.length).toBeGreaterThan(0)
  for (const table of tables) {
    let checked = 0
    for (const { name, cells } of toldOf(table)) {
      const index = results.summaries.findIndex((summary) => nameOf(summary) === name)
      expect(index, `${table.chart}: ${name}`).toBeGreaterThanOrEqual(0)
      const numbers = cells.filter((cell) => cell !== '' && !Number.isNaN(Number(cell))).map(Number)
      const strangers = numbers.filter((number) => !known[index]?.has(number))
      expect(strangers, `${table.chart}: ${name}`).toEqual([])
      checked += numbers.length
    }
    expect(checked, table.chart).toBeGreaterThan(table.rows.length / 2)
  }
}

describeInBrowser('numbers', () => {
  let opened: Opened
  let page: Page
  beforeAll(async () => {
    opened = await open(await pageOf(results))
    page = opened.page
    await showAll(page)
  })
  afterAll(() => closeQuiet(opened))

  test('of the comparison are those of the measures', async () => {
    const rows = await page.$$eval('#comparison tbody tr', (all) =>
      all.map((row) => [...row.querySelectorAll<HTMLElement>('[data-value]')].map((cell) => cell.dataset['value'])),
    )
    expect(rows.length).toBe(12)
    for (const [i, row] of rows.entries()) {
      const measures = Object.entries(results.summaries[i]?.measures ?? {})
      const names = row.map((text) => measures.find(([, { value }]) => String(value) === text)?.[0])
      expect(names.slice(0, 4)).toEqual(['read.p50', 'read.p99', 'write.p50', 'write.p99'])
      expect(names).not.toContain(undefined)
    }
  })

  test('under every chart are those of each variant', async () => {
    expectTrue(await tablesOf(page))
  })

  test('of fresh reads are the points of its curve', async () => {
    const table = (await tablesOf(page)).find(({ chart }) => chart === 'visibility') as Table
    const rows = table.rows.filter(([name]) => name === 'lww [arrivals=poisson(100/s)]')
    const curve = results.summaries[1]?.curves['visibility'] ?? []
    const found = curve.filter(({ x, value }) =>
      rows.some((row) => row.includes(String(x)) && row.includes(String(value))),
    )
    expect(found.length).toBe(20)
  })

  test('follow the choice', async () => {
    const before = await tablesOf(page)
    await page.locator('select[data-axis]').selectOption('poisson(200/s)')
    await openNumbers(page)
    await page.waitForFunction(() => !document.querySelector('details.numbers td')?.textContent?.includes('(100/s)'))
    const after = await tablesOf(page)
    expectTrue(after)
    for (const [i, { chart, heads }] of after.entries()) {
      if (heads[0] === 'variant') expect(heads, chart).toEqual(before[i]?.heads)
      for (const { name } of toldOf(after[i] as Table)) expect(name).toContain('[arrivals=poisson(200/s)]')
    }
  })

  test('in the data of the page name each series as the results do', async () => {
    const { series } = JSON.parse((await page.locator('#page-data').textContent()) as string)
    expect(series.map(({ id }: { id: string }) => id)).toEqual(results.summaries.map(({ id }) => id))
    expect(series.map(({ name }: { name: string }) => name)).toEqual(results.summaries.map(nameOf))
  })
})

describeInBrowser('numbers of a real run', () => {
  test('are those of its result.json', async () => {
    const folder = folderWith({ 'tiny.yaml': TINY })
    expect((await here(folder, 'run', 'tiny.yaml', '--out', 'out')).code).toBe(0)
    const { summaries }: Results = JSON.parse(readFileSync(join(folder, 'out/result.json'), 'utf8'))
    const opened = await open(join(folder, 'out/report.html'))
    const { page } = opened
    await showAll(page)
    const told = await page.$$eval('#comparison tr[data-series]', (rows) =>
      rows.map((row) => ({
        label: row.querySelector('bdi')?.textContent,
        values: [...row.querySelectorAll<HTMLElement>('[data-value]')].map((cell) => Number(cell.dataset['value'])),
      })),
    )
    expect(told.map(({ label }) => label)).toEqual(summaries.map(({ label }) => label))
    for (const [i, { values }] of told.entries()) {
      const measured = new Set(Object.values((summaries[i] as Summary).measures).map(({ value }) => value))
      expect(values.length).toBeGreaterThan(4)
      expect(values.filter((value) => !measured.has(value))).toEqual([])
    }
    const fresh = (await tablesOf(page)).find(({ chart }) => chart === 'visibility') as Table
    const [x, value] = ['ms since the write', 'share of fresh reads'].map((head) => fresh.heads.indexOf(head))
    for (const { label, curves } of summaries) {
      // Between steps a curve is level, and what is level is left out; rows that name a point are measures.
      const rows = fresh.rows.filter((row) => row[0] === label && row[1] === 'of the curve')
      const points = new Set(curves['visibility']?.map((point) => `${point.x} ${point.value}`))
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.filter((row) => !points.has(`${row[x as number]} ${row[value as number]}`))).toEqual([])
    }
    await closeQuiet(opened)
  })
})
