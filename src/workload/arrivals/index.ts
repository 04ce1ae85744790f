/** The arrival processes of an open loop, in the order in which they are listed. To add one: its file, and a line here. */
import { Registry } from '../../core/plugin.js'
import type { Arrivals } from './arrival-process.js'
import { poisson } from './poisson.js'

export const arrivals = new Registry<Arrivals>('arrivals', [poisson as Arrivals])
