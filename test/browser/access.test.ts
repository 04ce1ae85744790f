/** That everybody can read a page: names for what is heard, headings in order, contrast in both themes, and no sideways scrolling on a phone. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeQuiet, describeInBrowser, type Opened, open, settled, showAll } from './browser.js'
import { faintTexts } from './contrast.js'
import { fileOf, madeResults, pageOf } from './pages.js'

const NAMED = new Set([
  'button',
  'checkbox',
  'combobox',
  'textbox',
  'spinbutton',
  'link',
  'image',
  'img',
  'graphics-document',
  'application',
  'region',
  'navigation',
  'DisclosureTriangle',
])

interface Heard {
  readonly role: string
  readonly name: string
}

async function heardIn(page: Page): Promise<readonly Heard[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name }) => ({ role: String(role?.value), name: String(name?.value ?? '').trim() }))
}

describeInBrowser('everybody', () => {
  let opened: Opened
  let page: Page
  beforeAll(async () => {
    opened = await open(await pageOf(madeResults({ rates: 2, seeds: 1 })))
    page = opened.page
    await showAll(page)
  })
  afterAll(() => closeQuiet(opened))

  test('hears a name for whatever can be used or is a picture', async () => {
    const heard = (await heardIn(page)).filter(({ role }) => NAMED.has(role))
    expect(heard.filter(({ name }) => name === '')).toEqual([])
    const roles = new Set(heard.map(({ role }) => role))
    for (const role of ['button', 'checkbox', 'combobox', 'application']) expect(roles).toContain(role)
  })

  test('hears no two controls of the same name', async () => {
    const controls = (await heardIn(page)).filter(({ role }) => role === 'checkbox' || role === 'combobox')
    expect(new Set(controls.map(({ name }) => name)).size).toBe(controls.length)
  })

  test('finds one first heading, and none that skips a level', async () => {
    const levels = await page.$$eval('h1, h2, h3, h4, h5, h6', (all) => all.map(({ tagName }) => Number(tagName[1])))
    expect(levels[0]).toBe(1)
    expect(levels.filter((level) => level === 1).length).toBe(1)
    for (const [i, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1)
  })

  test('finds no id twice', async () => {
    const ids = await page.$$eval('[id]', (all) => all.map(({ id }) => id))
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  })

  test.each(['light', 'dark'] as const)('can read every text when it is %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await showAll(page)
    const { count, faint } = await page.evaluate(faintTexts, 4.5)
    expect(faint).toEqual([])
    expect(count).toBeGreaterThan(100)
    await page.emulateMedia({ colorScheme: 'light' })
  })

  test.each([390, 360])('scrolls down only, at %i pixels', async (width) => {
    const { height } = page.viewportSize() as { height: number }
    await page.setViewportSize({ width, height })
    await settled(page)
    const [room, needed] = await page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement
      return [clientWidth, scrollWidth]
    })
    expect(needed).toBeLessThanOrEqual(room as number)
  })
})

describeInBrowser('the measure of contrast', () => {
  test('is that of WCAG, for text on paper and on the shapes of a drawing', async () => {
    // #767676 on white is the lightest grey that small text may have, 4.54; #777777 has 4.48. Yellow (luminance 0.928) on #808080 (0.216) has 3.68.
    const opened = await open(
      fileOf(`<!doctype html><p style="color:#777">faint</p><p style="color:#767676">grey</p>
<svg width="300" height="100"><rect width="300" height="100" fill="#808080"/><text x="20" y="50" fill="yellow">on a shape</text></svg>`),
    )
    const { count, faint } = await opened.page.evaluate(faintTexts, 4.5)
    expect(count).toBe(3)
    expect(faint.map(({ text, ratio }) => [text, ratio.toFixed(2)])).toEqual([
      ['faint', '4.48'],
      ['on a shape', '3.68'],
    ])
    await closeQuiet(opened)
  })
})
