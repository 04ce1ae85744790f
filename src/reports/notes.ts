/** What a reader of the report should know of how the workload was read, as the spec tells it; it comes from outside. */
import { z } from 'zod'
import type { Results } from '../results/results.js'
import { plain } from './text.js'

const noted = z.looseObject({ notes: z.array(z.string()) })
const LONGEST = 600

export function notesOf(results: Results): readonly string[] {
  const spec = noted.safeParse(results.spec)
  return spec.success ? spec.data.notes.map((note) => plain(note, LONGEST)) : []
}
