/**
 * Where names stand beside marks so that they cover neither marks nor each other. Names are placed in order, each at the first of a fixed list of places
 * that is free: to the right, to the left, below, above, then further off with a line that leads back. What fits nowhere is left out.
 */
import { fitted, textPixels } from './frame.js'

interface Place {
  readonly x: number
  readonly y: number
}

interface Named extends Place {
  readonly text: string
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Label extends Box {
  readonly text: string
  /** Where the text stands, at its end that `align` names: its width is a guess. */
  readonly anchor: number
  readonly align: 'left' | 'center' | 'right'
  /** The mark that it belongs to, where it stands too far off to be taken for granted. */
  readonly from: Place | null
}

const LINE = 16
const AWAY = 9
const MARK = 6

export function placedLabels(
  spots: readonly Named[],
  marks: readonly Place[],
  area: Box,
  longest: number,
): readonly Label[] {
  const taken: Box[] = marks.map(({ x, y }) => ({ x: x - MARK, y: y - MARK, width: 2 * MARK, height: 2 * MARK }))
  const labels: Label[] = []
  for (const spot of spots) {
    const text = fitted(spot.text, longest)
    const label = placesFor(spot, text).find(
      (box) => isInside(box, area) && !taken.some((other) => overlap(box, other)),
    )
    if (label === undefined) continue
    taken.push(label)
    labels.push(label)
  }
  return labels
}

function placesFor({ x, y }: Place, text: string): Label[] {
  const width = textPixels(text)
  const at = (anchor: number, align: Label['align'], middle: number, from: Place | null): Label => {
    const left = { left: anchor, center: anchor - width / 2, right: anchor - width }[align]
    return { x: left, y: middle - LINE / 2, width, height: LINE, text, anchor, align, from }
  }
  const near = [
    at(x + AWAY, 'left', y, null),
    at(x - AWAY, 'right', y, null),
    at(x, 'center', y + LINE, null),
    at(x, 'center', y - LINE, null),
  ]
  const far = [1, -1, 2, -2, 3, -3, 4, -4].flatMap((lines) => [
    at(x + 2 * AWAY, 'left', y + lines * LINE, { x, y }),
    at(x - 2 * AWAY, 'right', y + lines * LINE, { x, y }),
  ])
  return [...near, ...far]
}

const isInside = (box: Box, area: Box): boolean =>
  box.x >= area.x &&
  box.y >= area.y &&
  box.x + box.width <= area.x + area.width &&
  box.y + box.height <= area.y + area.height

const overlap = (left: Box, right: Box): boolean =>
  left.x < right.x + right.width &&
  right.x < left.x + left.width &&
  left.y < right.y + right.height &&
  right.y < left.y + left.height
