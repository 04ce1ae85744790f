/** How the page looks, on a screen, a phone and on paper, in light and in dark. Only regions of class `scroll` scroll sideways, never the page. */
import { colourStyle, themedStyle } from '../charts/colours.js'
import { SCRIPT_STYLE } from './script-style.js'

/** Those that no drawing uses. */
const LIGHT = { raised: '#f6f8fa', link: '#0b5cad', good: '#1a6b32', bad: '#b3261e' }
const DARK = { raised: '#161b22', link: '#79b8ff', good: '#56d364', bad: '#ff8a80' }

const BASE = `
*{box-sizing:border-box}
html{color-scheme:light dark;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
html[data-theme=light]{color-scheme:light}
html[data-theme=dark]{color-scheme:dark}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header,main{max-width:80rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1rem}
main{padding-bottom:3rem}
h1{margin:0;font-size:1.6rem;line-height:1.25}
h2{margin:0 0 .35rem;font-size:1.2rem;line-height:1.3}
h3{margin:1rem 0 .25rem;font-size:1rem;line-height:1.35}
h4{margin:.5rem 0 .25rem;font-size:.9rem}
p,ul{margin:0 0 .5rem}
ul{padding-left:1.2rem}
main>p,main>section>p,main>section>ul,article>p{max-width:52rem}
a{color:var(--link)}
section{margin-top:1.25rem}
button,select,input{font:inherit;color:inherit;accent-color:var(--link)}
#theme,select,[type=reset]{background:var(--raised);border:1px solid var(--soft-ink);border-radius:.3rem;padding:.1rem .5rem}
button{cursor:pointer}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
summary{cursor:pointer;color:var(--link)}
code{font:.875em/1.4 ui-monospace,monospace}
pre{margin:0 0 .75rem;padding:.5rem .75rem;background:var(--raised);border:1px solid var(--rule);border-radius:.3rem;white-space:pre-wrap}
.unseen,#comparison i{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;padding:.3rem .6rem;background:var(--paper);z-index:9}
`

const OPENING = `
#theme{float:right;margin-left:1rem;font-size:.85rem}
.about{margin:.25rem 0 0}
.facts,.legend,.left-out{color:var(--soft-ink);font-size:.875rem}
.facts{margin:.15rem 0 0}
main>section:first-child{margin-top:1rem}
#gates ul{list-style:none;padding-left:0}
#gates li li{margin-left:1.5rem;list-style:disc}
.mark{display:inline-block;width:1.3em;font-weight:700}
.failed .mark{color:var(--bad)}
.passed .mark{color:var(--good)}
#answers{margin-top:.75rem;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:.75rem;position:relative}
#answers article{padding:.6rem .85rem;background:var(--raised);border:1px solid var(--rule);border-radius:.4rem;font-size:.9rem;line-height:1.4;min-width:0}
#answers h3{margin:0 0 .25rem;font-size:.95rem}
#answers .scroll{max-height:12rem}
#answers table{width:100%;font-size:.78rem}
#answers th,#answers td{padding:.1rem .7rem .1rem 0}
#answers .short{white-space:nowrap}
#answers thead th{background:var(--raised)}
#answers tbody th,#answers td{min-width:3.5rem}
#answers td:not(.short){min-width:10rem}
#verdict{margin-top:1rem;font-size:.875rem}
#verdict ul{max-width:none;columns:20rem;column-gap:2.25rem;margin-bottom:.25rem}
#verdict li{break-inside:avoid}
`

const TABLES = `
table{border-spacing:0;font-size:.85rem;line-height:1.3;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
thead th{vertical-align:bottom;border-bottom:1px solid var(--soft-ink);font-weight:600}
tbody th{font-weight:400}
.scroll{position:relative;overflow:auto;max-height:85vh;max-width:100%;overflow-wrap:normal}
.scroll thead th{position:sticky;top:0;background:var(--paper);z-index:1}
#comparison td,#comparison thead th[data-better]{text-align:right}
#comparison td.axis{text-align:left}
#comparison td,#comparison .short{white-space:nowrap}
#comparison td small{display:block}
#comparison small{color:var(--soft-ink);font-size:.72rem;font-weight:400}
#comparison tr>:first-child{position:sticky;left:0;z-index:1;background:var(--paper);min-width:9rem;max-width:17rem;overflow-wrap:anywhere}
#comparison thead tr>:first-child{z-index:2}
#comparison tbody tr:hover>*{background:var(--raised)}
.swatch{width:32px;height:12px;margin-right:.5rem;fill:none;stroke:currentColor;stroke-width:2;overflow:visible;flex:none}
.swatch .marker{fill:currentColor;stroke:none;transform:translate(11.5px,1.5px) scale(.9)}
.legend{margin:.5rem 0 0}
#filters{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;align-items:center;margin:0 0 .5rem;font-size:.875rem}
#filters fieldset{display:flex;flex-wrap:wrap;gap:.2rem .9rem;margin:0;padding:0;border:0;min-width:0}
#filters legend{float:left;padding:0;margin-right:.9rem;font-weight:600}
#filters select{max-width:16rem}
section>.scroll+p,section>.scroll+.legend{margin-top:.5rem}
.strategies{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:0 2.5rem}
.strategies>article{min-width:0}
.parts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:.5rem 2rem;align-items:start}
.parts>div{min-width:0}
.parts td{overflow-wrap:anywhere}
.parts thead{display:none}
`

const CHARTS = `
#contents{margin-top:1.5rem}
#contents ul{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:.4rem 0;margin:0;border-block:1px solid var(--rule);font-size:.9rem}
.chart{display:grid;grid-template-columns:17rem minmax(0,1fr);grid-template-rows:auto auto 1fr;gap:0 1.5rem;padding-top:1.25rem;margin-top:1.25rem;border-top:1px solid var(--rule)}
#contents+.chart{border-top:0;padding-top:0}
.chart h2,.chart .explanation{grid-column:1}
.explanation{font-size:.9rem;color:var(--soft-ink)}
.chart figure{grid-column:2;grid-row:1/span 3;margin:0;min-width:0}
.chart .numbers{grid-column:2;grid-row:4;min-width:0}
.drawing{min-width:0}
.drawing svg{display:block;max-width:100%;height:auto}
@media (max-width:60rem){.chart{display:block}}
`

const PHONE = `
@media (max-width:40rem){
header,main{padding-inline:.9rem}
h1{font-size:1.35rem}
#comparison tr>:first-child{min-width:6.5rem;max-width:8.5rem;white-space:normal}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`

/** On paper nothing scrolls and nothing can be pressed; details are opened where the browser can, but for the numbers of charts. */
const PAPER = `
@media print{
@page{margin:12mm}
html{color-scheme:light}
body{font-size:10pt}
header,main{max-width:none;padding:0}
.skip,#theme,#filters,#contents,.numbers,.left-out:empty{display:none}
.scroll,#answers .scroll{overflow:visible;max-height:none}
.scroll thead th,#comparison tr>:first-child{position:static}
#comparison{font-size:6pt}
#comparison td,#comparison th,#comparison .short{padding:.1rem .15rem;white-space:normal}
#comparison small{font-size:5pt}
#comparison thead th{font-size:5.5pt}
#comparison tr>:first-child{min-width:4.5rem;max-width:none}
#answers{display:block}
#answers article{margin-bottom:.5rem}
#answers table{font-size:7pt}
#answers th,#answers td,#answers td:not(.short){min-width:0;padding-right:.4rem;white-space:normal}
#comparison .swatch{width:24px;margin-right:.75rem}
.chart{display:block}
figure,tr,article h3,#answers article{break-inside:avoid}
h2,h3,h4,.explanation{break-after:avoid}
thead{display:table-header-group}
details::details-content{display:block;content-visibility:visible;height:auto}
summary{display:none}
}
`

export function pageStyle(): string {
  const colours = [colourStyle(':root'), themedStyle(':root', LIGHT, DARK)]
  return [...colours, BASE, OPENING, TABLES, CHARTS, PHONE, PAPER, SCRIPT_STYLE].join('\n')
}
