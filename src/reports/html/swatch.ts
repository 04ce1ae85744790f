/** A sample of a series' line with its dash and marker, as all charts draw it: the comparison table is their legend. */
import { CROSS, DOWN, HOURGLASS, type SeriesStyle, styleOf } from '../charts/colours.js'
import { html, type Markup } from './markup.js'

/** ECharts' own: multiples of a width of 2. */
const DASHES: Readonly<Record<SeriesStyle['dash'], string | null>> = { solid: null, dashed: '8 4', dotted: '2 2' }

/** Around (16, 6). */
const MARKERS: Readonly<Record<SeriesStyle['marker'], string>> = {
  circle: 'M12 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
  rect: 'M12.5 2.5h7v7h-7z',
  triangle: 'M16 1.5l4.5 8.5h-9z',
  diamond: 'M16 1l5 5l-5 5l-5-5z',
  [DOWN]: 'M11.5 2h9l-4.5 8.5z',
  [HOURGLASS]: 'M12 2h8l-3.2 4l3.2 4h-8l3.2-4z',
  [CROSS]: 'M14.5 2h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5v-3h2.5z',
}

export function swatch(series: { readonly index: number }): Markup {
  const { colour, dash, marker } = styleOf(series)
  const dashes = DASHES[dash]
  return html`<svg class="swatch" color="${colour}" aria-hidden="true"><path d="M0 6h32"${
    dashes === null ? null : html` stroke-dasharray="${dashes}"`
  }/><path class="marker" d="${MARKERS[marker]}"/></svg>`
}
