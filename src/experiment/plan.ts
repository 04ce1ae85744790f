/** From a spec to its cells, in a fixed order: points of the axes, within each the variants as listed, within each the seeds. */
import { slugs } from './axis-names.js'
import type { Cell } from './cell.js'
import type { Spec } from './spec.js'

export function plan({ points, variants, seeds }: Pick<Spec, 'points' | 'variants' | 'seeds'>): readonly Cell[] {
  const labels = variants.map((variant) => variant.label)
  const names = slugs(labels)
  const nameOf = new Map(labels.map((label, i) => [label, names[i] as string]))
  return points.flatMap((point) => {
    const { axes, slugs: axisSlugs, zones, links, client, workload, faults, phases, eventLimit } = point
    const shared = { zones, links, client, workload, faults, phases, eventLimit }
    return point.variants.flatMap(({ name, options, label }) => {
      const variant = nameOf.get(label) as string
      const strategy = { name, options }
      return seeds.map((seed) => {
        const id = [variant, ...axisSlugs, seed].join('/')
        return { id, variant, label, axes, seed, strategy, ...shared }
      })
    })
  })
}
