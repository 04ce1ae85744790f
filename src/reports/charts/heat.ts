/**
 * Heat panels: values as numbers in the cells of matrices, shaded by how bad each is within its panel. They are laid out and drawn in pixels, with no axes,
 * so that many panels cost little and text can be fitted to its cell. The number is always there: the shade only helps to find it. Shades
 * follow the logarithm.
 */
import { log } from '../../core/mathematics.js'
import { HEAT_STEPS, heatColour, INK } from './colours.js'
import type { ChartOption } from './echarts.js'
import { BASE, textPixels, tooltipOf } from './frame.js'
import { drawn, text, tipOf } from './shapes.js'

export interface HeatCell {
  readonly column: number
  /** From the top. */
  readonly row: number
  /** At least 0, and 0 is perfect. */
  readonly badness: number
  readonly text: string
  /** Where `text` does not fit. */
  readonly shortText: string
  readonly tip: readonly string[]
}

export interface HeatPanel {
  readonly title: string
  /** Below the title; null for none. */
  readonly note: string | null
  readonly columns: readonly string[]
  readonly rows: readonly string[]
  readonly cells: readonly HeatCell[]
  /** Corners of a line between cells, in columns and rows from the top left. */
  readonly line: readonly Corner[]
}

export type Corner = readonly [column: number, row: number]

export interface HeatStyle {
  /** Above all panels; null for none. */
  readonly heading: string | null
  readonly labelWidth: number
  /** Whether all panels have rows of their own, or share those of the first beside them. */
  readonly labels: 'each' | 'first'
  readonly columnsAt: 'top' | 'bottom'
  readonly cellHeight: number
}

const GAP = 20
const TITLE = 22
const NOTE = 18
const COLUMN_LABELS = 20
const HEADING = 26
/** Between one row of panels and the next. */
const BELOW = 16
const WIDEST_CELL = 120
/** Narrower ones are wished for only if not even one panel fits otherwise. */
const NARROWEST_CELL = 52
const MOST_BESIDE = 4
/** So that noise does not look like a difference. */
const SHORTEST_RAMP = 2

interface PlacedPanel {
  readonly panel: HeatPanel
  /** Of the cells. */
  readonly left: number
  readonly top: number
  readonly cellWidth: number
  /** Of the whole panel, which may be wider than its cells. */
  readonly width: number
  readonly hasLabels: boolean
}

interface Layout {
  readonly placed: readonly PlacedPanel[]
  readonly height: number
}

export function heatHeight(panels: readonly HeatPanel[], style: HeatStyle, width: number): number {
  return layoutOf(panels, style, width).height
}

export function heatOption(panels: readonly HeatPanel[], style: HeatStyle, width: number): ChartOption {
  const { placed } = layoutOf(panels, style, width)
  const cells = placed.flatMap((place) => {
    const shades = shadesOf(place.panel.cells.map(({ badness }) => badness))
    return place.panel.cells.map((cell, i) => ({ cell, shape: cellShape(cell, shades[i] as number, place, style) }))
  })
  const around = placed.flatMap((place) => surroundings(place, style))
  const heading = style.heading === null ? [] : [text(style.heading, 0, 12, { width, weight: 'bold' })]
  return {
    ...BASE,
    tooltip: tooltipOf('item', width, tipOf),
    series: [
      drawn(
        cells.map(({ shape }) => shape),
        cells.map(({ cell }) => cell.tip),
      ),
      { ...drawn([{ type: 'group', children: [...heading, ...around] }]), silent: true },
    ],
  }
}

/** 0 for the best to 1 for the worst of them. */
export function shadesOf(badness: readonly number[]): readonly number[] {
  const positive = badness.filter((value) => value > 0)
  const [least, most] = [Math.min(...positive), Math.max(...positive)]
  const span = Math.max(log(SHORTEST_RAMP), log(most / least))
  if (positive.length === badness.length) return badness.map((value) => log(value / least) / span)
  // Where some have none of it the worst is the darkest, and even the least is told from none.
  const step = 1 / HEAT_STEPS
  return badness.map((value) => (value > 0 ? Math.max(step, 1 - (1 - step) * (log(most / value) / span)) : 0))
}

function layoutOf(panels: readonly HeatPanel[], style: HeatStyle, width: number): Layout {
  const columns = Math.max(...panels.map((panel) => panel.columns.length))
  const beside = panelsBeside(panels, columns, style, width)
  const space = spaceFor(beside, style, width)
  const cellWidth = Math.min(WIDEST_CELL, space / columns)
  const placed: PlacedPanel[] = []
  let top = style.heading === null ? 0 : HEADING
  for (let first = 0; first < panels.length; first += beside) {
    const row = panels.slice(first, first + beside)
    const head = TITLE + (row.some(({ note }) => note !== null) ? NOTE : 0)
    row.forEach((panel, i) => {
      const labels = style.labels === 'each' ? (i + 1) * style.labelWidth : style.labelWidth
      const left = labels + i * (GAP + space)
      const cellsTop = top + head + (style.columnsAt === 'top' ? COLUMN_LABELS : 0)
      const hasLabels = style.labels === 'each' || i === 0
      placed.push({ panel, left, top: cellsTop, cellWidth, width: space, hasLabels })
    })
    const rows = Math.max(...row.map((panel) => panel.rows.length))
    top += head + rows * style.cellHeight + COLUMN_LABELS + BELOW
  }
  return { placed, height: Math.ceil(top) }
}

/** As many as leave room for cells and titles, and fill every row. */
function panelsBeside(panels: readonly HeatPanel[], columns: number, style: HeatStyle, width: number): number {
  const title = Math.max(...panels.map((panel) => textPixels(panel.title)))
  for (let beside = Math.min(MOST_BESIDE, panels.length); beside > 1; beside--) {
    const space = spaceFor(beside, style, width)
    const isRoomy = space >= columns * NARROWEST_CELL && space + ownLabels(style) >= title
    if (panels.length % beside === 0 && isRoomy) return beside
  }
  return 1
}

/** Pixels that each of so many panels has for its cells. */
function spaceFor(beside: number, { labels, labelWidth }: HeatStyle, width: number): number {
  const forLabels = labels === 'each' ? beside * labelWidth : labelWidth
  return (width - forLabels - (beside - 1) * GAP - 1) / beside
}

const ownLabels = ({ labels, labelWidth }: HeatStyle): number => (labels === 'each' ? labelWidth : 0)

function cellShape(cell: HeatCell, shade: number, place: PlacedPanel, { cellHeight }: HeatStyle): object {
  const x = place.left + cell.column * place.cellWidth
  const y = place.top + cell.row * cellHeight
  const shape = { x: x + 1, y: y + 1, width: Math.max(1, place.cellWidth - 2), height: cellHeight - 2 }
  return {
    type: 'group',
    children: [
      { type: 'rect', shape, style: { fill: heatColour(shade) } },
      ...figureIn(cell, x + place.cellWidth / 2, y + cellHeight / 2, place.cellWidth - 4),
    ],
  }
}

/** The number as large as it fits, or shorter; none where not even that does. */
function figureIn({ text: long, shortText }: HeatCell, x: number, y: number, room: number): readonly object[] {
  for (const figure of [long, shortText]) {
    for (const size of [12, 10]) {
      if ((textPixels(figure) * size) / 12 <= room) return [text(figure, x, y, { align: 'center', size })]
    }
  }
  return []
}

function surroundings(place: PlacedPanel, style: HeatStyle): readonly object[] {
  const { panel, left, top, cellWidth } = place
  const isAbove = style.columnsAt === 'top'
  const bottom = top + panel.rows.length * style.cellHeight
  const columnsY = isAbove ? top - COLUMN_LABELS / 2 : bottom + COLUMN_LABELS / 2
  const columns = panel.columns.map((name, i) =>
    text(name, left + (i + 0.5) * cellWidth, columnsY, { align: 'center', soft: true, width: cellWidth - 4 }),
  )
  const rows = panel.rows.map((name, i) =>
    text(name, left - 8, top + (i + 0.5) * style.cellHeight, {
      align: 'right',
      width: style.labelWidth - (style.labels === 'each' ? 8 : 18),
    }),
  )
  return [
    ...headOf(place, style, top - (isAbove ? COLUMN_LABELS : 0)),
    ...columns,
    ...(place.hasLabels ? rows : []),
    ...(panel.line.length === 0 ? [] : [lineThrough(panel.line, place, style)]),
  ]
}

/** Title and note, down to `bottom`. */
function headOf({ panel, left, width }: PlacedPanel, style: HeatStyle, bottom: number): readonly object[] {
  const own = ownLabels(style)
  const { title, note } = panel
  const titleY = bottom - (note === null ? 0 : NOTE) - TITLE / 2
  const titleText = text(title, left - own, titleY, { weight: 'bold', width: width + own })
  if (note === null) return [titleText]
  return [titleText, text(note, left - own, bottom - NOTE / 2 - 1, { soft: true, size: 11, width: width + own })]
}

function lineThrough(
  corners: readonly Corner[],
  { left, top, cellWidth }: PlacedPanel,
  { cellHeight }: HeatStyle,
): object {
  const points = corners.map(([column, row]) => [left + column * cellWidth, top + row * cellHeight])
  return { type: 'polyline', shape: { points }, style: { stroke: INK, lineWidth: 3, fill: 'none' } }
}
