/** What the presets of a result's variants are, each told once: of which system, what they fix, and what that promises there. */
import { z } from 'zod'
import type { Results } from '../results/results.js'
import { plain } from './text.js'

const LONGEST = 600

const preset = z.looseObject({
  name: z.string(),
  system: z.string(),
  fixes: z.array(z.string()),
  promises: z.array(z.string()),
  limits: z.string(),
})
const variants = z.looseObject({
  variants: z.array(z.looseObject({ name: z.string().optional(), preset: preset.optional() })),
})

export interface PresetText {
  readonly name: string
  /** Sentences. */
  readonly told: readonly string[]
}

/** Of the variants of one strategy, or of all. */
export function presetTexts({ spec }: Pick<Results, 'spec'>, strategy?: string): readonly PresetText[] {
  const all = variants.safeParse(spec).data?.variants ?? []
  const own = all.filter(({ name }) => strategy === undefined || name === strategy)
  const found = new Map(own.flatMap(({ preset: used }) => (used === undefined ? [] : [[used.name, used] as const])))
  return [...found.values()].map(({ name, system, fixes, promises, limits }) => ({
    name: plain(name),
    told: [
      `${plain(system)} in this topology: ${plain(fixes.join(' '), LONGEST)}.`,
      `Promises ${plain(promises.join('; '), LONGEST)}.`,
      plain(limits, LONGEST),
    ],
  }))
}
