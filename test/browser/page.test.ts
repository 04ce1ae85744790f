/** What a reader can do with a page: with a script and without, by pointer and by keyboard, on a screen and on paper. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Summary } from '../../src/results/summary.js'
import { closeQuiet, describeInBrowser, type Opened, open, settled, showAll } from './browser.js'
import { madeResults, pageOf } from './pages.js'

/** Six variants at two rates: 12 cells. The fourth lacks a measure. */
const made = madeResults({ rates: 2, seeds: 1 })
const results = { ...made, summaries: made.summaries.with(3, without('write.p99', made.summaries[3] as Summary)) }

function without(measure: string, summary: Summary): Summary {
  const { [measure]: _, ...measures } = summary.measures
  return { ...summary, measures }
}

const drawings = (page: Page): Promise<readonly string[]> =>
  page.$$eval('.drawing', (places) => places.map((place) => place.innerHTML))

const shownRows = (page: Page): Promise<readonly string[]> =>
  page.$$eval('#comparison tbody tr', (rows) =>
    rows.filter((row) => row.checkVisibility()).map((row) => row.getAttribute('data-series') as string),
  )

const output = (page: Page): Promise<string | null> => page.locator('#filters output').textContent()

describeInBrowser('a page without a script', () => {
  test('has its charts, its tables and no controls', async () => {
    const opened = await open(await pageOf(results), { javaScriptEnabled: false })
    const { page } = opened
    const sections = page.locator('section.chart')
    expect(await sections.count()).toBeGreaterThan(0)
    for (const section of await sections.all()) {
      expect(await section.locator('.drawing[role=img] > svg path').count()).toBeGreaterThan(3)
      expect(await section.locator('details.numbers tbody tr').count()).toBeGreaterThan(0)
    }
    expect(await page.locator('#comparison tbody tr').count()).toBe(12)
    for (const control of ['#filters', '#theme']) expect(await page.locator(control).isVisible()).toBe(false)
    await closeQuiet(opened)
  })
})

describeInBrowser('a page', () => {
  let opened: Opened
  let page: Page
  beforeAll(async () => {
    opened = await open(await pageOf(results))
    page = opened.page
    await showAll(page)
  })
  afterAll(() => closeQuiet(opened))

  test('draws every chart anew, as wide as its place', async () => {
    const places = await page.$$eval('.drawing', (all) =>
      all.map((place) => ({ room: place.clientWidth, width: place.querySelector('div > svg')?.getAttribute('width') })),
    )
    expect(places.length).toBeGreaterThan(0)
    for (const { room, width } of places) expect(Number(width)).toBe(room)
  })

  test('shows and draws the strategies that are chosen', async () => {
    const before = await drawings(page)
    expect(await output(page)).toBe('12 of 12 shown')
    await page.locator('input[name=strategy][value=quorum]').uncheck()
    // At each rate the first two variants are no quorums.
    expect(await shownRows(page)).toEqual(['0', '1', '6', '7'])
    expect(await output(page)).toBe('4 of 12 shown')
    const after = await drawings(page)
    const isDrawn = await page.$$eval('.drawing', (places) => places.map((place) => place.checkVisibility()))
    // A map of R and W has nothing left to draw.
    expect(isDrawn.filter((one) => !one).length).toBe(await page.locator('[data-chart=quorum-map]').count())
    for (const [i, drawing] of after.entries()) if (isDrawn[i]) expect(drawing).not.toBe(before[i])
  })

  test('shows the values of an axis that are chosen', async () => {
    await page.locator('select[data-axis]').selectOption('poisson(200/s)')
    expect(await shownRows(page)).toEqual(['6', '7'])
  })

  test('says in words that nothing is left', async () => {
    for (const name of ['single-leader', 'lww']) await page.locator(`input[name=strategy][value=${name}]`).uncheck()
    expect(await shownRows(page)).toEqual([])
    expect(await output(page)).toBe('0 of 12 shown: no variant fits this choice.')
    for (const caption of await page.locator('.left-out').allTextContents()) {
      expect(caption).toBe('Nothing to draw here for the variants chosen.')
    }
    expect(await page.locator('.drawing:visible').count()).toBe(0)
  })

  test('takes single variants out of the charts', async () => {
    await page.locator('#filters [type=reset]').click()
    await settled(page)
    const before = await drawings(page)
    await page.locator('tr[data-series="1"] input').uncheck()
    expect(await output(page)).toBe('12 of 12 shown, 11 drawn')
    expect(await drawings(page)).not.toEqual(before)
  })

  test('is as it was after a reset', async () => {
    await page.locator('#filters [type=reset]').click()
    await settled(page)
    expect(await output(page)).toBe('12 of 12 shown')
    expect((await shownRows(page)).length).toBe(12)
    expect(await page.locator('.draw:not(:checked), input[name=strategy]:not(:checked)').count()).toBe(0)
    expect(await page.locator('.drawing:visible').count()).toBe(await page.locator('.drawing').count())
  })

  test('sorts by a column: best first, worst first, as it was', async () => {
    const index = await page.$eval('th[data-better=lower]', (head) => (head as HTMLTableCellElement).cellIndex)
    const values = (): Promise<readonly number[]> =>
      page.$$eval(
        '#comparison tbody tr',
        (rows, column) =>
          rows.map((row) => Number(((row as HTMLTableRowElement).cells[column] as HTMLElement).dataset['value'])),
        index,
      )
    const before = await values()
    const button = page.locator('#comparison th').nth(index).getByRole('button')
    const head = page.locator(`#comparison thead th`).nth(index)
    const rising = [...before].sort((left, right) => left - right)
    expect(rising).not.toEqual(before)

    await button.click()
    expect(await values()).toEqual(rising)
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    await button.click()
    expect(await values()).toEqual([...rising].reverse())
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    await button.click()
    expect(await values()).toEqual(before)
    expect(await head.getAttribute('aria-sort')).toBe(null)
  })

  test('sorts variants by the alphabet and larger first where more is better', async () => {
    await page.locator('#comparison thead th').first().getByRole('button').click()
    // lww is the second variant at either rate, single-leader the first.
    const sorted = await shownRows(page)
    expect([sorted.slice(0, 2), sorted.slice(-2)]).toEqual([
      ['1', '7'],
      ['0', '6'],
    ])
    const column = page.locator('#comparison th[data-better=higher]').first()
    await column.getByRole('button').click()
    expect(await column.getAttribute('aria-sort')).toBe('descending')
    expect(await page.locator('[aria-sort]').count()).toBe(1)
    for (let i = 0; i < 2; i++) await column.getByRole('button').click()
  })

  test('leaves cells without a value last, either way', async () => {
    const head = page.locator('#comparison th', { hasText: 'write p99' })
    for (let i = 0; i < 2; i++) {
      await head.getByRole('button').click()
      expect((await shownRows(page)).at(-1)).toBe('3')
    }
    await head.getByRole('button').click()
    expect((await shownRows(page)).at(-1)).toBe('11')
  })

  test('changes its theme, and the colours of its charts with it', async () => {
    const colours = (): Promise<string> =>
      page.evaluate(() => {
        const text = document.querySelector('.drawing svg text') as Element
        return `${getComputedStyle(document.body).backgroundColor} ${getComputedStyle(text).fill}`
      })
    const button = page.locator('#theme')
    const [system, change] = [await colours(), await button.textContent()]
    expect(change).toBe('Switch to light')
    await button.click()
    expect(await colours()).toBe(system)
    await button.click()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    expect(await colours()).not.toBe(system)
    expect(await button.textContent()).toBe('Switch to the system’s colours')
    await button.click()
    expect([await colours(), await button.textContent()]).toEqual([system, change])
  })

  test('says the values of every chart by keyboard, as its tooltips show them', async () => {
    for (const section of await page.locator('section.chart').all()) {
      const [place, spoken] = [section.locator('.drawing'), section.locator('.spoken')]
      const name = (await section.getAttribute('data-chart')) as string
      await place.focus()
      const said: string[] = []
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'End']) {
        await spoken.evaluate((element) => element.replaceChildren())
        await page.keyboard.press(key)
        await expect.poll(() => spoken.textContent(), { message: name }).toMatch(/\d/)
        said.push((await spoken.textContent()) as string)
      }
      expect(new Set(said).size, name).toBeGreaterThan(2)
      // It is said before the frame in which it is drawn.
      const isShown = async (): Promise<boolean> =>
        (await place.locator('svg text').allTextContents()).some((text) => said.at(-1)?.startsWith(text.trim()))
      await expect.poll(isShown, { message: `${name}: ${said.at(-1)}` }).toBe(true)
      await page.keyboard.press('Escape')
      await settled(page)
      expect(await spoken.textContent()).toBe('')
    }
  })

  test('says of a line what concerns it, in full', async () => {
    const [place, spoken] = ['.drawing', '.spoken'].map((part) => page.locator(`#chart-read-percentiles ${part}`))
    await place?.focus()
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'Home']) await page.keyboard.press(key)
    const first = results.summaries[0]?.curves['read.percentiles']?.[0]?.value
    const told = `0% of reads took at most; ${first} ms  single-leader [arrivals=poisson(100/s)]`
    await expect.poll(() => spoken?.textContent()).toBe(told)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => spoken?.textContent()).toContain('ms  lww [arrivals')
    await page.keyboard.press('Escape')
  })

  test('draws itself anew for a smaller window and for paper', async () => {
    const widths = (): Promise<readonly number[]> =>
      page.$$eval('.drawing svg', (all) => all.map((svg) => Number(svg.getAttribute('width'))))
    const { height } = page.viewportSize() as { height: number }
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(new Set(await widths())).toEqual(new Set([700]))
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    expect(new Set(await widths())).not.toContain(700)
    await page.setViewportSize({ width: 390, height })
    await settled(page)
    for (const width of await widths()) expect(width).toBeLessThan(390)
    await page.setViewportSize({ width: 1280, height })
    await settled(page)
    for (const width of await widths()) expect(width).toBeGreaterThan(390)
  })
})
