/** Where the figures of the topologies and hardware come from that a workload file names, each told once, however many points use it. */
import { z } from 'zod'
import type { Results } from '../results/results.js'
import { plain } from './text.js'

const LONGEST_SOURCE = 240

const preset = z.looseObject({ kind: z.string(), name: z.string(), source: z.string() })
const spec = z.looseObject({ points: z.array(z.looseObject({ presets: z.array(preset).default([]) })) })

/** None of a result whose spec names none. */
export function presetSentences(results: Results): readonly string[] {
  const points = spec.safeParse(results.spec).data?.points ?? []
  const sentences = points.flatMap(({ presets }) =>
    presets.map(({ kind, name, source }) => `The ${plain(kind)} ${plain(name)}: ${plain(source, LONGEST_SOURCE)}.`),
  )
  return [...new Set(sentences)]
}
