/** `seeds`: how many, which are then 1, 2, 3 and so on, or a list of them. */
import type { Section } from '../file/section.js'
import { describe } from '../file/tree.js'

const DEFAULT_SEEDS = 10
export const MOST_SEEDS = 10_000

export function readSeeds(root: Section): readonly number[] {
  const value = root.value('seeds')
  if (value?.kind !== 'list') {
    return Array.from({ length: root.whole('seeds', DEFAULT_SEEDS, 1, MOST_SEEDS) }, (_, i) => i + 1)
  }
  if (value.items.length === 0 || value.items.length > MOST_SEEDS)
    root.complain('seeds', `seeds lists 1 to ${MOST_SEEDS} seeds, not ${value.items.length}`)
  const seeds = new Set<number>()
  for (const item of value.items) {
    const seed = item.kind === 'leaf' ? item.value : undefined
    const isSeed = typeof seed === 'number' && Number.isSafeInteger(seed) && seed >= 0
    if (!isSeed)
      root.reading.problems.add(item.place, `A seed is a whole number from 0 to 2^53 - 1, not ${describe(item)}`)
    else if (seeds.has(seed)) root.reading.problems.add(item.place, `The seed ${seed} is listed twice`)
    else seeds.add(seed)
  }
  return [...seeds]
}
