/**
 * Faults behind a timeline: bands over all its panels, and labels above. The depth of a band is the share of seeds struck at that time, added up over strikes
 * as if they hit different seeds, and at most all of them; so a hundred short strikes at random times look as dense as they are and never darker
 * than one that strikes every seed. The first strike of each label is named where there is room, and names never overlap.
 */
import { BAND } from './colours.js'
import { textPixels } from './frame.js'
import { text } from './shapes.js'

export interface StrikeBand {
  readonly label: string
  /** Seconds. */
  readonly from: number
  readonly to: number
  /** Of the seeds. */
  readonly share: number
}

export interface StrikePlace {
  readonly left: number
  readonly right: number
  /** Of the labels; bands go on below them for `height`. */
  readonly top: number
  readonly height: number
  readonly seconds: number
}

export interface StrikeShapes {
  readonly bands: readonly object[]
  readonly labels: readonly object[]
  readonly labelHeight: number
}

const MOST_LABELS = 12
const LANES = 4
const LANE = 15
const SIZE = 11
const LABEL_GAP = 10
/** Bands that differ in less are drawn as one. */
const DEPTHS = 8

/** `lists` are those of the drawn series. */
export function strikeShapes(lists: readonly (readonly StrikeBand[])[], place: StrikePlace): StrikeShapes {
  const labels = placedLabels(lists.flat(), place)
  const labelHeight = LANE * (1 + Math.max(-1, ...labels.map(({ lane }) => lane)))
  const height = place.height + labelHeight
  return {
    bands: densities(lists, place.seconds).map(({ from, to, share }) => {
      const [x, end] = [atSecond(from, place), atSecond(to, place)]
      const shape = { x, y: place.top, width: Math.max(1, end - x), height }
      return { type: 'rect', shape, style: { fill: BAND, opacity: share } }
    }),
    labels: labels.map(({ label, x, lane }) =>
      text(label, x + 3, place.top + (lane + 0.5) * LANE, { size: SIZE, soft: true }),
    ),
    labelHeight,
  }
}

const atSecond = (second: number, { left, right, seconds }: StrikePlace): number =>
  left + (Math.min(seconds, Math.max(0, second)) / seconds) * (right - left)

interface Density {
  readonly from: number
  readonly to: number
  readonly share: number
}

/** Between any two edges the share of seeds that is struck; of several lists the largest. */
export function densities(lists: readonly (readonly StrikeBand[])[], seconds: number): readonly Density[] {
  const edges = [...new Set(lists.flat().flatMap(({ from, to }) => [clipped(from, seconds), clipped(to, seconds)]))]
  edges.sort((a, b) => a - b)
  const found: Density[] = []
  edges.slice(1).forEach((to, i) => {
    const from = edges[i] as number
    const share = Math.max(...lists.map((bands) => shareAt((from + to) / 2, bands)))
    const last = found.at(-1)
    if (last?.share === share && last.to === from) found[found.length - 1] = { ...last, to }
    else if (share > 0) found.push({ from, to, share })
  })
  return found
}

const clipped = (second: number, seconds: number): number => Math.min(seconds, Math.max(0, second))

function shareAt(second: number, bands: readonly StrikeBand[]): number {
  const struck = bands.filter(({ from, to }) => from <= second && second < to)
  const sum = struck.reduce((total, { share }) => total + share, 0)
  return Math.ceil(Math.min(1, sum) * DEPTHS - 1e-9) / DEPTHS
}

interface PlacedLabel {
  readonly label: string
  readonly x: number
  readonly lane: number
}

function placedLabels(bands: readonly StrikeBand[], place: StrikePlace): readonly PlacedLabel[] {
  const firsts = new Map<string, number>()
  for (const { label, from } of bands.toSorted((a, b) => a.from - b.from)) {
    if (!firsts.has(label) && firsts.size < MOST_LABELS) firsts.set(label, from)
  }
  const ends: number[] = []
  return [...firsts].flatMap(([label, from]) => {
    const width = (textPixels(label) * SIZE) / 12
    const x = Math.max(0, Math.min(atSecond(from, place), place.right - width))
    const lane = Array.from({ length: LANES }, (_, i) => i).find((i) => (ends[i] ?? 0) <= x)
    if (lane === undefined) return []
    ends[lane] = x + width + LABEL_GAP
    return [{ label, x, lane }]
  })
}
