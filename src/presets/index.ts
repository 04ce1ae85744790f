/** The presets, in the order in which they are listed. To add one: its file, and a line here. */
import { Registry } from '../core/plugin.js'
import { cassandra } from './cassandra.js'
import { dynamo } from './dynamo.js'
import { riak } from './riak.js'
import { scyllaLocalQuorum } from './scylla.js'
import { voldemort } from './voldemort.js'

export const presets = new Registry('preset', [dynamo, ...cassandra, ...riak, scyllaLocalQuorum, voldemort])
