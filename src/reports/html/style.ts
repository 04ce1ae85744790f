/** How the page looks, on a screen, a phone and on paper, in light and in dark. */
import { colourStyle } from '../charts/colours.js'
import { SCRIPT_STYLE } from './script-style.js'

export function pageStyle(): string {
  return `${colourStyle(':root')}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:1100px;margin:0 auto;padding:1rem}
.drawing svg{max-width:100%;height:auto}
${SCRIPT_STYLE}`
}
