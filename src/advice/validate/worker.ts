/** A piscina worker: the findings of one part of the table. */
import type { Finding } from './check.js'
import { FULL, SHORT } from './family.js'
import { families } from './index.js'

export interface PartTask {
  readonly family: string
  readonly part: string
  readonly isFull: boolean
  readonly seed: number
}

export default function work({ family, part, isFull, seed }: PartTask): readonly Finding[] {
  const found = families.get(family)?.parts.find(({ name }) => name === part)
  if (found === undefined) throw new Error(`There is no part ${part} of ${family}.`)
  return found.measure(seed, isFull ? FULL : SHORT)
}
