/**
 * A network partition that isolates one zone: nothing passes between it and the others, in either direction; inside the zone, its clients
 * included, all goes on. Groups and one-way cuts are not modelled yet.
 */
import { z } from 'zod'
import type { Nanos } from '../core/ids.js'
import { duration } from '../core/schema.js'
import type { Fault } from './fault.js'

interface Options {
  readonly isolate: string
  readonly at: Nanos
  readonly for: Nanos
}

export const partition: Fault<Options> = {
  name: 'partition',
  summary: 'cuts one zone off from all others',
  options: z.strictObject({ isolate: z.string(), at: duration(), for: duration() }),
  check: ({ isolate }, world) => {
    const names = world.zones.map((zone) => zone.name)
    return names.includes(isolate)
      ? undefined
      : `isolate: there is no zone ${isolate}; the zones are ${names.join(', ')}`
  },
  schedule: (options, world, length) => {
    if (options.at >= length) return []
    const zone = world.zones.findIndex(({ name }) => name === options.isolate)
    const label = `partition ${options.isolate}`
    return [
      { name: 'partition', label, from: options.at, to: options.at + options.for, action: { verb: 'isolate', zone } },
    ]
  },
}
