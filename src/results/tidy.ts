/**
 * Numbers as result files hold them: nine significant digits. That is more than any measure is worth, keeps lines
 * readable (0.1 instead of 0.30000000000000004 - 0.2) and hides a last bit in which platforms might differ.
 */
import { assert } from '../core/assert.js'

export function tidy(value: number): number {
  assert(Number.isFinite(value), 'a measure is a finite number, or absent.')
  return Number(value.toPrecision(9))
}
