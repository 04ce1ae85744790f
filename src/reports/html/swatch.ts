/** A sample of a series' line with its dash and marker, as all charts draw it: the comparison table is their legend. */
import { type SeriesStyle, styleOf } from '../charts/colours.js'
import { html, type Markup } from './markup.js'

/** ECharts' own: multiples of a width of 2. */
const DASHES: Readonly<Record<SeriesStyle['dash'], string | null>> = { solid: null, dashed: '8 4', dotted: '2 2' }

/** In a square of 10 by 10, as those markers are that ECharts has no name for. */
const NAMED: Readonly<Record<string, string>> = {
  circle: 'M0 5a5 5 0 1 0 10 0a5 5 0 1 0-10 0',
  rect: 'M0 0H10V10H0Z',
  triangle: 'M5 0L10 10H0Z',
  diamond: 'M5 0L10 5L5 10L0 5Z',
}

export function swatch(series: { readonly index: number }): Markup {
  const { colour, dash, marker } = styleOf(series)
  const dashes = DASHES[dash]
  return html`<svg class="swatch" color="${colour}" aria-hidden="true"><path d="M0 6h32"${
    dashes === null ? null : html` stroke-dasharray="${dashes}"`
  }/><path class="marker" d="${NAMED[marker] ?? marker.replace('path://', '')}"/></svg>`
}
