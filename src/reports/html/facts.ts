/** Facts of a whole result in few words: which seeds, how long the measured phase was, how many cells. What the spec says comes from outside. */
import { z } from 'zod'
import { formatDuration } from '../../core/units.js'
import type { Results } from '../../results/results.js'
import { listed, plain } from '../text.js'

const MOST_SEEDS = 12

const timed = z.looseObject({
  points: z.array(z.looseObject({ phases: z.looseObject({ duration: z.number().nonnegative() }) })),
})

/** `10 seeds · 60s measured · 5 variants · 50 cells · quorate 0.1.0`. */
export function factsLine(results: Results, date: string | null): string {
  const seeds = seedsOf(results).length
  const variants = new Set(results.summaries.map(({ variant }) => variant)).size
  const failed = results.cells.filter(({ error }) => error !== undefined).length
  const facts = [
    counted(seeds, 'seed'),
    ...durationText(results),
    counted(variants, 'variant'),
    counted(results.cells.length, 'cell') +
      (failed > 0 ? `, of which ${failed} failed` : '') +
      (results.partial ? ', others are missing' : ''),
    `${plain(results.tool.name)} ${plain(results.tool.version)}`,
    ...(date === null ? [] : [plain(date)]),
  ]
  return facts.join(' · ')
}

/** `1 to 10`, or those there are. */
export function seedsText(results: Results): string {
  const seeds = seedsOf(results)
  const [first, last] = [seeds[0], seeds.at(-1)]
  if (first === undefined || last === undefined) return 'none'
  const isRun = seeds.length > 2 && last - first === seeds.length - 1
  return isRun ? `${first} to ${last}` : listed(seeds.map(String), MOST_SEEDS)
}

function seedsOf({ cells }: Results): readonly number[] {
  return [...new Set(cells.map(({ seed }) => seed))].sort((left, right) => left - right)
}

function durationText({ spec }: Results): readonly string[] {
  const durations = timed.safeParse(spec).data?.points.map(({ phases }) => phases.duration) ?? []
  if (durations.length === 0) return []
  const [least, most] = [Math.min(...durations), Math.max(...durations)].map(formatDuration)
  return [`${least === most ? least : `${least} to ${most}`} of virtual time measured`]
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
