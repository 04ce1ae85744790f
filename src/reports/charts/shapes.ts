/**
 * Shapes at pixels of the drawing, for what has no axes: panels' titles, cells, bands behind several panels. They are custom series, so a tooltip can tell
 * what lies under the pointer. Text is text: no markup in it is read.
 */
import { INK, SOFT_INK } from './colours.js'
import { fitted, type Pointed, textPixels } from './frame.js'

const MOST_FOR_LABELS = 0.38
/** On both sides of a label. */
const LABEL_GAPS = 26

interface TextStyle {
  readonly align?: 'left' | 'center' | 'right'
  readonly weight?: 'bold'
  readonly size?: number
  readonly soft?: true
  /** Shortened beyond. */
  readonly width?: number
}

/** Centred on `y`. */
export function text(words: string, x: number, y: number, style: TextStyle = {}): object {
  const { align = 'left', weight = 'normal', size = 12, width } = style
  return {
    type: 'text',
    style: {
      text: width === undefined ? words : fitted(words, width),
      x,
      y,
      align,
      verticalAlign: 'middle',
      fill: style.soft ? SOFT_INK : INK,
      font: `${weight} ${size}px system-ui, sans-serif`,
    },
  }
}

/** A series that draws each shape as it is, in pixels of the drawing; `tips` go with them as data. */
export function drawn(shapes: readonly object[], tips: readonly (readonly string[])[] = []): object {
  return {
    type: 'custom',
    coordinateSystem: 'none',
    data: shapes.map((_, i) => ({ value: [i], tip: tips[i] ?? [] })),
    // A shape that ECharts emphasised would lose its colour, which it cannot compute with.
    renderItem: ({ dataIndex }: { dataIndex: number }) => ({ ...shapes[dataIndex], emphasisDisabled: true }),
  }
}

/** Of a column of labels before a drawing: as much as they need, and never so much that the drawing has too little. */
export function labelWidthFor(names: readonly string[], width: number): number {
  const longest = Math.max(...names.map((name) => textPixels(name)))
  return Math.min(Math.ceil(longest) + LABEL_GAPS, Math.round(width * MOST_FOR_LABELS))
}

/** What the pointer is at says of itself. */
export const tipOf = ({ data }: Pointed): readonly string[] => (data as { readonly tip: readonly string[] }).tip
