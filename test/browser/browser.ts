/**
 * Pages in a real browser: Chromium as the system has it, driven by playwright-core. Where there is none, the tests are skipped and say so. Whatever a page
 * does that no page may do is a complaint: a message in the console, an error, a dialog, a request for anything but itself, a breach of its policy.
 */
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { beforeAll, describe, expect } from 'vitest'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Other tests of the same worker send themselves signals. */
const LEAVES_SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }

const executablePath = PLACES.find((place) => existsSync(place))
if (executablePath === undefined) {
  console.warn(`Tests of pages are skipped: there is no Chromium at ${PLACES.join(', ')}.`)
}

/** Of all files that a worker runs, which share their modules; it ends with the worker. */
let browser: Browser | undefined

export function describeInBrowser(name: string, tests: () => void): void {
  describe.skipIf(executablePath === undefined)(name, () => {
    beforeAll(async () => {
      browser ??= await chromium.launch({ executablePath: executablePath as string, args: FLAGS, ...LEAVES_SIGNALS })
    })
    tests()
  })
}

export interface Opened {
  readonly page: Page
  readonly complaints: readonly string[]
}

const WINDOW = { width: 1280, height: 800 }

/** The page of a file, which has loaded. */
export async function open(file: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const page = await (browser as Browser).newPage({ viewport: WINDOW, colorScheme: 'light', ...options })
  const address = pathToFileURL(file).href
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (request.url() !== address) complaints.push(`request: ${request.url()}`)
  })
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    return dialog.dismiss()
  })
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`)
    })
  })
  await page.goto(address)
  return { page, complaints }
}

/** Makes the window as high as the page, so that every chart is in it, and waits for them to be drawn. */
export async function showAll(page: Page): Promise<void> {
  const { width } = page.viewportSize() ?? WINDOW
  // Twice, since a chart that comes to life may be higher than the drawing that stood for it.
  for (let i = 0; i < 2; i++) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width, height })
    await settled(page)
  }
}

/** Shows the numbers under every chart. */
export async function openNumbers(page: Page): Promise<void> {
  await page.$$eval('details.numbers', (all) => {
    for (const details of all) (details as HTMLDetailsElement).open = true
  })
}

/** Waits until nothing that was set off is still to be drawn. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))),
  )
}

/** Closes the page, which had nothing to complain of. */
export async function closeQuiet({ page, complaints }: Opened): Promise<void> {
  await page.close()
  expect(complaints).toEqual([])
}
