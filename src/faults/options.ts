/** A schema that several faults share. */
import { z } from 'zod'

const MOST = 1000

/** How many times as long, or as often. */
export function factor() {
  return z.number().min(1).max(MOST)
}
