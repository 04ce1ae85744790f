/**
 * Everything that was set, with every default: the options of each variant by strategy, with what the strategy promises; then the world and workload,
 * what all points of the axes share told once, and of each point what differs. Long lists are cut, and the page says so.
 */
import { z } from 'zod'
import type { Results, StrategyInfo } from '../../results/results.js'
import { axesOf, pointsOf } from '../points.js'
import { plain } from '../text.js'
import { presetTexts } from '../variant-presets.js'
import { type Section, sectionOf } from './contents.js'
import { type Content, html, type Markup } from './markup.js'
import { type Part, partsOf, pointsIn, type Setting, settingsOf } from './settings.js'
import { scrolling, textTable } from './tables.js'

const MOST_ROWS = 200
const LONGEST_SENTENCE = 600

const variant = z.looseObject({ name: z.string(), label: z.string(), options: z.unknown().optional() })
type Variant = z.infer<typeof variant>
const variants = z.looseObject({ variants: z.array(variant) })

export function parametersSection(results: Results): Section {
  const strategies = strategyParts(results)
  const world = worldParts(results)
  const content =
    strategies.length + world.length === 0
      ? html`<p>The result does not say.</p>`
      : html`<div class="strategies">${strategies}</div>
${world}`
  return sectionOf('parameters', 'Parameters', content)
}

// --- Strategies -----------------------------------------------------------------------------------------------------------

function strategyParts(results: Results): readonly Markup[] {
  const { spec, strategies } = results
  const all = variants.safeParse(spec).data?.variants ?? []
  const infos = new Map(strategies.map((info) => [info.name, info]))
  const names = [...new Set([...all.map(({ name }) => name), ...infos.keys()])]
  return names.map((name) => {
    const own = all.filter((one) => one.name === name)
    return html`<article>
<h3><bdi>${plain(name)}</bdi></h3>
${infoParts(infos.get(name))}${presetParts(results, name)}${own.length === 0 ? null : variantTable(name, own)}</article>
`
  })
}

function infoParts(info: StrategyInfo | undefined): Content {
  if (info === undefined) return null
  const { summary, promises, limits } = info
  const promised =
    promises.length === 0 ? null : html`<p>Promises: ${promises.map((one) => plain(one)).join('; ')}.</p>`
  return html`<p>${plain(summary, LONGEST_SENTENCE)}</p>
${promised}${limits === '' ? null : html`<p>Limits: ${plain(limits, LONGEST_SENTENCE)}</p>`}`
}

function presetParts(results: Results, strategy: string): readonly Markup[] {
  return presetTexts(results, strategy).map(
    ({ name, told }) => html`<p>Preset <bdi>${name}</bdi>: ${told.join(' ')}</p>
`,
  )
}

function variantTable(strategy: string, all: readonly Variant[]): Markup {
  const shown = all.slice(0, MOST_ROWS).map(({ label, options }) => ({
    label: plain(label, 60),
    options: new Map(settingsOf(options)),
  }))
  const heads = [...new Set(shown.flatMap(({ options }) => [...options.keys()]))]
  const rows = shown.map(({ label, options }) => [label, ...heads.map((head) => options.get(head) ?? '-')])
  const caption = `Options of ${plain(strategy)}, defaults included`
  return html`${scrolling(caption, textTable({ caption, heads: ['variant', ...heads], rows }))}${leftOut(all.length)}`
}

// --- World and workload ---------------------------------------------------------------------------------------------------

const placed = z.looseObject({ axes: z.record(z.string(), z.unknown()) })

interface Described {
  readonly name: string
  readonly parts: readonly Part[]
}

function worldParts(results: Results): readonly Markup[] {
  const points = describedPoints(results)
  const [first, ...others] = points
  if (first === undefined) return []
  const isShared = (title: string, [name, value]: Setting): boolean =>
    others.every(({ parts }) =>
      parts
        .find((part) => part.title === title)
        ?.settings.some(([otherName, otherValue]) => otherName === name && otherValue === value),
    )
  const shared = first.parts.map(({ title, settings }) => ({
    title,
    settings: settings.filter((setting) => isShared(title, setting)),
  }))
  return [
    html`<h3>${others.length === 0 ? 'World and workload' : 'World and workload at every point'}</h3>
<div class="parts">${shared.map(partTable)}</div>`,
    ...(others.length === 0 ? [] : [differences(points, shared)]),
  ]
}

/** Named as the comparison names them, where the axes are known; points that no variant ran at are left out there. */
function describedPoints({ spec, summaries }: Results): readonly Described[] {
  const axes = axesOf(summaries)
  const keyOf = (values: Readonly<Record<string, unknown>> = {}): string =>
    JSON.stringify(axes.map(({ path }) => values[path]))
  const names = new Map(pointsOf(summaries).map(({ name, summaries: [first] }) => [keyOf(first?.axes), name]))
  return pointsIn(spec).map((point, i) => {
    const name = names.get(keyOf(placed.safeParse(point).data?.axes))
    return { name: name ?? `point ${i + 1}`, parts: partsOf(point) }
  })
}

function partTable({ title, settings }: Part): Content {
  if (settings.length === 0) return null
  const rows = settings.slice(0, MOST_ROWS)
  return html`<div><h4>${title}</h4>
${textTable({ caption: title, heads: ['setting', 'value'], rows })}${leftOut(settings.length)}</div>
`
}

function differences(points: readonly Described[], shared: readonly Part[]): Markup {
  const rows = points.flatMap(({ name, parts }) =>
    parts.flatMap(({ title, settings }) => {
      const common = new Set(shared.find((part) => part.title === title)?.settings.map(([setting]) => setting))
      return settings
        .filter(([setting]) => !common.has(setting))
        .map(([setting, value]) => [name, `${title.toLowerCase()}: ${setting}`, value])
    }),
  )
  const caption = 'What differs between points'
  const table = textTable({ caption, heads: ['point', 'setting', 'value'], rows: rows.slice(0, MOST_ROWS) })
  return html`<h3>${caption}</h3>
${scrolling(caption, table)}${leftOut(rows.length)}`
}

function leftOut(count: number): Content {
  if (count <= MOST_ROWS) return null
  return html`<p class="legend">${count - MOST_ROWS} more are in result.json, under spec.</p>`
}
