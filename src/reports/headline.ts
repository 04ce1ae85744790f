/** What a result is called and about, as its workload file says; both come from outside. */
import { z } from 'zod'
import type { Results } from '../results/results.js'
import { plain } from './text.js'

const named = z.looseObject({ name: z.string(), about: z.string().default('') })

export function headlineOf(results: Results): { readonly name: string; readonly about: string } {
  const spec = named.safeParse(results.spec)
  if (!spec.success) return { name: 'Comparison', about: '' }
  return { name: plain(spec.data.name), about: plain(spec.data.about, 240) }
}
