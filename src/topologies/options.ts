/** Options that several topologies share. */
import { z } from 'zod'
import { didYouMean } from '../core/did-you-mean.js'
import { percent } from '../core/schema.js'

const MOST_NODES = 1000

/** Of each zone. */
export function nodes() {
  return z.number().int().min(1).max(MOST_NODES).default(3)
}

/** Sigma of the delays between zones, as a ratio. */
export function jitter(initial: number) {
  return percent().default(initial)
}

/** Between zones, as a ratio. */
export function loss(initial: number) {
  return percent().default(initial)
}

/** Some regions of `all`, each once. */
export function regions(topology: string, all: readonly string[], initial: readonly string[]) {
  const list = z.array(z.string()).superRefine((given, context) => {
    if (given.length === 0) context.addIssue({ code: 'custom', message: 'at least one region' })
    given.forEach((region, i) => {
      const message = regionComplaint(topology, all, region, given.indexOf(region) < i)
      if (message !== undefined) context.addIssue({ code: 'custom', path: [i], message })
    })
  })
  return list.meta({ description: `a list of one or more of ${all.join(', ')}` }).default([...initial])
}

function regionComplaint(topology: string, all: readonly string[], region: string, isTwice: boolean) {
  if (all.includes(region)) return isTwice ? `regions lists ${region} twice` : undefined
  const guess = didYouMean(region, all)
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`
  return `${topology} has no region ${region}${hint}; its regions are ${all.join(', ')}`
}
