/** From a spec to its cells, in a fixed order: variants as listed, and within each the seeds. Axes over other paths are not built yet. */
import type { Cell } from './cell.js'
import type { Spec } from './spec.js'

export function plan(spec: Spec): readonly Cell[] {
  const { zones, links, client, workload, faults, phases, eventLimit } = spec
  return spec.variants.flatMap(({ name, options, label }) => {
    const variant = label.replace(/[^\w.=-]+/g, '_')
    return spec.seeds.map((seed) => ({
      id: `${variant}/${seed}`,
      variant,
      label,
      axes: {},
      seed,
      strategy: { name, options },
      zones,
      links,
      client,
      workload,
      faults: faults.map((fault) => ({ name: fault.name, options: fault.options })),
      phases,
      eventLimit,
    }))
  })
}
