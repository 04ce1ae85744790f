/** The faults, in the order in which they are listed. To add one: its file, and a line here. */
import { Registry } from '../core/plugin.js'
import { crash } from './crash.js'
import type { Fault } from './fault.js'
import { partition } from './partition.js'

export const faults = new Registry<Fault>('fault', [crash as Fault, partition as Fault])
