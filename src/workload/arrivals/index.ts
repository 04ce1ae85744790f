/** The arrival processes of an open loop, in the order in which they are listed. To add one: its file, and a line here. */
import { Registry } from '../../core/plugin.js'
import type { Arrivals } from './arrival-process.js'
import { bursts } from './bursts.js'
import { constant } from './constant.js'
import { daily } from './daily.js'
import { poisson } from './poisson.js'
import { ramp } from './ramp.js'
import { replay } from './replay.js'

export const arrivals = new Registry<Arrivals>('arrivals', [
  poisson as Arrivals,
  constant as Arrivals,
  bursts as Arrivals,
  ramp as Arrivals,
  daily as Arrivals,
  replay as Arrivals,
])
