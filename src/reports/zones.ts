/**
 * A summary as the clients of one zone saw it: the same variant, with the measures that are told by zone under their own names, so that whatever
 * compares summaries compares those of a zone. A name that a reader gave with its zone keeps it, and means something in that zone alone.
 */
import type { Summary } from '../results/summary.js'

/** In the order in which the measures have them. */
export function zonesOf({ measures }: Summary): readonly string[] {
  return [...new Set(Object.keys(measures).flatMap((name) => zoneOf(name) ?? []))]
}

export function inZone(summary: Summary, zone: string): Summary {
  const measures: [string, Summary['measures'][string]][] = []
  for (const [name, value] of Object.entries(summary.measures)) {
    if (zoneOf(name) === zone) measures.push([name.slice(0, name.indexOf('@')), value], [name, value])
  }
  return { ...summary, measures: Object.fromEntries(measures) }
}

function zoneOf(name: string): string | null {
  const at = name.indexOf('@')
  return at < 0 ? null : name.slice(at + 1)
}
