/**
 * Colours by name, so that one drawing serves light and dark: the page and the standalone SVG give the names their values. Series are told apart by
 * colour, dash and marker together, since colour alone leaves out one reader in twelve. The eight hues are those of Okabe and Ito (2008), darkened on
 * light paper until they contrast 3:1 with it.
 */
export const INK = 'var(--ink)'
export const SOFT_INK = 'var(--soft-ink)'
export const RULE = 'var(--rule)'
export const PAPER = 'var(--paper)'
/** Of fault windows. */
export const BAND = 'var(--band)'
/** Steps of the ramp from little to much. */
export const HEAT_STEPS = 7

const HUES = 8
const DASHES = ['solid', 'dashed', 'dotted'] as const
/** Around their points, as the pin and the arrow of ECharts are not. */
const DOWN = 'path://M0 0H10L5 9Z'
const HOURGLASS = 'path://M0 0H10L6 5L10 10H0L4 5Z'
const CROSS = 'path://M3 0H7V3H10V7H7V10H3V7H0V3H3Z'
const MARKERS = ['circle', 'rect', 'triangle', 'diamond', DOWN, HOURGLASS, CROSS] as const

export interface SeriesStyle {
  readonly colour: string
  readonly dash: (typeof DASHES)[number]
  readonly marker: (typeof MARKERS)[number]
}

export function styleOf(series: { readonly index: number }): SeriesStyle {
  const { index } = series
  return {
    colour: `var(--series-${index % HUES})`,
    dash: DASHES[Math.floor(index / HUES) % DASHES.length] as SeriesStyle['dash'],
    marker: MARKERS[index % MARKERS.length] as SeriesStyle['marker'],
  }
}

/** Of the ramp; `share` is 0 for little to 1 for much. */
export function heatColour(share: number): string {
  const step = Math.min(HEAT_STEPS - 1, Math.max(0, Math.floor(share * HEAT_STEPS)))
  return `var(--heat-${step})`
}

const LIGHT: Readonly<Record<string, string>> = {
  ink: '#1b1f24',
  'soft-ink': '#57606a',
  rule: '#d8dee4',
  paper: '#ffffff',
  band: '#b3541e33',
  'series-0': '#0072b2',
  'series-1': '#d55e00',
  'series-2': '#007a5a',
  'series-3': '#b2487f',
  'series-4': '#946c00',
  'series-5': '#00879a',
  'series-6': '#4d4d4d',
  'series-7': '#7a3fb0',
  'heat-0': '#f2f7fb',
  'heat-1': '#dcebf5',
  'heat-2': '#c2dbee',
  'heat-3': '#a3c9e5',
  'heat-4': '#80b4da',
  'heat-5': '#629fcd',
  'heat-6': '#5391c2',
}

const DARK: Readonly<Record<string, string>> = {
  ink: '#e6edf3',
  'soft-ink': '#9aa6b2',
  rule: '#30363d',
  paper: '#0d1117',
  band: '#e69f0040',
  'series-0': '#56b4e9',
  'series-1': '#e69f00',
  'series-2': '#2fbf8f',
  'series-3': '#e58abf',
  'series-4': '#f0e442',
  'series-5': '#5fd3d3',
  'series-6': '#c4c9d0',
  'series-7': '#bb8ff0',
  'heat-0': '#111c26',
  'heat-1': '#14283a',
  'heat-2': '#17344e',
  'heat-3': '#1a4163',
  'heat-4': '#1d4e79',
  'heat-5': '#205b8e',
  'heat-6': '#2468a3',
}

const variables = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')

/** For `selector` (`:root`, `svg`): light, dark where the reader's system is, and either where `data-theme` says so. */
export function colourStyle(selector: string): string {
  return themedStyle(selector, LIGHT, DARK)
}

/** Values of names in both themes. */
export function themedStyle(
  selector: string,
  light: Readonly<Record<string, string>>,
  dark: Readonly<Record<string, string>>,
): string {
  return [
    `${selector}{${variables(light)}}`,
    `@media (prefers-color-scheme:dark){${selector}{${variables(dark)}}}`,
    `${selector}[data-theme=light]{${variables(light)}}`,
    `${selector}[data-theme=dark]{${variables(dark)}}`,
    // Paper is white, whatever the screen was; the selector twice outweighs the lines above.
    `@media print{${selector}${selector}${selector}{${variables(light)}}}`,
  ].join('\n')
}
