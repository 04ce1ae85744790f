/**
 * Shapes at pixels of the drawing, for what has no axes: panels' titles, cells, bands behind several panels. They are custom series, so a tooltip can tell
 * what lies under the pointer. Text is text: no markup in it is read.
 */
import { INK, SOFT_INK } from './colours.js'

const MOST_FOR_LABELS = 0.38

interface TextStyle {
  readonly align?: 'left' | 'center' | 'right'
  readonly weight?: 'bold'
  readonly size?: number
  readonly soft?: true
  readonly silent?: true
  /** Cut with … beyond. */
  readonly width?: number
}

/** Centred on `y`. */
export function text(words: string, x: number, y: number, style: TextStyle = {}): object {
  const { align = 'left', weight = 'normal', size = 12, width } = style
  return {
    type: 'text',
    silent: style.silent ?? false,
    style: {
      text: words,
      x,
      y,
      align,
      verticalAlign: 'middle',
      fill: style.soft ? SOFT_INK : INK,
      font: `${weight} ${size}px system-ui, sans-serif`,
      ...(width === undefined ? {} : { width: Math.max(0, width), overflow: 'truncate', ellipsis: '…' }),
    },
  }
}

/** A series that draws each shape as it is, in pixels of the drawing. */
export function drawn(shapes: readonly object[]): object {
  return {
    type: 'custom',
    coordinateSystem: 'none',
    emphasis: { disabled: true },
    data: shapes.map((_, i) => [i]),
    renderItem: ({ dataIndex }: { dataIndex: number }) => shapes[dataIndex],
  }
}

/** Pixels of text at size 12, estimated: half of the world's scripts is wide. */
export function textWidth(words: string, size = 12): number {
  let ems = 0
  for (const character of words) ems += character < '\u1100' ? 0.55 : 1
  return ems * size
}

/** Of a column of labels before a drawing: as much as they need, and never so much that the drawing has too little. */
export function labelWidthFor(names: readonly string[], width: number): number {
  const longest = Math.max(...names.map((name) => textWidth(name)))
  return Math.min(Math.ceil(longest) + 24, Math.round(width * MOST_FOR_LABELS))
}
