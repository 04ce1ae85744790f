/**
 * The file at every point of its axes, each checked as if it stood in the file. What the file alone is not guilty of is told at the
 * value of an axis (blame.ts). The number of cells is known before any is made.
 */
import type { Catalog } from '../catalog.js'
import { type Axis, type AxisValue, gridSize, treeAt, valuesAt } from './axes.js'
import { complainOfPoints, type Refusal } from './blame.js'
import type { LawReader } from './file/law-reader.js'
import { Problems } from './file/problems.js'
import type { Plain, Tree } from './file/tree.js'
import { MOST_CELLS, productText } from './limits.js'
import { type FileHeader, type PointSpec, readPoint } from './point.js'
import type { YcsbFiles } from './ycsb/ycsb-files.js'

export interface Point extends PointSpec {
  /** What the file's axes say here, by path; empty without axes. */
  readonly axes: Readonly<Record<string, Plain>>
  /** `operations=read=50%_update=50%`, one for each axis. */
  readonly slugs: readonly string[]
}

export interface Grid extends FileHeader {
  readonly points: readonly Point[]
  /** Sentences that belong into a report: what became of YCSB properties at any point. */
  readonly notes: readonly string[]
}

export interface GridSource {
  readonly root: Tree
  readonly axes: readonly Axis[]
  readonly catalog: Catalog
  readonly laws: LawReader
  readonly ycsb: YcsbFiles
  readonly defaultName: string
}

/** Complains to `problems`; if there are any, what is returned is of no use. */
export function readGrid(source: GridSource, problems: Problems): Grid {
  const alone = new Problems()
  const { name, about, seeds, notes, ...only } = readAt(source, source.root, alone)
  const header = { name, about, seeds }
  if (source.axes.length > 0 && problems.count === 0) {
    return { ...header, ...readPoints(source, seeds.length, alone, problems) }
  }
  for (const { place, sentence } of alone.all) problems.add(place, sentence)
  const points = [{ ...only, axes: {}, slugs: [] }]
  requireRoom(source, only.variants.length, seeds.length, problems)
  requireVariants(source, points, problems)
  return { ...header, points, notes }
}

function readPoints(
  source: GridSource,
  seeds: number,
  alone: Problems,
  problems: Problems,
): Pick<Grid, 'points' | 'notes'> {
  const { root, axes } = source
  const size = gridSize(axes)
  const [first] = axes as [Axis]
  if (size > MOST_CELLS) {
    const product = productText(axes.map(({ values }) => values.length))
    problems.add(first.key, `The axes have ${product} points, and a run has at most ${MOST_CELLS} cells`)
    return { points: [], notes: [] }
  }
  const points: Point[] = []
  const notes = new Set<string>()
  const refusals: Refusal[] = []
  let variants = 0
  for (let index = 0; index < size; index++) {
    const values = valuesAt(axes, index)
    const own = new Problems()
    const { name: _, about: __, seeds: ___, ...read } = readAt(source, treeAt(root, axes, values, own), own)
    const { notes: told, ...point } = read
    for (const note of told) notes.add(note)
    refusals.push(...own.all.map((problem) => ({ problem, values })))
    const given = axes.map((axis, i) => [axis.text, (values[i] as AxisValue).given] as const)
    points.push({ ...point, axes: Object.fromEntries(given), slugs: values.map((value) => value.slug) })
    variants += point.variants.length
    if (!requireRoom(source, variants, seeds, problems)) break
  }
  complainOfPoints(refusals, axes, alone, problems)
  requireVariants(source, points, problems)
  return { points, notes: [...notes] }
}

function readAt({ axes, catalog, laws, ycsb, defaultName }: GridSource, tree: Tree, problems: Problems) {
  const places = axes.flatMap(({ values }) => values.map((value) => value.tree.place))
  const { tree: whole, notes } = ycsb.expanded(tree, problems)
  return { ...readPoint(whole, { problems, laws }, catalog, defaultName, places), notes }
}

function requireRoom({ root, axes }: GridSource, variants: number, seeds: number, problems: Problems): boolean {
  if (variants * seeds <= MOST_CELLS) return true
  const at = axes.length === 0 ? '' : ', and there are more points of the axes'
  const cells = `${variants} variants x ${seeds} seeds = ${variants * seeds} cells${at}`
  problems.add(root.place, `${cells}; a run has at most ${MOST_CELLS}`)
  return false
}

function requireVariants({ root }: GridSource, points: readonly Point[], problems: Problems): void {
  if (problems.count > 0 || points.some((point) => point.variants.length > 0)) return
  problems.add(root.place, 'Every variant is impossible, and skip-impossible leaves none')
}
