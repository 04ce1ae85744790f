/** All registries in one place, for the spec parser, the worker and `quorate list`. */
import { laws } from './distributions/index.js'
import { faults } from './faults/index.js'
import { strategies } from './replication/index.js'
import { keyDistributions } from './workload/keys/index.js'

export const catalog = { strategies, faults, keyDistributions, laws }

export type Catalog = typeof catalog
