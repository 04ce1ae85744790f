/**
 * Text that stands for a quantity, with patterns as exact as the parser for those that have no grammar of their own: none is negative, so a minus
 * stands before a zero alone. Laws and their kin are text of any form here.
 */
import type { JsonSchema } from './json-schema.js'

const NUMBER = String.raw`(?:\+?(?:\d+\.?\d*|\.\d+)|-(?:0+\.?0*|\.0+))(?:[eE][+-]?\d+)?`

function withUnit(description: string, units: string, initial?: string): JsonSchema {
  const pattern = String.raw`^\s*${NUMBER}\s*(?:${units})\s*$`
  return { description, type: 'string', pattern, ...(initial === undefined ? {} : { default: initial }) }
}

export const duration = (description: string, initial?: string): JsonSchema =>
  withUnit(description, 'ns|us|µs|ms|s|m|h', initial)

export const percent = (description: string, initial?: string): JsonSchema => withUnit(description, '%', initial)

export const partsPerMillion = (description: string, initial: string): JsonSchema =>
  withUnit(description, 'ppm', initial)

export const bandwidth = (description: string): JsonSchema =>
  withUnit(description, '(?:B|KB|MB|GB|KiB|MiB|GiB|b|Kb|Mb|Gb)/s')

/** `exponential(1ms)`; a law of counts may be a plain number. */
export function law(description: string, type: 'time' | 'bytes' | 'count', initial?: string): JsonSchema {
  const kind = type === 'count' ? { type: ['string', 'number'] } : { type: 'string' }
  return { description: `${description} (a law)`, ...kind, ...(initial === undefined ? {} : { default: initial }) }
}

/** A name with or without arguments: `zipfian(0.99)`. */
export function call(description: string, names: readonly string[], initial?: string): JsonSchema {
  const pattern = String.raw`^\s*(?:${names.join('|')})\s*(?:\([\s\S]*\)\s*)?$`
  return { description, type: 'string', pattern, ...(initial === undefined ? {} : { default: initial }) }
}
