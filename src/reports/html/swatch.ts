/** A sample of a series' line with its dash and marker, as all charts draw it: the comparison table is their legend. */
import { type SeriesStyle, styleOf } from '../charts/colours.js'
import { html, type Markup } from './markup.js'

/** ECharts' own: multiples of a width of 2. */
const DASHES: Readonly<Record<SeriesStyle['dash'], string | null>> = { solid: null, dashed: '8 4', dotted: '2 2' }

/** Around (16, 6). */
const MARKERS: Readonly<Record<SeriesStyle['marker'], string>> = {
  circle: 'M12 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
  rect: 'M12.5 2.5h7v7h-7z',
  triangle: 'M16 1.5l4.5 8.5h-9z',
  diamond: 'M16 1l5 5l-5 5l-5-5z',
  pin: 'M16 12c-6-6-5-11 0-11s6 5 0 11z',
  arrow: 'M16 1l4.5 10l-4.5-3l-4.5 3z',
  roundRect: 'M14 2h4q2 0 2 2v4q0 2-2 2h-4q-2 0-2-2v-4q0-2 2-2z',
}

export function swatch(series: { readonly index: number }): Markup {
  const { colour, dash, marker } = styleOf(series)
  const dashes = DASHES[dash]
  return html`<svg class="swatch" color="${colour}" aria-hidden="true"><path d="M0 6h32"${
    dashes === null ? null : html` stroke-dasharray="${dashes}"`
  }/><path class="marker" d="${MARKERS[marker]}"/></svg>`
}
