/**
 * The workload as it came out, in one line: the mix, and how hot the hottest records were. Seeds are pooled; where variants or points differ, as
 * those of a closed loop do, the line says from what to what.
 */
import type { CellEntry } from '../results/cell-result.js'
import type { RealisedWorkload } from '../results/realised.js'
import type { Results } from '../results/results.js'
import { summaryId } from '../results/summary.js'
import { percent } from './figures.js'
import { listed, plain } from './text.js'

type Count = (workload: RealisedWorkload) => number

/** Null if no cell says. */
export function realisedSentence({ cells }: Results): string | null {
  const groups = [...groupsOf(cells).values()]
  if (groups.length === 0) return null
  const names = [...new Set(groups.flat().flatMap(({ operations }) => Object.keys(operations)))]
  const mix = names.map((name) => `${plain(name)} ${shareText(groups, ({ operations }) => operations[name] ?? 0)}`)
  const one = shareText(groups, ({ records }) => records.hottest)
  const hundredth = shareText(groups, ({ records }) => records.hottest1Percent)
  const fifth = shareText(groups, ({ records }) => records.hottest20Percent)
  // Of few records one is as many as a hundredth of them.
  const hottest = [
    `the hottest record takes ${one} of operations`,
    ...(hundredth === one ? [] : [`the hottest 1% of records ${hundredth}`]),
    ...(fifth === hundredth ? [] : [`the hottest 20% ${hundredth === one ? 'of records ' : ''}${fifth}`]),
  ]
  return `Workload as realised: ${mix.join(', ')}; ${listed(hottest)}.`
}

/** The cells of each variant and point that tell something. */
function groupsOf(cells: readonly CellEntry[]): ReadonlyMap<string, readonly RealisedWorkload[]> {
  const groups = new Map<string, RealisedWorkload[]>()
  for (const cell of cells) {
    if (cell.realised === undefined || totalOf(cell.realised) === 0) continue
    const id = summaryId(cell)
    groups.set(id, [...(groups.get(id) ?? []), cell.realised])
  }
  return groups
}

/** `50.1%`, or `49.9% to 50.1%`. */
function shareText(groups: readonly (readonly RealisedWorkload[])[], count: Count): string {
  const shares = groups.map((group) => sumOf(group, count) / sumOf(group, totalOf))
  const [least, most] = [Math.min(...shares), Math.max(...shares)].map((share) => `${percent(share)}%`)
  return least === most ? (least as string) : `${least} to ${most}`
}

const sumOf = (group: readonly RealisedWorkload[], count: Count): number =>
  group.reduce((sum, workload) => sum + count(workload), 0)

const totalOf = ({ operations }: RealisedWorkload): number =>
  Object.values(operations).reduce((sum, count) => sum + count, 0)
