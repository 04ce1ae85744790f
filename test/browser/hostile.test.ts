/** Names that hold markup, scripts, quotes, turned writing or ten thousand characters are text on the page and in its charts, whatever a reader does. */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { closeQuiet, describeInBrowser, open, openNumbers, settled, showAll } from './browser.js'
import { madeResults, pageOf } from './pages.js'

const NAMES = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(2)</script>',
  "' onmouseover='alert(3)",
  '</script><script>alert(4)</script>',
  '<!--<script>',
  '</title></style></textarea><iframe src=javascript:alert(5)>',
  '{a|b} {b0} {{x}} %s %c',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '\u202egnorw',
  'left\u2066 and \u05d0\u05d1\u05d2',
  `long ${'x'.repeat(10_000)}`,
]

const sentence = NAMES.join(' ')
const made = madeResults(
  { rates: 2, seeds: 1 },
  NAMES.map((name) => ({ label: name, strategy: name, options: {} })),
)
const results = {
  ...made,
  spec: { ...(made.spec as object), name: sentence, about: sentence },
  environment: { node: sentence, [sentence]: sentence },
  strategies: NAMES.map((name) => ({ name, summary: sentence, promises: NAMES, limits: sentence })),
  summaries: made.summaries.map((summary, i) => ({
    ...summary,
    id: `${NAMES[i % NAMES.length]}/${i}`,
    axes: { [NAMES[0] as string]: i < NAMES.length ? NAMES[1] : NAMES[3], [NAMES[6] as string]: i % 2 },
    faults: NAMES.map((name) => ({ name, label: name, from: 3, to: 6, seeds: 1 })),
    measures: {
      ...summary.measures,
      ...Object.fromEntries(
        NAMES.slice(0, 3).flatMap((zone) =>
          ['read.p99', 'write.p99', 'availability', 'stale.ratio'].map((measure) => [
            `${measure}@${zone}`,
            summary.measures[measure] as (typeof summary.measures)[string],
          ]),
        ),
      ),
    },
  })),
}

describeInBrowser('hostile names', () => {
  let file: string
  beforeAll(async () => {
    file = await pageOf(results)
  })

  async function expectText(page: Page): Promise<void> {
    expect(await page.locator('img, iframe, script[src], foreignObject, [onerror], [onmouseover], [src]').count()).toBe(
      0,
    )
    // The data, the packed script and what unpacks it.
    expect(await page.locator('script').count()).toBe(3)
    const texts = await page.locator('#comparison tbody tr').allTextContents()
    for (const name of NAMES.slice(0, 10)) expect(texts.some((text) => text.includes(name))).toBe(true)
    expect(texts.join('')).not.toMatch(/[\u202e\u2066]/)
    expect(texts.join('')).not.toContain('x'.repeat(100))
  }

  test('are text without a script', async () => {
    const opened = await open(file, { javaScriptEnabled: false })
    await expectText(opened.page)
    await closeQuiet(opened)
  })

  test('are text in what the script makes: tables, drawings, tooltips, sentences; and filter like any other', async () => {
    const opened = await open(file)
    const { page } = opened
    await showAll(page)
    const box = page.locator('input[name=strategy]').first()
    expect(await box.getAttribute('value')).toBe(NAMES[0])
    await box.uncheck()
    expect(await page.locator('#filters output').textContent()).toBe('24 of 26 shown')
    await openNumbers(page)
    for (const place of await page.locator('.drawing').all()) {
      await place.hover()
      await place.focus()
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
    }
    await settled(page)
    await expectText(page)
    expect(await page.evaluate(() => Object.keys(Object.prototype).concat(Object.keys(Object)))).toEqual([])
    // Drawings cut long names.
    expect((await page.locator('.drawing').allTextContents()).join()).toContain('"><script>alert(2)<')
    expect((await page.locator('details.numbers').allTextContents()).join()).toContain(NAMES[1])
    await closeQuiet(opened)
  })
})
