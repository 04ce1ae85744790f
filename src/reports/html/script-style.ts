/** How that looks which the page's script adds, or takes hold of. Colours are those of the page. */
export const SCRIPT_STYLE = `
[hidden]{display:none!important}
.sort{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:inherit;cursor:pointer}
.sort::after{content:" ↕";color:var(--soft-ink)}
[aria-sort=ascending] .sort::after{content:" ↑";color:inherit}
[aria-sort=descending] .sort::after{content:" ↓";color:inherit}
.draw{margin:0 .5em 0 0;vertical-align:middle}
figure{position:relative}
.drawing{contain:inline-size}
.drawing:focus-visible,.sort:focus-visible{outline:2px solid var(--series-0);outline-offset:2px}
.spoken{position:absolute;left:0;top:100%;z-index:1;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}
.drawing:focus+.spoken:not(:empty){width:auto;height:auto;max-width:100%;box-sizing:border-box;clip-path:none;padding:.2em .6em;font-size:.85rem;background:var(--paper);border:1px solid var(--rule)}
@media print{
.draw,.spoken,.sort::after,#theme,#filters{display:none!important}
.drawing,.drawing div{width:auto!important;height:auto!important}
.drawing svg{position:static!important;width:100%;height:auto}
}
`
