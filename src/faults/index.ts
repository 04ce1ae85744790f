/** The faults, in the order in which they are listed. To add one: its file, and a line here. */
import { Registry } from '../core/plugin.js'
import { clock } from './clock.js'
import { crash } from './crash.js'
import { duplication } from './duplication.js'
import type { Fault } from './fault.js'
import { messageLoss } from './message-loss.js'
import { overload } from './overload.js'
import { partition } from './partition.js'
import { pause } from './pause.js'
import { powerLoss } from './power-loss.js'
import { slowLink } from './slow-link.js'
import { slowNode } from './slow-node.js'
import { zoneOutage } from './zone-outage.js'

export const faults = new Registry<Fault>('fault', [
  crash as Fault,
  powerLoss as Fault,
  zoneOutage as Fault,
  pause as Fault,
  slowNode as Fault,
  clock as Fault,
  partition as Fault,
  messageLoss as Fault,
  duplication as Fault,
  slowLink as Fault,
  overload as Fault,
])
