/** The named topologies and the hardware of nodes, in the order in which they are listed. To add one: its file or entry, and a line here. */
import { Registry } from '../core/plugin.js'
import { aws } from './aws.js'
import { cassandraLike, gp3, hdd, type NodeHardware, nvme, redisLike } from './hardware.js'
import { ibm } from './ibm.js'
import { rack } from './rack.js'
import { threeAzs } from './three-azs.js'
import type { Topology } from './topology.js'

export const topologies = new Registry<Topology>('topology', [
  rack as Topology,
  threeAzs as Topology,
  aws as Topology,
  ibm as Topology,
])

export const nodeHardware = new Registry<NodeHardware>('hardware', [nvme, gp3, hdd, redisLike, cassandraLike])
