/** That the tests of pages would see what no page may do. */
import { expect, test } from 'vitest'
import { describeInBrowser, open, settled } from './browser.js'
import { fileOf } from './pages.js'

const complaintsOf = async (text: string): Promise<string> => {
  const { page, complaints } = await open(fileOf(text))
  await settled(page)
  await page.close()
  return complaints.join('\n')
}

describeInBrowser('complaints', () => {
  test('tell of requests, of breaches of the policy, of errors and of dialogs', async () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'">`
    expect(await complaintsOf('<img src="nothing.png">')).toMatch(/request: file:.*nothing\.png/)
    expect(await complaintsOf(`${policy}<img src="nothing.png">`)).toMatch(/policy: img-src/)
    expect(await complaintsOf('<script>throw new Error("planted")</script>')).toContain('error: planted')
    expect(await complaintsOf('<script>alert(1)</script>')).toContain('dialog: 1')
    expect(await complaintsOf('<p>quiet</p>')).toBe('')
  })
})
