/**
 * Which faults struck in a result, from the summaries or, of results of before, from the cells; and which of them can have taken what a disk held, as
 * the workload file has it. The workload comes from outside.
 */
import { z } from 'zod'
import type { Results } from '../../results/results.js'
import type { Summary } from '../../results/summary.js'
import { plain } from '../text.js'
import { zonesOf } from '../zones.js'

export interface Struck {
  /** Of the plug-ins, each once, in the order of the result. */
  readonly names: readonly string[]
  readonly labels: readonly string[]
}

const LONGEST = 60

const fault = z.looseObject({ name: z.string(), options: z.unknown() })
const faulty = z.looseObject({ points: z.array(z.looseObject({ faults: z.array(fault).default([]) })) })
const losing = z.looseObject({ disk: z.literal('lose') })

export function struckIn({ summaries, cells }: Results): Struck {
  const isTold = summaries.some(({ faults }) => faults !== undefined)
  const windows = isTold ? summaries.flatMap(({ faults }) => faults ?? []) : cells.flatMap(({ faults }) => faults)
  const each = (texts: readonly string[]): readonly string[] => [...new Set(texts)].map((text) => plain(text, LONGEST))
  return { names: each(windows.map(({ name }) => name)), labels: each(windows.map(({ label }) => label)) }
}

/** Names of the faults that struck and that empty disks. */
export function disksLostIn(results: Results): readonly string[] {
  const points = faulty.safeParse(results.spec).data?.points ?? []
  const emptying = points.flatMap(({ faults }) => faults.filter(({ options }) => losing.safeParse(options).success))
  const names = new Set(emptying.map(({ name }) => plain(name, LONGEST)))
  return struckIn(results).names.filter((name) => names.has(name))
}

/** Those whose clients have figures of their own, in order. */
export function zonesIn(summaries: readonly Summary[]): readonly string[] {
  return [...new Set(summaries.flatMap(zonesOf))].map((name) => plain(name, LONGEST))
}
