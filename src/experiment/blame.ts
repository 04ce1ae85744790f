/**
 * Where to tell what is wrong at some points of the axes. If the file alone has it too, or it is about a value of an axis, it stays where it
 * is. Otherwise the axes are guilty: it is told at the value of an axis on which it depends, the first that comes without it at
 * another value, and says which line and which point it is about.
 */
import type { Axis, AxisValue } from './axes.js'
import { type Problem, Problems } from './file/problems.js'
import { isInside } from './file/source.js'
import { shortened } from './file/tree.js'

/** A problem at the point that `values` make. */
export interface Refusal {
  readonly problem: Problem
  readonly values: readonly AxisValue[]
}

/** `alone` are the problems of the file without its axes. */
export function complainOfPoints(
  refusals: readonly Refusal[],
  axes: readonly Axis[],
  alone: Problems,
  problems: Problems,
): void {
  for (const group of groupedByProblem(refusals)) {
    const { problem } = group[0] as Refusal
    if (alone.has(problem) || isAboutAxis(problem, axes)) problems.add(problem.place, problem.sentence)
    else complainOfAxis(group, axes, problems)
  }
}

function groupedByProblem(refusals: readonly Refusal[]): readonly (readonly Refusal[])[] {
  const groups = new Map<string, Refusal[]>()
  for (const refusal of refusals) {
    const key = Problems.keyOf(refusal.problem)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [refusal])
    else group.push(refusal)
  }
  return [...groups.values()]
}

function isAboutAxis({ place }: Problem, axes: readonly Axis[]): boolean {
  return axes.some(({ key, values }) => isInside(place, key) || values.some(({ tree }) => isInside(place, tree.place)))
}

function complainOfAxis(group: readonly Refusal[], axes: readonly Axis[], problems: Problems): void {
  const { problem, values } = group[0] as Refusal
  const numbers = axes.map((_, i) => i)
  const guilty = numbers.filter((i) => new Set(group.map((refusal) => refusal.values[i])).size < valuesOf(axes, i))
  const told = guilty.length > 0 ? guilty : numbers
  const point = told.map((i) => `${axes[i]?.text} is ${shortened(JSON.stringify(values[i]?.given))}`)
  const { source, start } = problem.place
  const sentence = problem.sentence.replace(/\.$/, '')
  const place = (values[told[0] as number] as AxisValue).tree.place
  problems.add(place, `${sentence} (${source.whereIs(start)}, where ${point.join(' and ')})`)
}

const valuesOf = (axes: readonly Axis[], i: number): number => (axes[i] as Axis).values.length
