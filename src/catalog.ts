/** All registries in one place, for the spec parser, the worker and `quorate list`. */
import { laws } from './distributions/index.js'
import { faults } from './faults/index.js'
import { measures } from './measures/index.js'
import { presets } from './presets/index.js'
import { strategies } from './replication/index.js'
import { nodeHardware, topologies } from './topologies/index.js'
import { arrivals } from './workload/arrivals/index.js'
import { keyDistributions } from './workload/keys/index.js'

export const catalog = {
  strategies,
  presets,
  faults,
  keyDistributions,
  arrivals,
  laws,
  topologies,
  nodeHardware,
  measures,
}

export type Catalog = typeof catalog
