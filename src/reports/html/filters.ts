/** The choice of series by strategy and by value of an axis. It does nothing without the script, which shows it. */
import type { Series } from '../charts/series.js'
import { html, type Markup } from './markup.js'

/** Null where there is nothing to choose from. */
export function filterForm(series: readonly Series[]): Markup | null {
  const strategies = [...new Set(series.map(({ strategy }) => strategy))]
  const axes = Object.keys(series[0]?.axes ?? {})
  if (strategies.length < 2 && axes.length === 0) return null
  return html`<form id="filters" aria-label="Which variants to show" hidden>
${strategies.length < 2 ? null : strategyChoice(strategies)}${axes.map((axis) => axisChoice(axis, series))}
<span><button type="reset">Show all</button> <output></output></span>
</form>`
}

function strategyChoice(strategies: readonly string[]): Markup {
  return html`<fieldset><legend>Strategies</legend>${strategies.map(
    (strategy) =>
      html` <label><input type="checkbox" name="strategy" value="${strategy}" checked> <bdi>${strategy}</bdi></label>`,
  )}</fieldset>
`
}

function axisChoice(axis: string, series: readonly Series[]): Markup {
  const values = [...new Set(series.map(({ axes }) => axes[axis] ?? ''))]
  return html`<label><bdi>${axis}</bdi> <select data-axis="${axis}"><option value="">all</option>${values.map(
    (value) => html`<option value="${value}">${value}</option>`,
  )}</select></label>
`
}
