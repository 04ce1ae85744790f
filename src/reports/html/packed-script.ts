/**
 * The page's script, packed to a third of its size, and the few words that unpack it. The page's policy lets exactly these two scripts run, told by their
 * hashes, so nothing that a label holds can become a third. The build has packed it, because packing may differ from one version of Node to another
 * and the same results give the same page. A browser that cannot unpack shows the page as it is without a script.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { html, Markup } from './markup.js'

const SCRIPT = new URL('../charts/page.bundle.js', import.meta.url)
const PACKED = new URL('../charts/page.bundle.js.gz', import.meta.url)

const UNPACK = `if ('DecompressionStream' in window) {
  const packed = Uint8Array.from(atob(document.getElementById('page-script').textContent), (letter) => letter.charCodeAt(0))
  new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).text().then((text) => {
    const script = document.createElement('script')
    script.textContent = text
    document.body.append(script)
    script.remove()
  })
}`

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The build must have run. */
export function packedScript(): { readonly policy: string; readonly markup: Markup } {
  return {
    policy: `script-src ${hashOf(UNPACK)} ${hashOf(readFileSync(SCRIPT, 'utf8'))}`,
    markup: html`<script type="application/gzip" id="page-script">${readFileSync(PACKED, 'base64')}</script>
<script>${new Markup(UNPACK)}</script>
`,
  }
}
