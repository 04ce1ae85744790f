/** How large pages are, and that a large one works. How soon they open depends on the machine: the long form tells it, and nothing is held to it. */
import { statSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { closeQuiet, describeInBrowser, open, settled } from './browser.js'
import { madeResults, pageOf, type Size, VARIANTS } from './pages.js'

interface Limit {
  readonly cells: number
  readonly summaries: number
  readonly bytes: number
  readonly variants: number
  readonly size: Size
}

const LIMITS: readonly Limit[] = [
  { cells: 12, summaries: 12, bytes: 1_200_000, variants: 6, size: { rates: 2, seeds: 1 } },
  { cells: 500, summaries: 50, bytes: 5_000_000, variants: 5, size: { rates: 10, seeds: 10 } },
  { cells: 500, summaries: 500, bytes: 5_000_000, variants: 5, size: { rates: 100, seeds: 1 } },
]

describeInBrowser('the page', () => {
  test.each(LIMITS)(
    'of $cells cells in $summaries summaries is small and opens',
    async ({ summaries, bytes, variants, size }) => {
      const file = await pageOf(madeResults(size, VARIANTS.slice(0, variants)))
      expect(statSync(file).size).toBeLessThan(bytes)
      const opened = await open(file)
      const { page } = opened
      await settled(page)
      expect(await page.locator('#comparison tbody tr').count()).toBe(summaries)
      expect(await page.locator('#filters output').textContent()).toBe(`${summaries} of ${summaries} shown`)
      if (process.env['QUORATE_LONG'])
        console.log(`${summaries} summaries: ${statSync(file).size} bytes, ${await openingOf(page)} ms`)
      await closeQuiet(opened)
    },
  )
})

/** Milliseconds from asking for the page until it had loaded and what is in the window was drawn. */
async function openingOf(page: Page): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    const start = performance.now()
    await page.reload()
    await settled(page)
    times.push(performance.now() - start)
  }
  return Math.round(times.sort((left, right) => left - right)[2] as number)
}
