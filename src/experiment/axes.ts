/**
 * `axes`: paths into the file, each with the values that take turns there. The grid is their product; the last axis varies fastest. Where the
 * path of one axis begins another's, the longer one is put on top of the shorter.
 */

import { axisNames, slugs } from './axis-names.js'
import type { Problems } from './file/problems.js'
import { placed, type Setting } from './file/settings.js'
import type { Place } from './file/source.js'
import { describe, type Entry, isEmpty, type Plain, plainOf, type Tree } from './file/tree.js'
import { type Path, parsePath, startsWith, withValue } from './file/tree-path.js'

export interface Axis {
  readonly path: Path
  /** As in the file: `workload.operations`. */
  readonly text: string
  /** As ids of cells have it: `operations`. */
  readonly name: string
  readonly key: Place
  readonly values: readonly AxisValue[]
}

export interface AxisValue {
  readonly tree: Tree
  readonly given: Plain
  /** `operations=read=50%_update=50%`, as it stands in the ids of cells. */
  readonly slug: string
}

/** Of what is one thing for the whole file. */
const FIXED = ['name', 'about', 'seeds', 'axes', 'gates', 'skip-impossible']

export function readAxes(root: Tree, settings: readonly Setting[], problems: Problems): readonly Axis[] {
  const axes = root.kind === 'mapping' ? root.entries.get('axes')?.value : undefined
  if (isEmpty(axes)) return []
  if (axes.kind !== 'mapping') {
    problems.add(axes.place, `axes is a mapping of paths to lists of values, not ${describe(axes)}`)
    return []
  }
  const names = axisNames([...axes.entries.keys()])
  const found = [...axes.entries].flatMap(
    ([text, entry]) => readAxis(text, names.get(text) as string, entry, problems) ?? [],
  )
  for (const { path, place } of settings) {
    const hidden = found.find((axis) => startsWith(path, axis.path))
    if (hidden === undefined) continue
    const advice = `set the axis instead, --set axes.${hidden.text}=[VALUE]`
    problems.add(place, `The axis ${hidden.text} would replace this value; ${advice}`)
  }
  return found
}

function readAxis(text: string, name: string, { key, value }: Entry, problems: Problems): Axis | undefined {
  const path = placed(key, problems, () => parsePath(text))
  if (path === undefined) return undefined
  if (FIXED.includes(path[0] as string)) {
    problems.add(key, `${path[0]} cannot be an axis`)
    return undefined
  }
  if (value.kind !== 'list' || value.items.length === 0) {
    const example = value.kind === 'mapping' ? '; a path is one key, with dots, such as workload.records' : ''
    problems.add(
      value.place,
      `An axis lists its values, such as [10, 20], and is not ${value.kind === 'list' ? 'empty' : describe(value)}${example}`,
    )
    return undefined
  }
  const given = value.items.map(plainOf)
  const texts = given.map((one) => JSON.stringify(one))
  texts.forEach((one, i) => {
    if (texts.indexOf(one) < i) problems.add((value.items[i] as Tree).place, `The axis ${text} lists ${one} twice`)
  })
  const shown = slugs(given)
  const values = value.items.map((tree, i) => ({ tree, given: given[i] as Plain, slug: `${name}=${shown[i]}` }))
  return { path, text, name, key, values }
}

/** How many points the grid has, which may be more than could ever be listed. */
export function gridSize(axes: readonly Axis[]): number {
  return axes.reduce((product, axis) => product * axis.values.length, 1)
}

/** The values of point `index` of the grid, one for each axis. */
export function valuesAt(axes: readonly Axis[], index: number): readonly AxisValue[] {
  let rest = index
  const values = axes.toReversed().map((axis) => {
    const value = axis.values[rest % axis.values.length] as AxisValue
    rest = Math.floor(rest / axis.values.length)
    return value
  })
  return values.reverse()
}

/** The file as it would stand with `values` at the axes' paths. */
export function treeAt(root: Tree, axes: readonly Axis[], values: readonly AxisValue[], problems: Problems): Tree {
  const steps = axes.map((axis, i) => ({ axis, tree: (values[i] as AxisValue).tree }))
  steps.sort((a, b) => a.axis.path.length - b.axis.path.length)
  return steps.reduce(
    (tree, step) =>
      placed(step.axis.key, problems, () => withValue(tree, step.axis.path, step.tree, step.axis.key)) ?? tree,
    root,
  )
}
